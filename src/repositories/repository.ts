import type { RecordBase } from '../domain/record.js';
import type { CollectionSpec, Condition, Deleted, ListQuery, Order, Page, Position, Store } from '../storage/store.js';

/** Queries of one collection, with filters of the domain. */
export interface Repository<T extends RecordBase, F> {
  readonly spec: CollectionSpec<T>;
  /** The records with these ids, deleted ones included, in the order of the ids; null where there is none. */
  get(ids: readonly string[]): Promise<readonly (T | null)[]>;
  /**
   * The same for the first of the ids: for all, or as many as fit into a page of `PAGE_BYTES`, and at least one. Records that
   * don't pass are null too, and what is kept of a request's reads doesn't include them.
   */
  getFirst(ids: readonly string[], passes?: (record: T) => boolean): Promise<readonly (T | null)[]>;
  list(query: RepositoryQuery<F>): Promise<Page<T>>;
  /** The first page of each of many parents, in one read. */
  listByParents(
    field: keyof T & string,
    parents: readonly string[],
    query: RepositoryQuery<F>,
  ): Promise<readonly Page<T>[]>;
  count(filter: F, deleted: Deleted): Promise<number>;
}

export interface RepositoryQuery<F> {
  readonly filter: F;
  readonly deleted: Deleted;
  readonly order: Order;
  readonly after?: Position | null;
  readonly before?: Position | null;
  readonly limit: number;
  readonly fromEnd?: boolean;
}

/** A repository over one collection of a store. @param toConditions translates its filter into conditions of the store */
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
    getFirst: async (ids, passes = () => true) =>
      (await collection.getFirst(ids)).map((record) => (record && passes(record) ? record : null)),
    list: (query) => collection.list(toListQuery(query)),
    listByParents: (field, parents, query) => collection.listByParents(field, parents, toListQuery(query)),
    count: (filter, deleted) => collection.count(toConditions(filter), deleted),
  };
}
