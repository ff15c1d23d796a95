import type { RecordBase } from '../domain/record.js';
import type { CollectionSpec, Condition, ListQuery, Store } from '../storage/store.js';
import type { Repository, RepositoryQuery } from './factory.js';

/** A repository over one collection of a store; `toConditions` puts its filter into the store's words. */
export function createRepository<T extends RecordBase, F>(
  store: Store,
  spec: CollectionSpec<T>,
  toConditions: (filter: F) => Condition[],
): Repository<T, F> {
  const collection = store.collection(spec);
  const toListQuery = ({ filter, ...query }: RepositoryQuery<F>): ListQuery => ({
    ...query,
    where: toConditions(filter),
  });

  return {
    spec,
    get: (ids) => collection.get(ids),
    list: (query) => collection.list(toListQuery(query)),
    listByParents: (field, parents, query) => collection.listByParents(field, parents, toListQuery(query)),
    count: (filter, deleted) => collection.count(toConditions(filter), deleted),
  };
}
