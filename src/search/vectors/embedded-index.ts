import type { IndexFile } from '../index/index-file.js';
import { pause } from '../index/time-slices.js';
import { isOpen, memoryFilter, type SqlFilter } from '../text/filters.js';
import { createRanking, type Ranked } from './ranking.js';
import type { HeldMemory, MemorySearchFilter, PassageVector, VectorHit, VectorIndex } from './vector-index.js';
import { asFloats, createVectorRows, squareOf } from './vector-rows.js';
import { createVectorTable } from './vector-table.js';

export interface EmbeddedOptions {
  readonly file: IndexFile;
  readonly model: { readonly name: string; readonly dimensions: number };
}

/** Its name. */
export const EMBEDDED = 'embedded';

/** Of a memory it needs its vectors alone. */
export interface EmbeddedIndex extends VectorIndex {
  add(memories: readonly HeldMemory[]): Promise<void>;
}

interface StoredVector {
  readonly id: string;
  readonly hash: string;
  readonly start: number;
  readonly end: number;
  readonly vector: Buffer;
}

/** How many candidates are taken at first, and how many times more when they don't settle it. */
const FIRST_CANDIDATES = 256;
const WIDENING = 4;
/** Beyond this many, candidates about as near as the last hit are taken for ties and no longer weighed. */
const MOST_TIES = 4_096;
/** So many rows at most are scored by themselves, rather than found among the best of all. */
const FEW_ROWS = 2_000;
/** A filter that more rows pass is tried on this many of the best; if they don't settle it, all that pass are scored. */
const TRIAL_CANDIDATES = 512;
/** How many deletions a process may be behind before it reads all vectors again. */
const KEPT_DROPS = 100_000;

/**
 * Vectors in the project's index file, searched exactly in memory. It takes the memories that the file's rows know, with the
 * content they have there, so one that was deleted meanwhile isn't added; filters read those rows, and vectors go with
 * their row or when its content changes.
 */
export function createEmbeddedIndex({ file, model }: EmbeddedOptions): EmbeddedIndex {
  const { statement } = file;
  const table = createVectorTable(file, model);
  const rows = createVectorRows(file, model);

  // — writing —

  async function add(memories: readonly HeldMemory[]): Promise<void> {
    for (const { id, vectors } of memories) {
      const wrong = vectors.find(
        ({ vector }) => vector.length !== model.dimensions || !Number.isFinite(squareOf(vector)),
      );
      if (wrong) throw new RangeError(`A vector of ${id} isn't ${model.dimensions} numbers.`);
    }
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
    file.write(() => statement(`DELETE FROM vectors WHERE memory IN (${memories})`).run(JSON.stringify(ids)));
  }

  async function clear(): Promise<void> {
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
    for (let after = 0; ; await pause()) {
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
    // Of memories with the same content, which may be many, the first one's.
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
    await rows.sync();
    if (limit < 1) return [];
    const sql = memoryFilter(filter);
    return file.read(() => (isOpen(sql) ? nearest(vector, limit) : nearestPassing(vector, sql, limit)));
  }

  function nearestPassing(vector: Float32Array, filter: SqlFilter, limit: number): readonly VectorHit[] {
    const few = passing(filter, FEW_ROWS + 1);
    if (few.length <= FEW_ROWS) return nearest(vector, limit, few);
    return tried(vector, filter, limit) ?? nearest(vector, limit, passing(filter, -1));
  }

  /** Widens until the best are known: more candidates couldn't change them. */
  function nearest(vector: Float32Array, limit: number, among?: readonly number[]): readonly VectorHit[] {
    const size = among?.length ?? rows.matrix.size;
    const ranking = createRanking(limit, (row) => rows.weigh(row, vector));
    for (let count = FIRST_CANDIDATES; ; count *= WIDENING) {
      const isSettled = ranking.take(rows.matrix.nearest(vector, count, among));
      if (isSettled || count >= size || (ranking.isFull && count >= MOST_TIES)) return ranking.best().map(toHit);
    }
  }

  /** The best of all rows that pass the filter; null when they don't settle it. */
  function tried(vector: Float32Array, filter: SqlFilter, limit: number): readonly VectorHit[] | null {
    const candidates = rows.matrix.nearest(vector, TRIAL_CANDIDATES);
    const pass = new Set(
      statement(
        `SELECT r.rowid FROM json_each(?) j CROSS JOIN records r ON r.rowid = j.value
           ${filter.joins.map((join) => `CROSS JOIN ${join}`).join(' ')} WHERE true ${filter.where}`,
      )
        .pluck()
        .all(JSON.stringify([...new Set(candidates.map(({ owner }) => owner))]), ...filter.params),
    );
    const ranking = createRanking(limit, (row) => rows.weigh(row, vector));
    const passing = candidates.filter(({ owner }) => pass.has(owner));
    const isSettled = ranking.take(passing, candidates.at(-1)) || rows.matrix.size <= TRIAL_CANDIDATES;
    return isSettled ? ranking.best().map(toHit) : null;
  }

  /** The rows that pass a filter: this many, or all of them (-1). Another model's may be among them; the matrix has none. */
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
      const weighed = rows.weigh(rowid, vector);
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
    rows.matrix.clear();
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
