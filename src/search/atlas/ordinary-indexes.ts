import type { Db } from 'mongodb';
import { EMBEDDINGS } from './passage-document.js';

/**
 * The collection's indexes other than the search index: for a memory's passages; for a content's passages, and what is held,
 * from the index alone; for recent passages. The unique one allows only one live content per memory, however many processes
 * add one at once.
 */
export const ORDINARY_INDEXES = [
  { name: 'by_memory', key: { project: 1, memory: 1 } },
  { name: 'by_content', key: { project: 1, model: 1, hash: 1, live: 1, memory: 1 } },
  { name: 'by_time', key: { project: 1, model: 1, addedAt: -1 } },
  {
    name: 'one_content',
    key: { project: 1, memory: 1, model: 1, ordinal: 1 },
    unique: true,
    partialFilterExpression: { live: true },
  },
] as const;

const NO_COLLECTION = 26;

/** Creates missing ordinary indexes. Returns their names. */
export async function ensureOrdinaryIndexes(db: Db): Promise<readonly string[]> {
  const present = new Set(await ordinaryIndexNames(db));
  const missing = ORDINARY_INDEXES.filter(({ name }) => !present.has(name));
  if (missing.length > 0) {
    await db.collection(EMBEDDINGS).createIndexes(missing.map((index) => ({ ...index, key: { ...index.key } })));
  }
  return missing.map(({ name }) => name);
}

/** The names of existing ordinary indexes. */
export async function ordinaryIndexNames(db: Db): Promise<readonly string[]> {
  try {
    const found = await db.collection(EMBEDDINGS).indexes();
    return found.map(({ name }) => name ?? '');
  } catch (error) {
    if ((error as { code?: unknown }).code === NO_COLLECTION) return [];
    throw error;
  }
}
