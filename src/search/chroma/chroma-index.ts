import type {
  HeldMemory,
  IndexedMemory,
  PassageVector,
  VectorFilter,
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

/** Values per condition. */
const NAMED = 100;
/** Rows per delete request. */
const ROWS_REMOVED = 500;
/** Vector components per add request: up to 2 MB of JSON, where a server accepts 40. */
const NUMBERS_SENT = 100_000;
/** Timeout of a search, in ms: after that, words answer. */
const SEARCH_DEADLINE_MS = 3_000;
/** The hash of a memory with missing or additional rows: no content has it, so a repair writes the memory again. */
const UNSURE = '';

/** Vectors on a Chroma server: one collection for each project and model. The connection isn't closed with the index. */
export function createChromaIndex({ connection, projectId, model, logger }: ChromaIndexOptions): VectorIndex {
  const collection = createProjectCollection({ connection, projectId, model, logger });
  const { dimensions } = model;
  const findNearest = createNearest();

  // — writing —

  /**
   * Writes new rows before it removes old ones, so that concurrent searches find a memory by either. If that is interrupted,
   * writing the memory again replaces all of its rows.
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

  /** Rows per request, by the server's limit (-1: unknown) and by their size. */
  function sizeOf(most: number): number {
    const own = Math.max(1, Math.floor(NUMBERS_SENT / dimensions));
    return most > 0 ? Math.min(most, own) : own;
  }

  async function remove(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await collection.read(async (access) => removeRows(access, await idsOf(access, ids)));
  }

  // — reading —

  /** A memory with missing or additional rows, as during a replacement, doesn't count as held. */
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

  async function search(vector: Float32Array, filter: VectorFilter, limit: number): Promise<readonly VectorHit[]> {
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

/** Deletes a project's collections of all models. Idempotent. @throws StoreError */
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

/** Ids of the existing rows of memories. */
async function idsOf({ rows, onResponse }: CollectionAccess, memories: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const some of slices(memories, NAMED)) {
    found.push(...(await rows.get({ where: of(some), include: [] })).ids);
    onResponse();
  }
  return found;
}

async function send({ rows, onResponse }: CollectionAccess, columns: RowColumns, size: number): Promise<void> {
  const { ids, embeddings, metadatas } = columns;
  for (let from = 0; from < ids.length; from += size) {
    const part = <T>(column: readonly T[]): T[] => column.slice(from, from + size);
    await rows.add({ ids: part(ids), embeddings: part(embeddings), metadatas: part(metadatas) });
    onResponse();
  }
}

async function removeRows({ rows, onResponse }: CollectionAccess, ids: readonly string[]): Promise<void> {
  for (const some of slices(ids, ROWS_REMOVED)) {
    await rows.delete({ ids: some });
    onResponse();
  }
}

/** Whether these rows of a memory are one complete edition. */
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
