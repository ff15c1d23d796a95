import type { RecordBase } from '../../domain/record.js';
import type { CollectionSpec, Condition, Deleted, Store } from '../../storage/store.js';

const PAGE = 1_000;

/** All documents that meet the conditions, in order of the field; stops after the page with which there are more than `max`. */
export async function listAll<T extends RecordBase>(
  store: Store,
  spec: CollectionSpec<T>,
  query: { where: readonly Condition[]; deleted: Deleted; field: keyof T & string; max?: number },
): Promise<T[]> {
  const { where, deleted, field, max = Number.POSITIVE_INFINITY } = query;
  const order = { field, direction: 'ASC' } as const;
  const found: T[] = [];
  for (;;) {
    const last = found.at(-1);
    const after = last ? { value: last[field] as string, id: last.id } : null;
    const page = await store.collection(spec).list({ where, deleted, order, after, limit: PAGE });
    found.push(...page.items);
    if (!page.hasMore || found.length > max) return found;
  }
}

/** The documents whose field has one of the values, by the value. */
export async function findByValues<T extends RecordBase>(
  store: Store,
  spec: CollectionSpec<T>,
  field: keyof T & string,
  values: readonly string[],
  deleted: Deleted,
): Promise<Map<string, T>> {
  if (values.length === 0) return new Map();
  const where = [values.length === 1 ? { field, is: values[0]! } : { field, in: values }];
  const documents = await listAll(store, spec, { where, deleted, field });
  return new Map(documents.map((document) => [document[field] as string, document]));
}
