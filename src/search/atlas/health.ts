import type { Db } from 'mongodb';
import type { Check } from '../../storage/health.js';
import { asVectorFailure } from './errors.js';
import { ensureOrdinaryIndexes, ORDINARY_INDEXES, ordinaryIndexNames } from './ordinary-indexes.js';
import { EMBEDDINGS } from './passage-document.js';
import {
  createSearchIndex,
  detectSearchSupport,
  isOutdated,
  listSearchIndex,
  type SearchSupport,
  searchIndexName,
  updateSearchIndex,
} from './search-index.js';

/** The status of the collection of vectors. */
export interface AtlasHealth {
  readonly support: SearchSupport;
  /** Names, as `collection.index`. They include the search index only if the server has search. */
  readonly indexes: { readonly present: readonly string[]; readonly missing: readonly string[] };
  /** Empty when there are none. */
  readonly problems: readonly string[];
}

const named = (index: string): string => `${EMBEDDINGS}.${index}`;

/** @throws MongoError when a request fails */
export async function atlasHealth(db: Db, dimensions: number): Promise<AtlasHealth> {
  const [support, names] = await Promise.all([detectSearchSupport(db, dimensions), ordinaryIndexNames(db)]);
  const isIndexed = support === 'READY' || support === 'BUILDING';
  const index = searchIndexName(dimensions);
  const wanted = [...ORDINARY_INDEXES.map(({ name }) => name), ...(support === 'UNSUPPORTED' ? [] : [index])];
  const present = [...names, ...(isIndexed ? [index] : [])];
  return {
    support,
    indexes: {
      present: wanted.filter((name) => present.includes(name)).map(named),
      missing: wanted.filter((name) => !present.includes(name)).map(named),
    },
    problems: isIndexed ? await problemsOf(db, dimensions) : [],
  };
}

async function problemsOf(db: Db, dimensions: number): Promise<readonly string[]> {
  const listed = await listSearchIndex(db, dimensions);
  if (!listed) return [];
  const index = named(listed.name);
  if (listed.status === 'FAILED') return [`MongoDB could not build the search index ${index}: words answer searches.`];
  if (!listed.queryable) return [`The search index ${index} is being built: until then words answer large projects.`];
  return isOutdated(listed, dimensions) ? [`The search index ${index} lacks fields that searches filter by.`] : [];
}

/** Creates missing indexes of the collection and updates outdated ones. Returns their names. */
export async function ensureAtlasIndexes(db: Db, dimensions: number): Promise<readonly string[]> {
  const made = (await ensureOrdinaryIndexes(db)).map(named);
  const support = await detectSearchSupport(db, dimensions);
  if (support === 'UNSUPPORTED') return made;
  const index = named(searchIndexName(dimensions));
  const listed = await listSearchIndex(db, dimensions);
  if (listed && !isOutdated(listed, dimensions)) return made;
  if (listed) await updateSearchIndex(db, dimensions);
  else await createSearchIndex(db, dimensions);
  return [...made, index];
}

/** Checks whether the server can search vectors. If not, that is no failure: the embedded index answers searches. */
export async function checkVectorSearch(db: Db, dimensions: number): Promise<Check> {
  const start = performance.now();
  const found = await detect(db, dimensions);
  return { name: 'VECTOR_SEARCH', ms: performance.now() - start, ...found };
}

async function detect(db: Db, dimensions: number): Promise<Pick<Check, 'outcome' | 'message' | 'hint'>> {
  try {
    return FOUND[await detectSearchSupport(db, dimensions)];
  } catch (error) {
    const { message, hint } = asVectorFailure(error);
    return { outcome: 'FAILED', message, hint };
  }
}

const FOUND: { readonly [S in SearchSupport]: Pick<Check, 'outcome' | 'message' | 'hint'> } = {
  READY: { outcome: 'PASSED', message: 'Vectors are searched by $vectorSearch.', hint: null },
  MISSING: {
    outcome: 'PASSED',
    message: 'The server has $vectorSearch; the index is created on first use.',
    hint: null,
  },
  BUILDING: { outcome: 'PASSED', message: 'The server has $vectorSearch; its index is being built.', hint: null },
  UNSUPPORTED: {
    outcome: 'WARNING',
    message: 'The server has no $vectorSearch: the embedded index searches the vectors that it stores.',
    hint: 'No action is needed. Atlas, or a server with mongot, can search millions of vectors.',
  },
};
