/** A terse client of a running server. */
export interface Api {
  readonly url: string;
  /** The data of an answer; throws when the request failed or the answer has errors. */
  ask<T>(query: string, variables?: object): Promise<T>;
  /** The payload of a mutation; throws the error of its union when it has one. */
  mutate<T>(name: string, input: object, fields: string): Promise<T>;
  createProject(input?: object): Promise<string>;
}

/** An error of a mutation's union. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly hint: string,
  ) {
    super(`${code}: ${message}`);
  }
}

/** One GraphQL request. @throws Error when the answer has errors */
export async function askServer<T>(url: string, query: string, variables: object = {}): Promise<T> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'mooring-actor': 'tester' },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as { data: T; errors?: readonly { message: string }[] };
  if (answer.errors) throw new Error(answer.errors.map(({ message }) => message).join('\n'));
  return answer.data;
}

export function createApi(url: string): Api {
  const ask: Api['ask'] = (query, variables) => askServer(url, query, variables);

  async function mutate<T>(name: string, input: object, fields: string): Promise<T> {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}`;
    const query = `mutation M($input: ${type}Input!) { ${name}(input: $input) { ... on ${type}Payload { ${fields} } ... on Error { message code hint } } }`;
    const answer = (await ask<Record<string, unknown>>(query, { input }))[name] as T & {
      code?: string;
      message?: string;
      hint?: string;
    };
    if (answer.code) throw new Refusal(answer.code, answer.message!, answer.hint!);
    return answer;
  }

  return {
    url,
    ask,
    mutate,
    async createProject(input = {}) {
      const { project } = await mutate<{ project: { id: string } }>(
        'createProject',
        { name: 'A project', ...input },
        'project { id }',
      );
      return project.id;
    },
  };
}

/** Repeats a mutation without a version as long as other writes interfered with all of its attempts, as the API advises. */
export async function repeatOnConflict<T>(mutate: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await mutate();
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'CONFLICT')) throw error;
    }
  }
}
