/**
 * What every stored record has. Times are ISO 8601 in UTC with milliseconds (`2026-01-31T09:30:00.000Z`), so they sort
 * as text on every store.
 */
export interface RecordBase {
  /** TypeID; its last 8 characters are those of its project's id. */
  readonly id: string;
  /** Counts up by one with every write, from 1. */
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** When it was deleted; null while it is live. */
  readonly deletedAt: string | null;
  /** The client's own name for it, unique in its project and collection; null when it gave none. */
  readonly externalId: string | null;
}

/** The fields that the system sets; everything else in a record is its content. */
export const SYSTEM_FIELDS = ['id', 'version', 'createdAt', 'updatedAt', 'deletedAt', 'externalId'] as const;
export type SystemField = (typeof SYSTEM_FIELDS)[number];

/** A record's own fields, without those that the system sets. */
export type Content<T extends RecordBase> = Omit<T, SystemField>;
