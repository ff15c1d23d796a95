import type {
  HeldMemory,
  IndexedMemory,
  MemorySearchFilter,
  PassageVector,
  VectorHit,
  VectorIndex,
} from '../vectors/vector-index.js';
import {
  type CollectionAccess,
  createProjectCollection,
  deleteCollection,
  type ProjectCollectionOptions,
  projectPrefix,
} from './collection.js';
import type { ChromaConnection } from './connection.js';
import { of, toWhere } from './filter.js';
import { createNearest, weigh } from './nearest.js';
import { rowPages, rowPagesWithVectors } from './row-pages.js';
import { type RowColumns, type RowWithVector, toColumns } from './rows.js';

export type ChromaIndexOptions = ProjectCollectionOptions;

/** Values that one condition names. */
const NAMED = 100;
/** Rows that one request removes. */
const ROWS_REMOVED = 500;
/** Numbers of vectors that one request carries: some 2 MB of JSON at most, where a server takes 40. */
const NUMBERS_SENT = 100_000;
/** How long a search may take, in ms: whoever waits for it can be answered by words. */
const SEARCH_DEADLINE_MS = 3_000;
/** The hash of a memory of which not everything is there, or too much: no content has it, so a repair writes it again. */
const UNSURE = '';

/** Vectors on a Chroma server: a collection of a project's own for each model. The connection isn't closed with the index. */
export function createChromaIndex({ connection, projectId, model, logger }: ChromaIndexOptions): VectorIndex {
  const collection = createProjectCollection({ connection, projectId, model, logger });
  const { dimensions } = model;
  const findNearest = createNearest();

  // — writing —

  /**
   * What is new is written before what was there is removed, so that whoever searches meanwhile finds a memory by one or
   * the other. Should that be interrupted, writing it again removes both that shouldn't be there and what should.
   */
  async function add(memories: readonly IndexedMemory[]): Promise<void> {
    for (const { id, vectors } of memories) {
      const wrong = vectors.find(({ vector }) => vector.length !== dimensions || !vector.every(Number.isFinite));
      if (wrong) throw new RangeError(`A vector of ${id} isn't ${dimensions} numbers.`);
    }
    if (memories.length === 0) return;
    const columns = toColumns(memories);
    const ids = memories.map(({ id }) => id);
    await collection.write(async (access) => {
      const held = await idsOf(access, ids);
      await send(access, columns, sizeOf(await access.client.getMaxBatchSize()));
      const written = new Set(columns.ids);
      await removeRows(
        access,
        held.filter((id) => !written.has(id)),
      );
    });
  }

  /** Rows of a request, by what the server takes (nothing known: -1) and by their size. */
  function sizeOf(most: number): number {
    const own = Math.max(1, Math.floor(NUMBERS_SENT / dimensions));
    return most > 0 ? Math.min(most, own) : own;
  }

  async function remove(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await collection.read(async (access) => removeRows(access, await idsOf(access, ids)));
  }

  // — reading —

  /** One of which not everything is there, or too much, as while it is replaced, isn't held yet. */
  async function get(ids: readonly string[]): Promise<readonly (HeldMemory | null)[]> {
    const found = new Map<string, RowWithVector[]>();
    await collection.read(async (access) => {
      found.clear();
      for (const some of slices(ids, NAMED)) {
        for await (const page of rowPagesWithVectors(access, of(some), dimensions)) {
          for (const row of page) append(found, row.memory, row);
        }
      }
    });
    return ids.map((id) => {
      const rows = found.get(id);
      return rows && isWhole(rows) ? { id, hash: rows[0]!.hash, vectors: toVectors(rows) } : null;
    });
  }

  async function held(): Promise<ReadonlyMap<string, string>> {
    const editions = new Map<string, Edition>();
    await collection.read(async (access) => {
      editions.clear();
      for await (const page of rowPages(access, undefined)) {
        for (const { memory, hash, edition, passages } of page) {
          const known = editions.get(memory);
          if (!known) editions.set(memory, { hash, edition, missing: passages - 1 });
          else if (known.edition === edition) known.missing -= 1;
          else known.missing = Number.POSITIVE_INFINITY;
        }
      }
    });
    return new Map([...editions].map(([id, { hash, missing }]) => [id, missing === 0 ? hash : UNSURE]));
  }

  async function read(hashes: readonly string[]): Promise<ReadonlyMap<string, readonly PassageVector[]>> {
    const byEdition = new Map<string, RowWithVector[]>();
    await collection.read(async (access) => {
      byEdition.clear();
      for (const some of slices(hashes, NAMED)) {
        for await (const page of rowPagesWithVectors(access, { hash: { $in: some } }, dimensions)) {
          for (const row of page) append(byEdition, `${row.memory}:${row.edition}`, row);
        }
      }
    });
    const whole = [...byEdition.values()].filter(isWhole);
    return new Map(whole.map((rows) => [rows[0]!.hash, toVectors(rows)]));
  }

  async function search(
    vector: Float32Array,
    filter: MemorySearchFilter,
    limit: number,
  ): Promise<readonly VectorHit[]> {
    if (limit < 1 || filter.roles?.length === 0) return [];
    const where = toWhere(filter);
    const found = await collection.read((access) => findNearest(access, { vector, where, limit }), SEARCH_DEADLINE_MS);
    return found ?? [];
  }

  async function compare(vector: Float32Array, ids: readonly string[]): Promise<readonly (VectorHit | null)[]> {
    const best = new Map<string, VectorHit>();
    await collection.read(async (access) => {
      for (const some of slices(ids, NAMED)) {
        for await (const page of rowPagesWithVectors(access, of(some), dimensions)) weigh(best, page, vector);
      }
    }, SEARCH_DEADLINE_MS);
    return ids.map((id) => best.get(id) ?? null);
  }

  return {
    name: `chroma ${connection.place}`,
    add,
    remove,
    erase: remove,
    clear: () => collection.drop(),
    get,
    held,
    read,
    search,
    compare,
    close: async () => {},
  };
}

/** Removes all that a server keeps of a project, of whatever model. Repeating it does nothing. @throws StoreError */
export async function destroyChroma(connection: ChromaConnection, projectId: string): Promise<void> {
  for (const { name } of await connection.collections(projectPrefix(projectId))) {
    await connection.run((client) => deleteCollection(client, name));
  }
}

interface Edition {
  readonly hash: string;
  readonly edition: string;
  missing: number;
}

/** Ids of the rows that are there of memories. */
async function idsOf({ rows, heard }: CollectionAccess, memories: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const some of slices(memories, NAMED)) {
    found.push(...(await rows.get({ where: of(some), include: [] })).ids);
    heard();
  }
  return found;
}

async function send({ rows, heard }: CollectionAccess, columns: RowColumns, size: number): Promise<void> {
  const { ids, embeddings, metadatas } = columns;
  for (let from = 0; from < ids.length; from += size) {
    const part = <T>(column: readonly T[]): T[] => column.slice(from, from + size);
    await rows.add({ ids: part(ids), embeddings: part(embeddings), metadatas: part(metadatas) });
    heard();
  }
}

async function removeRows({ rows, heard }: CollectionAccess, ids: readonly string[]): Promise<void> {
  for (const some of slices(ids, ROWS_REMOVED)) {
    await rows.delete({ ids: some });
    heard();
  }
}

/** Whether these rows of a memory are one writing of it, and all of that. */
function isWhole(rows: readonly RowWithVector[]): boolean {
  const { edition, passages } = rows[0]!;
  return rows.length === passages && rows.every((row) => row.edition === edition);
}

function toVectors(rows: readonly RowWithVector[]): readonly PassageVector[] {
  return rows
    .toSorted((a, b) => a.start - b.start)
    .map(({ start, end, vector }) => ({ passage: { start, end }, vector }));
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

function slices<T>(items: readonly T[], size: number): readonly T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
