/**
 * What hooks ask and tell the server. Plain text: types of the schema, and the library that makes them, take longer to load
 * than a hook may run. A test checks each against the schema.
 */

const PROJECT_FIELDS = 'id capture captureToolCharacters';

/** The live projects of folders, as `p0`, `p1`, …: null where there is none. */
export function findProjects(count: number): string {
  const indexes = Array.from({ length: count }, (_, index) => index);
  const variables = indexes.map((index) => `$p${index}: String!`).join(', ');
  const fields = indexes.map((index) => `p${index}: project(by: { path: $p${index} }) { ${PROJECT_FIELDS} }`).join(' ');
  return `query FindProjects(${variables}) { ${fields} }`;
}

const ERROR = '... on Error { code message }';

export const CREATE_PROJECT = `mutation CreateProject($input: CreateProjectInput!) {
  made: createProject(input: $input) {
    __typename
    ... on CreateProjectPayload { project { ${PROJECT_FIELDS} } }
    ${ERROR}
  }
}`;

export const SEARCH = `query Search($project: ID!, $session: String!, $query: String!, $atLeast: Float!) {
  project(by: { id: $project }) {
    searchMemories(query: $query, exceptSessionId: $session, minSimilarity: $atLeast, superseded: false, first: 10) {
      hits { similarity passage { text } node { id role kind content occurredAt } }
    }
  }
}`;

export const START = `query Start($project: ID!, $session: String!, $maxTokens: Int!) {
  project(by: { id: $project }) {
    name
    customInstructions
    memoryContext(sessionId: $session, maxTokens: $maxTokens) { items { source text record { id } } }
    memories(filter: { kinds: [SUMMARY] }, first: 1) { nodes { id occurredAt content sessionId } }
    readyTasks(first: 5) { totalCount nodes { handle title priority } }
  }
}`;

export const SAVE = `mutation Save($session: UpsertSessionInput!, $memory: SaveMemoryInput!) {
  session: upsertSession(input: $session) { __typename ${ERROR} }
  memory: saveMemory(input: $memory) { __typename ${ERROR} }
}`;

export const SAVE_MEMORY = `mutation SaveMemory($memory: SaveMemoryInput!) {
  memory: saveMemory(input: $memory) { __typename ${ERROR} }
}`;

export const SAVE_SESSION = `mutation SaveSession($session: UpsertSessionInput!) {
  session: upsertSession(input: $session) { __typename ${ERROR} }
}`;
