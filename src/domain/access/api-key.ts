import type { RecordBase } from '../record.js';
import type { AccessLevel } from './level.js';
import type { Permission } from './permission.js';

/** A key for a machine or an agent. Its secret isn't kept, only the hash of it. */
export interface ApiKey extends RecordBase {
  readonly name: string;
  /** The user for whom it acts; null: a service key, which acts for itself. */
  readonly ownerId: string | null;
  /** The user or key that made it; null: the machine's owner. */
  readonly createdById: string | null;
  /** How the hash was made. */
  readonly scheme: 'sha256';
  /** Of the whole secret, in base64url; unique. */
  readonly hash: string;
  /** The last 4 characters of the secret. */
  readonly ending: string;
  /** The most that it may do in any project. */
  readonly level: AccessLevel;
  /** Null: all that its owner has; of a service key, none. */
  readonly permissions: readonly Permission[] | null;
  /** Ids of the projects in which it works; null: in all of its owner's; of a service key, in all. */
  readonly projectIds: readonly string[] | null;
  /** Null: it doesn't expire. */
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  /** Who revoked it: a user, a key, or `local`. */
  readonly revokedBy: string | null;
  /** The key that was made in its place; null: none. */
  readonly replacedById: string | null;
  /** The most requests in a minute, on each server; null: no limit. */
  readonly perMinute: number | null;
  /** Addresses and networks (CIDR) from which it may be used; empty: from all. */
  readonly allowedAddresses: readonly string[];
}

/** Whether a key itself still counts; its owner may be disabled all the same. */
export type KeyStatus = 'ACTIVE' | 'EXPIRED' | 'REVOKED';

/** The status of a key at a time, in ISO 8601. */
export function statusOf({ revokedAt, expiresAt }: Pick<ApiKey, 'revokedAt' | 'expiresAt'>, at: string): KeyStatus {
  if (revokedAt !== null) return 'REVOKED';
  return expiresAt !== null && expiresAt <= at ? 'EXPIRED' : 'ACTIVE';
}

/** Whether a key does all that its owner does: it then stands for them. */
export function isUnlimited({ ownerId, level, permissions, projectIds }: ApiKey): boolean {
  return ownerId !== null && level === 'MANAGE' && permissions === null && projectIds === null;
}
