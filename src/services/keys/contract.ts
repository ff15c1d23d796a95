import type { ApiKey } from '../../domain/access/api-key.js';
import type { Principal } from '../../domain/access/principal.js';
import type { Author } from '../../domain/author.js';
import type { Repository } from '../../repositories/repository.js';
import type { ApiKeyFilter, ApiKeyUpdate, KeyRotation, NewApiKey } from '../input/api-key.js';

/**
 * API keys. Who administers keys sees all of them. A user sees their own, and so does a key of theirs that isn't limited in
 * level, permissions or projects; any other key sees itself and those that it made, and so on. What a caller doesn't see is
 * not found.
 */
export interface KeyService {
  /**
   * Makes a key that may do no more than its author.
   * @throws ForbiddenError when it would, or the author may make no keys
   * @throws AlreadyExistsError when a key has its `externalId`: its secret can't be shown again
   * @throws SecretRefusedError when its name, or that, is a secret
   */
  create(author: Author, input: NewApiKey): Promise<NewKey>;
  /** Renames it. @throws ConflictError */
  update(author: Author, input: ApiKeyUpdate): Promise<ApiKey>;
  /**
   * Makes a key with the limits and grants of another, which goes on working for a while.
   * @throws ConflictError when that one is revoked, expired or rotated already
   * @throws ForbiddenError when it may do more than the author, who would get its secret
   */
  rotate(author: Author, input: KeyRotation): Promise<NewKey>;
  /**
   * Ends a key at once and for good, and with it those that it made, and so on, and those that it replaced. Those that a
   * replaced key made end with its replacement. A key that is revoked stays as it is.
   */
  revoke(author: Author, input: { readonly id: string }): Promise<RevokedKeys>;
  /** The keys with these ids, in their order; null for one that the caller doesn't see. */
  get(principal: Principal, ids: readonly string[]): Promise<readonly (ApiKey | null)[]>;
  /** The keys that the caller sees, for lists. @throws UnauthenticatedError when its own doesn't count any more */
  seenBy(principal: Principal): Promise<KeyList>;
  /** Which of these keys the caller sees, by their ids. */
  seenAmong(principal: Principal, keys: readonly ApiKey[]): Promise<ReadonlySet<string>>;
  /** Which of these keys can't be used because their owner is disabled or deleted, by their ids. */
  disabledOf(keys: readonly ApiKey[]): Promise<ReadonlySet<string>>;
}

/** A list of keys. */
export type KeyList = Pick<Repository<ApiKey, ApiKeyFilter>, 'spec' | 'list' | 'count'>;

export interface NewKey {
  readonly apiKey: ApiKey;
  /** The key itself. It is kept nowhere. */
  readonly secret: string;
}

export interface RevokedKeys {
  readonly apiKey: ApiKey;
  /** The others that ended with it. */
  readonly others: readonly ApiKey[];
}
