import type { ApiKey } from '../../domain/access/api-key.js';
import { apiKeys } from '../../storage/account-collections.js';
import type { Store } from '../../storage/store.js';
import { isOneOf, listAll } from '../records/queries.js';

/**
 * A key, those that it replaced, those that any of these made, and so on. What a replaced key made belongs to its replacement.
 */
export async function familyOf(store: Store, key: ApiKey): Promise<readonly ApiKey[]> {
  const edges = key.replacedById === null ? (['replacedById', 'createdById'] as const) : (['replacedById'] as const);
  const found = new Map([[key.id, key]]);
  for (let ids: readonly string[] = [key.id]; ids.length > 0; ) {
    const next: ApiKey[] = [];
    for (const field of edges) {
      const where = [isOneOf(field, ids)];
      next.push(...(await listAll(store, apiKeys, { where, deleted: 'EXCLUDE', field: 'createdAt' })));
    }
    const added = next.filter(({ id }) => !found.has(id));
    for (const each of added) found.set(each.id, each);
    ids = added.map(({ id }) => id);
  }
  return [...found.values()];
}
