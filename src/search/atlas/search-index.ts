import type { Db } from 'mongodb';
import { isUnsupported } from './errors.js';
import { EMBEDDINGS } from './passage-document.js';

/**
 * Whether vectors can be searched. `READY`: the index is queryable. `BUILDING`: it exists but isn't queryable yet. `MISSING`:
 * the server has search, but no index. `UNSUPPORTED`: the server has no search.
 */
export type SearchSupport = 'READY' | 'BUILDING' | 'MISSING' | 'UNSUPPORTED';

/** The index as the server lists it. */
export interface ListedIndex {
  readonly name: string;
  readonly status: string;
  readonly queryable: boolean;
  readonly latestDefinition?: { readonly fields?: readonly Partial<IndexField>[] };
}

interface IndexField {
  readonly type: string;
  readonly path: string;
  readonly numDimensions: number;
}

/** Dimensions of voyage-3-large, the default model with MongoDB. */
const USUAL_DIMENSIONS = 1_024;
const FILTERS = ['project', 'model', 'live', 'memory', 'session', 'task', 'role', 'occurredAt', 'metadata'];
/** `NamespaceNotFound`, `NamespaceExists`. */
const [NO_COLLECTION, COLLECTION_EXISTS] = [26, 48];

/**
 * Name of the index for vectors of these dimensions. An index only has vectors of the same dimensions, so a database with
 * vectors of several has an index for each.
 */
export function searchIndexName(dimensions: number): string {
  return dimensions === USUAL_DIMENSIONS ? 'vector_search_idx' : `vector_search_idx_${dimensions}`;
}

export function searchIndexDefinition(dimensions: number) {
  return {
    fields: [
      { type: 'vector', path: 'embedding', numDimensions: dimensions, similarity: 'cosine' },
      ...FILTERS.map((path) => ({ type: 'filter', path })),
    ],
  };
}

/** The index; null when it doesn't exist. @throws MongoServerError, also when the server has no search */
export async function listSearchIndex(db: Db, dimensions: number): Promise<ListedIndex | null> {
  try {
    const found = await db.collection(EMBEDDINGS).listSearchIndexes(searchIndexName(dimensions)).toArray();
    const listed = found[0] as ListedIndex | undefined;
    return listed && listed.status !== 'DOES_NOT_EXIST' ? listed : null;
  } catch (error) {
    if ((error as { code?: unknown }).code === NO_COLLECTION) return null;
    throw error;
  }
}

/** Asks the server whether it can search vectors of these dimensions, which the result of a search doesn't show. */
export async function detectSearchSupport(db: Db, dimensions = USUAL_DIMENSIONS): Promise<SearchSupport> {
  try {
    const listed = await listSearchIndex(db, dimensions);
    if (listed) return listed.queryable ? 'READY' : 'BUILDING';
    return (await canManage(db)) ? 'MISSING' : 'UNSUPPORTED';
  } catch (error) {
    if (isUnsupported(error)) return 'UNSUPPORTED';
    throw error;
  }
}

/**
 * Whether the server can manage search indexes. Without search, MongoDB Enterprise 7.0 lists none where others refuse; its
 * parameter is then empty. If reading the parameter isn't allowed, the server is Atlas.
 */
async function canManage(db: Db): Promise<boolean> {
  try {
    const command = { getParameter: 1, searchIndexManagementHostAndPort: 1 };
    const { searchIndexManagementHostAndPort: host } = await db.admin().command(command);
    return host !== '';
  } catch {
    return true;
  }
}

/** Creates the index, which is then built in the background. An existing one with this definition is left alone. */
export async function createSearchIndex(db: Db, dimensions: number): Promise<void> {
  await createCollection(db);
  const [name, definition] = [searchIndexName(dimensions), searchIndexDefinition(dimensions)];
  await db.collection(EMBEDDINGS).createSearchIndex({ name, type: 'vectorSearch', definition });
}

/** Updates an index with another definition. The old one serves until the new one is built. */
export async function updateSearchIndex(db: Db, dimensions: number): Promise<void> {
  await db.collection(EMBEDDINGS).updateSearchIndex(searchIndexName(dimensions), searchIndexDefinition(dimensions));
}

/** Whether the index lacks fields that searches need. Additional ones are fine: a later version may have created it. */
export function isOutdated({ latestDefinition }: ListedIndex, dimensions: number): boolean {
  const fields = latestDefinition?.fields;
  if (!fields) return false;
  const has = (wanted: Partial<IndexField>) =>
    fields.some(
      ({ type, path, numDimensions }) =>
        type === wanted.type && path === wanted.path && numDimensions === wanted.numDimensions,
    );
  return !searchIndexDefinition(dimensions).fields.every((field) => has(field));
}

async function createCollection(db: Db): Promise<void> {
  try {
    await db.createCollection(EMBEDDINGS);
  } catch (error) {
    if ((error as { code?: unknown }).code !== COLLECTION_EXISTS) throw error;
  }
}
