import type { Db } from 'mongodb';
import { isUnsupported } from './failures.js';
import { EMBEDDINGS } from './passage-document.js';

/**
 * Whether vectors can be searched. `READY`: the index is queryable. `BUILDING`: it is there and isn't yet. `MISSING`: the
 * server can search, and has no index. `UNSUPPORTED`: the server has no search.
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

/** Length of voyage-3-large's vectors, the first choice where vectors are kept in MongoDB. */
const USUAL_DIMENSIONS = 1_024;
const FILTERS = ['project', 'model', 'live', 'memory', 'session', 'task', 'role', 'occurredAt', 'metadata'];
/** `NamespaceNotFound`, `NamespaceExists`. */
const [NO_COLLECTION, IS_THERE] = [26, 48];

/**
 * Name of the index for vectors of this length. An index holds vectors of one length and skips the others, so a database
 * that keeps several has an index for each.
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

/** The index, as far as it is there. @throws MongoServerError that says when the server has no search */
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

/** Asks the server whether it can search vectors of this length. What a search finds says nothing about it. */
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

/** MongoDB Enterprise 7.0 lists no indexes where others refuse; then the parameter is empty. Who may not ask is on Atlas. */
async function canManage(db: Db): Promise<boolean> {
  try {
    const command = { getParameter: 1, searchIndexManagementHostAndPort: 1 };
    const { searchIndexManagementHostAndPort: host } = await db.admin().command(command);
    return host !== '';
  } catch {
    return true;
  }
}

/** Makes the index, which is then built in the background; one that is there as it should be is left alone. */
export async function createSearchIndex(db: Db, dimensions: number): Promise<void> {
  await createCollection(db);
  const [name, definition] = [searchIndexName(dimensions), searchIndexDefinition(dimensions)];
  await db.collection(EMBEDDINGS).createSearchIndex({ name, type: 'vectorSearch', definition });
}

/** Brings an index of another definition up to date. The old one serves until the new one is built. */
export async function updateSearchIndex(db: Db, dimensions: number): Promise<void> {
  await db.collection(EMBEDDINGS).updateSearchIndex(searchIndexName(dimensions), searchIndexDefinition(dimensions));
}

/** Whether the index lacks something that searches need. One that has more is fine: a later version may have made it. */
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
    if ((error as { code?: unknown }).code !== IS_THERE) throw error;
  }
}
