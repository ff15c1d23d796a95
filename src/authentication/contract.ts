import type { Principal } from '../domain/access/principal.js';

/** The sender of a request, as its transport knows it. */
export interface Sender {
  /** The secret that it sent, of whatever kind; null: none. */
  readonly credential: string | null;
  /** The header `Cookie`, if it is the server's own page that sends it; null or left out: no cookie counts. */
  readonly cookie?: string | null;
  /**
   * The server's origin, as the sender knows it, where access tokens of programs count that are for it. Left out: they count
   * for nothing there.
   */
  readonly tokensFor?: string | undefined;
  /** Its network address; empty when unknown. */
  readonly address: string;
  /** Whether a header says that a proxy forwarded the request. */
  readonly isForwarded: boolean;
}

/** Tells who sends requests. */
export interface Authenticator {
  /**
   * The principal of a request. Synchronous when it is known already. Counts the request for its key's use and limit.
   * @throws UnauthenticatedError without a valid credential, where one is needed
   * @throws ForbiddenError from an address that the key doesn't allow, or through a proxy while there are no users
   * @throws RateLimitedError beyond the key's limit, or after many failures from one address
   * @throws StoreError when the catalog can't be read
   */
  authenticate(sender: Sender): Principal | Promise<Principal>;
  /** Counts another request on a connection that has its principal already. @throws as `authenticate` */
  again(principal: Principal, sender: Sender): void;
  /**
   * Says no if the rights of a principal have ended since it was told: after waiting for the client, which may take long.
   * Synchronous when that is known already; counts nothing. @throws UnauthenticatedError, StoreError
   */
  confirm(principal: Principal): void | Promise<void>;
  close(): Promise<void>;
}

/** Called with a credential, or a set-up token, that was refused. Nothing that the client sent is in it. */
export type OnRefused = (event: {
  readonly kind: 'CREDENTIAL_REFUSED' | 'SETUP_REFUSED';
  readonly address: string;
  /** Id of the key. Left out: it is no key that is known. */
  readonly actor?: string | undefined;
  /** One of a few texts. */
  readonly detail: string;
}) => void;

/** Creates the first administrator, for who knows the set-up token. */
export interface SetUp {
  /** Whether there are no users yet. @throws StoreError */
  isNeeded(): Promise<boolean>;
  /**
   * @throws ForbiddenError when there are users
   * @throws UnauthenticatedError, RateLimitedError with a wrong token
   * @throws InvalidInputError when email or name are no such
   * @throws StoreError
   */
  run(input: SetUpInput, sender: Pick<Sender, 'address'>, requestId: string): Promise<SetUpResult>;
}

/** Links to set a password, for who has one. */
export interface Links {
  /** Whose it is; null when it doesn't count. @throws RateLimitedError, StoreError */
  find(token: string, sender: Pick<Sender, 'address'>): Promise<LinkOf | null>;
  /**
   * Sets the password of its user, once.
   * @throws LinkError when it doesn't count; InvalidInputError for the password; RateLimitedError, StoreError
   */
  use(token: string, newPassword: string, sender: Pick<Sender, 'address'>, requestId: string): Promise<void>;
}

/** Gives programs that were let in by their code an API key. */
export interface ProgramKeys {
  /**
   * Trades a token for a key, once.
   * @throws UnauthenticatedError when the token doesn't count; InvalidInputError for the name; RateLimitedError, StoreError
   */
  trade(
    input: { readonly token: string; readonly name: string },
    sender: Pick<Sender, 'address'>,
    requestId: string,
  ): Promise<ProgramKey>;
}

export interface ProgramKey {
  /** The key, shown this once. */
  readonly secret: string;
  readonly apiKey: { readonly id: string; readonly name: string; readonly level: string };
}

/** Whose a link is. */
export interface LinkOf {
  readonly name: string;
  readonly email: string | null;
  /** Whether it is for a first password. */
  readonly isInvitation: boolean;
}

export interface SetUpInput {
  readonly token: string;
  readonly email: string;
  readonly name?: string | undefined;
  readonly password?: string | undefined;
}

/** The first administrator, with an API key that may do everything. */
export interface SetUpResult {
  readonly user: { readonly id: string; readonly email: string | null };
  /** The key, shown this once. */
  readonly secret: string;
}

/** Who gets in: `OPEN`: everyone, there are no users. `LOCKED`: nobody until there is one. `CREDENTIALS`: who has a valid one. */
export type Admission =
  | { readonly kind: 'OPEN' | 'CREDENTIALS' }
  /** `setupToken`: with it the first administrator is created. */
  | { readonly kind: 'LOCKED'; readonly setupToken: string };
