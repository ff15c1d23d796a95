import type { Store } from '../storage/store.js';
import { SEARCHED, type SearchedCollection } from './index/index-record.js';
import type { ProjectIndex } from './index/project-index.js';

/**
 * Of hits, those whose rows are as what is stored, in their order. Only while rows may be of another log is that asked: it
 * reads each hit's record.
 */
export async function confirmed<H extends { readonly id: string }>(
  { feed, records }: Pick<ProjectIndex, 'feed' | 'records'>,
  store: Store,
  collection: SearchedCollection,
  hits: readonly H[],
): Promise<readonly H[]> {
  if (!feed.isDoubtful() || hits.length === 0) return hits;
  const ids = hits.map(({ id }) => id);
  const stored = await SEARCHED.find(({ name }) => name === collection)!.get(store, ids);
  const rows = records.find(ids);
  return hits.filter(({ id }, index) => {
    const record = stored[index]?.record;
    const row = rows.get(id);
    return record && row?.hash === record.hash && row.digest === record.digest;
  });
}
