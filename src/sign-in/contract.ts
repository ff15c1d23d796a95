import type { AccessLevel } from '../domain/access/level.js';

/** Signing in, as the server asks for it. */

/** A request to the library, as plain data. */
export interface WebRequest {
  readonly method: 'GET' | 'POST';
  /** Of the server, as the client knows it: `http://localhost:4000`. */
  readonly origin: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Null: it has none. */
  readonly body: string | null;
  /** The client's network address. */
  readonly address: string;
  readonly requestId: string;
  /** What the user chose who lets a program in by this request. Left out: nothing, and it can't be let in. */
  readonly choice?: ConsentChoice | undefined;
}

/** What a user lets a program do. */
export interface ConsentChoice {
  readonly userId: string;
  /** Null: all projects, also later ones. */
  readonly projectIds: readonly string[] | null;
  readonly level: AccessLevel;
}

export interface WebResponse {
  readonly status: number;
  /** Several of one name are several entries. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** The library for signing in, in a thread of its own. */
export interface SignInLane {
  /** Answers a request to a path of the library; the first one starts the thread. @throws StoreError when it ended meanwhile */
  answer(request: WebRequest): Promise<WebResponse>;
  /** Whether the thread runs. */
  readonly isRunning: boolean;
  close(): Promise<void>;
}
