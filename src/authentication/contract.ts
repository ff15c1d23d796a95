import type { Principal } from '../domain/access/principal.js';

/** The sender of a request, as its transport knows it. */
export interface Sender {
  /** The secret that it sent, of whatever kind; null: none. */
  readonly credential: string | null;
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

export interface SetUpInput {
  readonly token: string;
  readonly email: string;
  readonly name?: string | undefined;
}

/** The first administrator, with an API key that may do everything. */
export interface SetUpResult {
  readonly user: { readonly id: string; readonly email: string };
  /** The key, shown this once. */
  readonly secret: string;
}

/** Who gets in: `OPEN`: everyone, there are no users. `LOCKED`: nobody until there is one. `CREDENTIALS`: who has a valid one. */
export type Admission =
  | { readonly kind: 'OPEN' | 'CREDENTIALS' }
  /** `setupToken`: with it the first administrator is created. */
  | { readonly kind: 'LOCKED'; readonly setupToken: string };
