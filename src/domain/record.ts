import type { Redaction } from './fields/redaction.js';

/**
 * The fields of every stored record. Times are ISO 8601 in UTC with milliseconds (`2026-01-31T09:30:00.000Z`), so they sort
 * as text in every store.
 */
export interface RecordBase {
  /** TypeID; its last 8 characters are those of its project's id. */
  readonly id: string;
  /** Starts at 1, incremented by every write. */
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Time of its deletion; null while it is live. */
  readonly deletedAt: string | null;
  /** The client's own name for it, unique in its project and collection; null when it has none. */
  readonly externalId: string | null;
  /** The markers that its texts have in place of secrets; absent when they have none. */
  readonly redactions?: readonly Redaction[];
}

/** The fields that the system sets; all others are the record's content. */
export const SYSTEM_FIELDS = ['id', 'version', 'createdAt', 'updatedAt', 'deletedAt', 'externalId'] as const;
export type SystemField = (typeof SYSTEM_FIELDS)[number];

/** A record's own fields, without those that the system sets. */
export type Content<T extends RecordBase> = Omit<T, SystemField>;

/** The system's fields of a record that is created. */
export function newBase(id: string, at: string, externalId: string | null = null): RecordBase {
  return { id, version: 1, createdAt: at, updatedAt: at, deletedAt: null, externalId };
}

/**
 * What every write of an existing record sets: its next version, and the time of the write, which isn't before the record's
 * own times even when the server's clock stepped back or is behind that of another server.
 */
export function stampAfter(
  { version, createdAt, updatedAt }: Pick<RecordBase, 'version' | 'createdAt' | 'updatedAt'>,
  at: string,
): Pick<RecordBase, 'version' | 'updatedAt'> {
  return { version: version + 1, updatedAt: latest(at, createdAt, updatedAt) };
}

/** The latest of these times of records. */
export function latest(first: string, ...others: readonly string[]): string {
  return others.reduce((last, each) => (each > last ? each : last), first);
}

/** How far ahead of the clock a log's last time may be, in milliseconds: beyond a day, that time was wrong. */
const MOST_AHEAD_MS = 86_400_000;

/**
 * The time of a commit after a log's last entry, in milliseconds since 1970: the clock's; or, where the clock stepped back,
 * just after the last entry's. `last`: the entry's time; undefined for an empty log.
 */
export function timeAfter(last: string | undefined, clock: number): number {
  const ahead = last === undefined ? 0 : Date.parse(last) - clock;
  return ahead > 0 && ahead <= MOST_AHEAD_MS ? clock + ahead + 1 : clock;
}
