import type { Db } from 'mongodb';
import { EMBEDDINGS } from './passage-document.js';

/**
 * What the collection is read by beside vectors: a memory's passages; a content's passages, and what is held, from the
 * index alone; what was added lately. And of a memory one content is live, however many processes add one at once.
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

/** Makes what is missing of the collection's ordinary indexes; gives the names of what was made. */
export async function ensureOrdinaryIndexes(db: Db): Promise<readonly string[]> {
  const present = new Set(await ordinaryIndexNames(db));
  const missing = ORDINARY_INDEXES.filter(({ name }) => !present.has(name));
  if (missing.length > 0) {
    await db.collection(EMBEDDINGS).createIndexes(missing.map((index) => ({ ...index, key: { ...index.key } })));
  }
  return missing.map(({ name }) => name);
}

/** Names of the ordinary indexes that are there. */
export async function ordinaryIndexNames(db: Db): Promise<readonly string[]> {
  try {
    const found = await db.collection(EMBEDDINGS).indexes();
    return found.map(({ name }) => name ?? '');
  } catch (error) {
    if ((error as { code?: unknown }).code === NO_COLLECTION) return [];
    throw error;
  }
}
