import type { EmbeddingCounts, EmbeddingStatus } from '../contract.js';
import type { IndexFile } from '../index/index-file.js';
import { LENGTH_CLASS_SQL } from '../index/index-schema.js';

/** The embedding state of each memory. It is part of the memory's row, and is reset when the content changes. */
export interface EmbeddingTable {
  /**
   * Memories that are due: first untried ones, by their length class, then the others, longest due first. `from`: the length
   * class to start with.
   */
  due(now: number, limit: number, from?: number): readonly DueMemory[];
  /** When the next memory is due, in ms since the epoch; null when none is. */
  nextDue(): number | null;
  /** How many memories are pending. */
  pending(): number;
  counts(): Omit<EmbeddingCounts, 'lag'>;
  /** How many memories of this length class or shorter are untried, counted up to `limit`. */
  untried(limit: number, lengthClass: number): number;
  /** Marks memories as ready and returns how many it marked: those that have changed meanwhile stay pending. */
  ready(memories: readonly Embedded[]): number;
  skipped(memory: Embedded, reason: string): void;
  /** Records a failed attempt, and when to retry. */
  failed(memory: Embedded, failure: { readonly reason: string; readonly isFinal: boolean; readonly due: number }): void;
  find(ids: readonly string[]): ReadonlyMap<string, EmbeddingStatus>;
  /** Those of these memories that are indexed, and all others with the same contents. */
  sharing(ids: readonly string[]): readonly string[];
  /** Sets memories back to pending. Returns how many. */
  reset(ids: readonly string[]): number;
  /** Sets memories back to pending that were embedded with another model, or for another vector index. */
  resetOthers(): void;
}

export interface Embedded {
  readonly id: string;
  readonly hash: string;
  /** The digest of its filter fields, where they are stored with its vectors: if they have changed, it stays pending. */
  readonly digest?: string;
}

export interface DueMemory extends Embedded {
  /** Failed attempts so far. */
  readonly attempts: number;
  /** Bytes of its text. */
  readonly size: number;
}

/** `index`: name of the vector index. */
export function createEmbeddingTable(
  file: IndexFile,
  { model, index }: { readonly model: string; readonly index: string },
): EmbeddingTable {
  const { statement } = file;

  /** Sets a state, unless the content has changed meanwhile. */
  const set = (
    { id, hash, digest }: Embedded,
    to: { state: string; reason: string | null; attempts: number; due: number | null },
  ): number =>
    statement(
      `UPDATE records SET state = @state, reason = @reason, attempts = attempts + @attempts, due = @due, model = @model
         WHERE id = @id AND hash = @hash AND (@digest IS NULL OR digest = @digest)`,
    ).run({ ...to, id, hash, digest: digest ?? null, model }).changes;

  return {
    due: (now, limit, from = 0) =>
      statement(
        // The size is read from the row's header, however long the text.
        `SELECT r.id, r.hash, r.attempts, coalesce(octet_length(w.c0), 0) AS size
           FROM records r LEFT JOIN memories_words_content w ON w.id = r.rowid
           WHERE r.due BETWEEN ? AND ? ORDER BY r.due, r.rowid LIMIT ?`,
      ).all(from, now, limit) as DueMemory[],
    nextDue: () => statement('SELECT min(due) FROM records WHERE due IS NOT NULL').pluck().get() as number | null,
    pending: () =>
      statement(
        `SELECT (SELECT count(*) FROM records WHERE due IS NOT NULL)
           - (SELECT count(*) FROM records WHERE state = 'FAILED')`,
      )
        .pluck()
        .get() as number,
    counts: () => {
      // Counted in indexes alone. Failed memories are due for a retry too.
      const { all, waiting, failed, skipped } = statement(
        `SELECT (SELECT count(*) FROM records WHERE collection = 'memories') AS "all",
           (SELECT count(*) FROM records WHERE due IS NOT NULL) AS waiting,
           (SELECT count(*) FROM records WHERE state = 'FAILED') AS failed,
           (SELECT count(*) FROM records WHERE state = 'SKIPPED') AS skipped`,
      ).get() as { all: number; waiting: number; failed: number; skipped: number };
      return { ready: all - waiting - skipped, pending: waiting - failed, failed, skipped };
    },
    untried: (limit, lengthClass) =>
      statement('SELECT count(*) FROM (SELECT 1 FROM records WHERE due <= ? LIMIT ?)')
        .pluck()
        .get(lengthClass, limit) as number,
    ready: (memories) =>
      file.write(() => {
        const note = statement(
          `UPDATE records SET state = 'READY', reason = NULL, due = NULL, model = ?
             WHERE id = ? AND hash = ? AND digest = coalesce(?, digest)`,
        );
        return memories.reduce(
          (noted, { id, hash, digest }) => noted + note.run(model, id, hash, digest ?? null).changes,
          0,
        );
      }),
    skipped: (memory, reason) => void set(memory, { state: 'SKIPPED', reason, attempts: 0, due: null }),
    failed: (memory, { reason, isFinal, due }) =>
      void set(memory, { state: isFinal ? 'FAILED' : 'PENDING', reason, attempts: 1, due }),
    find: (ids) => {
      const rows = statement(
        `SELECT r.id, r.state, r.reason FROM json_each(?) j CROSS JOIN records r ON r.id = j.value
           WHERE r.collection = 'memories'`,
      ).all(JSON.stringify(ids)) as ({ id: string } & Omit<EmbeddingStatus, 'model'>)[];
      return new Map(
        rows.map(({ id, state, reason }) => [id, { state, reason: state === 'PENDING' ? null : reason, model }]),
      );
    },
    sharing: (ids) =>
      statement(
        `SELECT DISTINCT same.id FROM json_each(?) j CROSS JOIN records r ON r.id = j.value
           CROSS JOIN records same ON same.hash = r.hash AND same.collection = r.collection
           WHERE r.collection = 'memories'`,
      )
        .pluck()
        .all(JSON.stringify(ids)) as string[],
    reset: (ids) =>
      statement(
        `UPDATE records SET state = 'PENDING', reason = NULL, attempts = 0, due = ${LENGTH_CLASS_SQL}
           WHERE collection = 'memories' AND id IN (SELECT value FROM json_each(?))`,
      ).run(JSON.stringify(ids)).changes,
    resetOthers: () => {
      const isSameIndex = (file.getMeta('vectors') ?? 'embedded') === index;
      if (isSameIndex && file.getMeta('model') === model) return;
      file.write(() => {
        statement(
          `UPDATE records SET state = 'PENDING', reason = NULL, attempts = 0, due = ${LENGTH_CLASS_SQL}
             WHERE model <> @model OR (@isOther AND state = 'READY')`,
        ).run({ model, isOther: Number(!isSameIndex) });
        file.setMeta('model', model);
        file.setMeta('vectors', index);
      });
    },
  };
}
