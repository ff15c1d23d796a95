import type { AccessLevel } from '../domain/access/level.js';
import type { Page } from './kit/page.js';

/** A visit of a browser to one of the pages. */
export interface PageVisit {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query: URLSearchParams;
  /** What a form sent; empty for a GET. */
  readonly form: URLSearchParams;
  /** Who is signed in at the browser; null: nobody. */
  readonly userId: string | null;
  /** The server's origin, as the browser knows it. */
  readonly origin: string;
  /** Other servers by which people sign in, as people know them. */
  readonly providers: readonly { readonly id: string; readonly name: string }[];
  /** Links to set a password. */
  readonly links: PageLinks;
  /** Creates the first administrator. */
  readonly setUp: PageSetUp;
  /** Asks the API as who is signed in; as nobody, it is refused. @throws AskError */
  ask<T>(query: string, variables?: object): Promise<T>;
  /** Asks the library for signing in, under `/auth`, with the browser's cookies: those that it sets are passed on. */
  call(method: 'GET' | 'POST', path: string, body?: object): Promise<CallResult>;
  /** Lets a program in: the library's answer says where to go. @param asked the signed query with which it asked */
  letIn(asked: string, choice: ProgramChoice): Promise<CallResult>;
}

/** What a program may do. */
export interface ProgramChoice {
  /** Null: all projects, also later ones. */
  readonly projectIds: readonly string[] | null;
  readonly level: AccessLevel;
  /** Of the scopes for which it asked, those that it gets. */
  readonly scopes: readonly string[];
}

/** Links to set a password, for who has one. */
export interface PageLinks {
  /** Whose it is; null when it doesn't count. */
  find(
    token: string,
  ): Promise<{ readonly name: string; readonly email: string | null; readonly isInvitation: boolean } | null>;
  /** Sets the password. @returns why it wasn't set; null: it was */
  use(token: string, newPassword: string): Promise<string | null>;
}

/** The set-up of a server that has no users. */
export interface PageSetUp {
  isNeeded(): Promise<boolean>;
  run(input: {
    readonly token: string;
    readonly email: string;
    readonly name: string | undefined;
    readonly password: string;
  }): Promise<
    | { readonly secret: string; readonly problem: null }
    | { readonly secret: null; readonly problem: string; readonly status: number }
  >;
}

/** The library's answer. */
export interface CallResult {
  readonly status: number;
  /** Parsed, if it is JSON; else null. */
  readonly json: unknown;
  readonly location: string | null;
  /** After how long another try makes sense, in seconds. Left out: it wasn't said. */
  readonly retryAfter?: number | undefined;
  /** Of headers `Set-Cookie`. */
  readonly cookies: readonly string[];
}

/** What a browser is answered. */
export type PageAnswer = (
  | { readonly page: Page; readonly status?: number | undefined }
  /** After a form was accepted, or to another page. Paths of this server; other addresses only where a client's are known good. */
  | { readonly redirect: string }
) & {
  /** Cookies that the library set. */
  readonly cookies?: readonly string[] | undefined;
  readonly retryAfter?: number | undefined;
};

/** One page, or a few that belong together. */
export interface PageHandler {
  readonly path: string;
  readonly methods: 'GET' | 'GET, POST';
  answer(visit: PageVisit): Promise<PageAnswer>;
}
