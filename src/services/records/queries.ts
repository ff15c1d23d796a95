import type { RecordBase } from '../../domain/record.js';
import type { CollectionSpec, Condition, Deleted, Page, Position, Store } from '../../storage/store.js';

const PAGE = 1_000;

/** All documents that meet the conditions, in order of the field. */
export async function listAll<T extends RecordBase>(
  store: Store,
  spec: CollectionSpec<T>,
  query: { where: readonly Condition[]; deleted: Deleted; field: keyof T & string },
): Promise<T[]> {
  const found: T[] = [];
  for await (const page of everyPage(store, spec, query)) found.push(...page);
  return found;
}

/** The same page by page, for those that are too many to be kept. */
export async function* everyPage<T extends RecordBase>(
  store: Store,
  spec: CollectionSpec<T>,
  { where, deleted, field }: { where: readonly Condition[]; deleted: Deleted; field: keyof T & string },
): AsyncGenerator<readonly T[]> {
  const order = { field, direction: 'ASC' } as const;
  for (let after: Position | null = null; ; ) {
    const page: Page<T> = await store.collection(spec).list({ where, deleted, order, after, limit: PAGE });
    yield page.items;
    const last = page.items.at(-1);
    if (!page.hasMore || !last) return;
    after = { value: last[field] as string, id: last.id };
  }
}

/** The condition that a field has one of these values. A single one is in the order of more indexes. */
export function isOneOf(field: string, values: readonly string[]): Condition {
  return values.length === 1 ? { field, is: values[0]! } : { field, in: values };
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
  const documents = await listAll(store, spec, { where: [isOneOf(field, values)], deleted, field });
  return new Map(documents.map((document) => [document[field] as string, document]));
}

/** The document with an `externalId`, deleted or not; null when none has it. */
export async function findByExternalId<T extends RecordBase>(
  store: Store,
  spec: CollectionSpec<T>,
  externalId: string,
): Promise<T | null> {
  const where = [{ field: 'externalId', is: externalId }];
  const order = { field: 'externalId', direction: 'ASC' } as const;
  const { items } = await store.collection(spec).list({ where, deleted: 'INCLUDE', order, limit: 1 });
  return items[0] ?? null;
}
