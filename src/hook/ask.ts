/**
 * Runs a GraphQL query or mutation, and returns its data. Over HTTP for `mooring hook`, in process for the server's own
 * address for hooks. @throws AskError
 */
export type Ask = <T>(query: string, variables: object) => Promise<T>;

/** Why a request had no result. */
export class AskError extends Error {
  /**
   * @param isPassing whether the same request may succeed later: the server or the store can't be reached, or is busy
   * @param isAbsent whether there is no server at the address
   */
  constructor(
    readonly code: string,
    message: string,
    readonly isPassing: boolean,
    readonly isAbsent = false,
  ) {
    super(message);
  }
}

interface Answer {
  readonly data?: object | null | undefined;
  readonly errors?: readonly { readonly message?: unknown; readonly extensions?: object | undefined }[] | undefined;
}

/** What a repetition can't help. Of all other errors it is assumed that it can: nothing is lost by trying again. */
const LASTING: ReadonlySet<string> = new Set([
  'INVALID_INPUT',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'RECORD_TOO_LARGE',
  'SECRET_REFUSED',
  'QUERY_TOO_COMPLEX',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'PAYLOAD_TOO_LARGE',
  // A key that may not write here was made so.
  'FORBIDDEN',
]);

/** The data of an answer. @throws AskError with the first of its errors */
export function dataOf<T>({ data, errors }: Answer): T {
  const [error] = errors ?? [];
  if (error) throw refusal(codeIn(error.extensions), error.message);
  if (!data) throw new AskError('NO_DATA', 'The answer has no data.', true);
  return data as T;
}

/** Result of a mutation: its payload, or an error. */
export interface Result {
  readonly __typename: string;
  readonly code?: string;
  readonly message?: string;
}

/** The payload of a mutation. @throws AskError when the result is an error */
export function payloadOf<R extends Result>(result: R): R {
  if (result.__typename.endsWith('Error')) throw refusal(result.code, result.message);
  return result;
}

const codeIn = (extensions: object | undefined): unknown =>
  extensions && 'code' in extensions ? extensions.code : undefined;

function refusal(code: unknown, message: unknown): AskError {
  const name = typeof code === 'string' ? code : 'INTERNAL';
  return new AskError(name, typeof message === 'string' ? message : name, !LASTING.has(name));
}
