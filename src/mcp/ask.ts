import type { TypedDocumentString } from './gql/graphql.js';

/** Sends an operation to the API. The same for a server over HTTP and for the server that this process is. */
export type Ask = <R, V>(document: TypedDocumentString<R, V>, variables: V, options: AskOptions) => Promise<R>;

export interface AskOptions {
  /** Who asks: the log of the project names the writer. */
  readonly actor: string;
  /** Id for the log: all writes of a tool's call have one, so that they can be undone together. */
  readonly requestId: string;
  /** Stops waiting for the answer. A mutation that has begun is completed. */
  readonly signal: AbortSignal;
}

/** An error that a model can act on: what happened, why, and what to do next. */
export class AskError extends Error {
  constructor(
    /** Stable, in capitals: one of the API's error codes, or one of these tools. */
    readonly code: string,
    message: string,
    /** What to do next. */
    readonly hint: string,
    /** Whether a write was sent, and nobody knows whether it was carried out. */
    readonly isUnsure = false,
  ) {
    super(message);
    this.name = 'AskError';
  }
}

interface ApiError {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** The answer of the API, as parsed. */
export interface ApiAnswer {
  readonly data?: unknown;
  readonly errors?: readonly ApiError[] | undefined;
}

/** The data of an answer, whose type its document says. @throws AskError with the first of its errors */
export function dataOf<R>({ data, errors }: ApiAnswer): R {
  const [error] = errors ?? [];
  if (!error) return data as R;
  const { code = 'INTERNAL', hint = 'Repeat the call once; if it fails again, tell the user.' } =
    error.extensions ?? {};
  throw new AskError(String(code), error.message, ACCESS_HINTS[String(code)] ?? String(hint));
}

/** The payload of a mutation, whose result is a union of it and errors. @throws AskError when it is one of them */
export function payloadOf<T extends object>(result: T): Exclude<T, { code: unknown }> {
  if ('code' in result && 'message' in result && 'hint' in result)
    throw errorOf(String(result.code), String(result.message), String(result.hint));
  return result as Exclude<T, { code: unknown }>;
}

function errorOf(code: string, message: string, hint: string): AskError {
  return new AskError(code, MESSAGES[code] ?? message, HINTS[code] ?? ACCESS_HINTS[code] ?? hint);
}

/** What happened, where the API's own message is about arguments that tools don't have. */
const MESSAGES: Readonly<Record<string, string>> = {
  NOTHING_READY: 'No task of the project is ready to be claimed: all are done, blocked or held.',
};

/** What to do about missing rights, which only people can give. */
const ACCESS_HINTS: Readonly<Record<string, string>> = {
  UNAUTHENTICATED:
    'Tell the user: the Mooring server needs a key that it accepts, in MOORING_API_KEY or stored with `mooring login`. Go on without it.',
  SETUP_REQUIRED:
    'Tell the user: the Mooring server has no users yet; `mooring admin create` makes the first one. Go on without it.',
  FORBIDDEN: 'Do not repeat it: this agent may not do that. Tell the user what it lacks, and go on without it.',
};

/** What to do next where the API's own hint names mutations and fields, as tools go by other names. */
const HINTS: Readonly<Record<string, string>> = {
  CHANGED_SINCE: 'Undo those changes first, the newest first, or set single records back with undo and to_version.',
  CLAIM_LOST: 'Another agent may have the task now. Save what you found with save_task and note, and claim another.',
  CONFLICT: 'Read the record again with get_records, and repeat the call with what still holds.',
  NOTHING_READY: 'See the views mine, open and blocked of list_tasks, or create a task with save_task.',
  NOT_FOUND: 'Find ids of records with search or list_tasks, those of requests with get_history.',
  TASK_NOT_READY: 'See what it waits for with get_records, or claim another without an id.',
};
