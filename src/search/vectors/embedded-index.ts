import { nextTurn } from '../../util/async.js';
import type { IndexFile } from '../index/index-file.js';
import { isOpen, memoryFilter, type SqlFilter } from '../text/filters.js';
import { createRanking, type Ranked } from './ranking.js';
import type { HeldMemory, MemorySearchFilter, PassageVector, VectorHit, VectorIndex } from './vector-index.js';
import { asFloats, squareOf, type VectorTable } from './vector-table.js';

/** The index's name. */
export const EMBEDDED = 'embedded';

export interface EmbeddedIndex extends VectorIndex<MemorySearchFilter> {
  /** Needs only the vectors of a memory: its other fields are in the file. */
  add(memories: readonly HeldMemory[]): Promise<void>;
}

interface StoredVector {
  readonly id: string;
  readonly hash: string;
  readonly start: number;
  readonly end: number;
  readonly vector: Buffer;
}

/** The number of candidates at first, and the factor by which it grows while they don't settle the ranking. */
const FIRST_CANDIDATES = 256;
const WIDENING = 4;
/** With more candidates than this, those about as near as the last hit count as ties and aren't weighed. */
const MOST_TIES = 4_096;
/** Up to this many rows that pass a filter are gathered and scored; more are looked for among the best of all rows. */
const FEW_ROWS = 2_000;
/** How many of the best rows a filter is tried on first; if they don't settle the ranking, all that pass are scored. */
const TRIAL_CANDIDATES = 512;
/** How many deletions a process may lag behind before it loads all vectors again. */
const KEPT_DROPS = 100_000;

/**
 * Vectors in the project's index file, searched exactly in memory. Only memories that have a row in the file, with the same
 * content, are added, so one that was deleted meanwhile isn't. Filters read those rows. Vectors are deleted with their row,
 * and when its content changes.
 */
export function createEmbeddedIndex(file: IndexFile, table: VectorTable): EmbeddedIndex {
  const { statement } = file;
  const { matrix, model } = table;

  // — writing —

  async function add(memories: readonly HeldMemory[]): Promise<void> {
    for (const { id, vectors } of memories) {
      const wrong = vectors.find(
        ({ vector }) => vector.length !== model.dimensions || !Number.isFinite(squareOf(vector)),
      );
      if (wrong) throw new RangeError(`A vector of ${id} isn't ${model.dimensions} numbers.`);
    }
    await file.writable();
    file.write(() => {
      memories.forEach(replace);
      statement('DELETE FROM drops WHERE seq <= (SELECT max(seq) FROM drops) - ?').run(KEPT_DROPS);
    });
  }

  function replace({ id, hash, vectors }: HeldMemory): void {
    const memory = statement('SELECT rowid FROM records WHERE id = ? AND hash = ?').pluck().get(id, hash);
    if (memory !== undefined) table.replace(memory as number, vectors);
  }

  async function remove(ids: readonly string[]): Promise<void> {
    const memories = 'SELECT r.rowid FROM json_each(?) j CROSS JOIN records r ON r.id = j.value';
    await file.writable();
    file.write(() => statement(`DELETE FROM vectors WHERE memory IN (${memories})`).run(JSON.stringify(ids)));
  }

  async function clear(): Promise<void> {
    await file.writable();
    file.write(() => statement('DELETE FROM vectors').run());
  }

  // — reading —

  async function get(ids: readonly string[]): Promise<readonly (HeldMemory | null)[]> {
    const found = statement(
      `SELECT r.id, r.hash, v.start, v.end, v.vector FROM json_each(?) j CROSS JOIN records r ON r.id = j.value
         CROSS JOIN vectors v ON v.memory = r.rowid AND v.model = ?`,
    ).all(JSON.stringify([...new Set(ids)]), model.name) as StoredVector[];
    const byId = groupedBy(found, ({ id }) => id);
    return ids.map((id) => {
      const rows = byId.get(id);
      return rows ? { id, hash: rows[0]!.hash, vectors: toVectors(rows) } : null;
    });
  }

  async function held(): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (let after = 0; ; await nextTurn()) {
      const page = statement(
        `SELECT r.rowid, r.id, r.hash FROM records r WHERE r.rowid > ?
           AND EXISTS (SELECT 1 FROM vectors v WHERE v.memory = r.rowid AND v.model = ?) ORDER BY r.rowid LIMIT 1000`,
      ).all(after, model.name) as { rowid: number; id: string; hash: string }[];
      for (const { id, hash } of page) found.set(id, hash);
      if (page.length === 0) return found;
      after = page.at(-1)!.rowid;
    }
  }

  async function read(hashes: readonly string[]): Promise<ReadonlyMap<string, readonly PassageVector[]>> {
    // Many memories may have the same content: the vectors of the first.
    const found = statement(
      `SELECT j.value AS hash, v.start, v.end, v.vector FROM json_each(@hashes) j CROSS JOIN vectors v ON v.model = @model
         AND v.memory = (SELECT r.rowid FROM records r WHERE r.hash = j.value
           AND EXISTS (SELECT 1 FROM vectors o WHERE o.memory = r.rowid AND o.model = @model) ORDER BY r.rowid LIMIT 1)`,
    ).all({ hashes: JSON.stringify([...new Set(hashes)]), model: model.name }) as StoredVector[];
    return new Map([...groupedBy(found, ({ hash }) => hash)].map(([hash, rows]) => [hash, toVectors(rows)]));
  }

  async function search(
    vector: Float32Array,
    filter: MemorySearchFilter,
    limit: number,
  ): Promise<readonly VectorHit[]> {
    await table.sync();
    if (limit < 1) return [];
    const sql = memoryFilter(filter);
    return file.read(() => (isOpen(sql) ? nearest(vector, limit) : nearestPassing(vector, sql, limit)));
  }

  function nearestPassing(vector: Float32Array, filter: SqlFilter, limit: number): readonly VectorHit[] {
    const few = passing(filter, FEW_ROWS + 1);
    if (few.length <= FEW_ROWS) return nearest(vector, limit, few);
    return tried(vector, filter, limit) ?? nearest(vector, limit, passing(filter, -1));
  }

  /** Takes more candidates until no further ones could change the result. */
  function nearest(vector: Float32Array, limit: number, among?: readonly number[]): readonly VectorHit[] {
    const size = among?.length ?? matrix.size;
    const ranking = createRanking(limit, (row) => table.weigh(row, vector));
    for (let count = FIRST_CANDIDATES; ; count *= WIDENING) {
      const isSettled = ranking.take(matrix.nearest(vector, count, among));
      if (isSettled || count >= size || (ranking.isFull && count >= MOST_TIES)) return ranking.best().map(toHit);
    }
  }

  /** Filters the best of all rows; null when those that pass don't settle the ranking. */
  function tried(vector: Float32Array, filter: SqlFilter, limit: number): readonly VectorHit[] | null {
    const candidates = matrix.nearest(vector, TRIAL_CANDIDATES);
    const pass = new Set(
      statement(
        `SELECT r.rowid FROM json_each(?) j CROSS JOIN records r ON r.rowid = j.value
           ${filter.joins.map((join) => `CROSS JOIN ${join}`).join(' ')} WHERE true ${filter.where}`,
      )
        .pluck()
        .all(JSON.stringify([...new Set(candidates.map(({ owner }) => owner))]), ...filter.params),
    );
    const ranking = createRanking(limit, (row) => table.weigh(row, vector));
    const passing = candidates.filter(({ owner }) => pass.has(owner));
    const isSettled = ranking.take(passing, candidates.at(-1)) || matrix.size <= TRIAL_CANDIDATES;
    return isSettled ? ranking.best().map(toHit) : null;
  }

  /** Rows that pass a filter: up to `count`, or all (-1). They may include another model's, which the matrix doesn't have. */
  function passing(filter: SqlFilter, count: number): readonly number[] {
    const sql = `SELECT v.rowid FROM records r JOIN vectors v ON v.memory = r.rowid
      ${filter.joins.map((join) => `JOIN ${join}`).join(' ')} WHERE true ${filter.where} LIMIT ?`;
    return statement(sql)
      .pluck()
      .all(...filter.params, count) as number[];
  }

  async function compare(vector: Float32Array, ids: readonly string[]): Promise<readonly (VectorHit | null)[]> {
    const best = file.read(() => bestOf(vector, ids));
    return ids.map((id) => best.get(id) ?? null);
  }

  function bestOf(vector: Float32Array, ids: readonly string[]): ReadonlyMap<string, VectorHit> {
    const found = statement(
      `SELECT v.rowid, v.memory AS owner FROM json_each(?) j CROSS JOIN records r ON r.id = j.value
         CROSS JOIN vectors v ON v.memory = r.rowid WHERE v.model = ?`,
    ).all(JSON.stringify(ids), model.name) as { rowid: number; owner: number }[];
    const best = new Map<string, VectorHit>();
    for (const { rowid, owner } of found) {
      const weighed = table.weigh(rowid, vector);
      if (!weighed) continue;
      const hit = toHit({ ...weighed, owner });
      if (hit.similarity > (best.get(hit.id)?.similarity ?? Number.NEGATIVE_INFINITY)) best.set(hit.id, hit);
    }
    return best;
  }

  function toHit({ owner, similarity, start, end }: Ranked): VectorHit {
    const id = statement('SELECT id FROM records WHERE rowid = ?').pluck().get(owner) as string;
    return { id, similarity, passage: { start, end } };
  }

  async function close(): Promise<void> {
    matrix.clear();
  }

  return { name: EMBEDDED, add, remove, erase: remove, clear, get, held, read, search, compare, close };
}

function toVectors(rows: readonly StoredVector[]): readonly PassageVector[] {
  const vectors = rows.map(({ start, end, vector }) => ({ passage: { start, end }, vector: asFloats(vector) }));
  return vectors.sort((a, b) => a.passage.start - b.passage.start);
}

function groupedBy<T>(rows: readonly T[], keyOf: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
