import type { OutsideKey } from '../../domain/access/outside-key.js';
import type { Principal } from '../../domain/access/principal.js';
import type { Author } from '../../domain/author.js';
import type { NewOutsideKey } from '../input/outside-key.js';

/** Whose key of a service counts. */
export type OutsideKeySource = 'USER' | 'SHARED' | 'ENVIRONMENT';

/** Which key of a service counts, without its value. */
export interface OutsideKeyChoice {
  readonly provider: string;
  readonly source: OutsideKeySource;
  readonly label: string | null;
  /** Its last 4 characters, for those who may change it; null for others, and when it is short. */
  readonly ending: string | null;
}

/** A key of a service, to be used. The value is a secret. */
export interface ResolvedOutsideKey {
  readonly value: string;
  readonly source: OutsideKeySource;
}

/** Keys of other services that are kept for users, and for all of them. */
export interface OutsideKeyService {
  /** Those of the user, or of the owner of the key. */
  listOwn(principal: Principal): Promise<readonly OutsideKey[]>;
  /** Those that are for all users. @throws ForbiddenError without `keys:administer` */
  listShared(principal: Principal): Promise<readonly OutsideKey[]>;
  /** Which key counts for the caller: their own, the shared one, or that of the environment; null when there is none. */
  choose(principal: Principal, provider: string): Promise<OutsideKeyChoice | null>;
  /** The same with its value, for what calls the service on behalf of a user. `userId`: null for nobody in particular. */
  resolve(userId: string | null, provider: string): Promise<ResolvedOutsideKey | null>;
  /** Whether its secret is there and can be opened. */
  isUsable(key: OutsideKey): Promise<boolean>;
  /**
   * Saves a key of the user, or a shared one, in place of the one that they had for the service.
   * @throws ForbiddenError for a shared one without `keys:administer`; with an API key that lacks it, for any
   */
  save(author: Author, input: NewOutsideKey): Promise<OutsideKey>;
  /** Deletes one with its secret, for good. @throws ForbiddenError as `save`; NotFoundError also for one of somebody else */
  delete(author: Author, input: { readonly id: string }): Promise<OutsideKey>;
}
