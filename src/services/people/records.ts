import { NotFoundError } from '../../domain/errors.js';
import { CATALOG_KEY, type CatalogKind, type IdGenerator } from '../../domain/id.js';
import { type Content, newBase, type RecordBase, stampAfter } from '../../domain/record.js';
import type { Change, CollectionSpec, Store } from '../../storage/store.js';
import { type Plan, put } from '../records/transaction.js';
import type { ScreenedRoute } from '../records/write-screen.js';

/** A new record of the catalog. */
export function newRecord<T extends RecordBase>(
  newId: IdGenerator,
  kind: CatalogKind,
  at: string,
  content: Content<T>,
  externalId: string | null = null,
): T {
  return { ...newBase(newId(kind, CATALOG_KEY), at, externalId), ...content } as T;
}

/** A record as it may be saved: without secrets in what its author wrote. @throws SecretRefusedError */
export async function screened<T extends RecordBase>(
  route: ScreenedRoute,
  spec: CollectionSpec<T>,
  before: T | null,
  after: T,
): Promise<T> {
  const operation = before === null ? 'CREATE' : 'UPDATE';
  const [draft] = await route.screen.drafts({ spec }, route, [{ operation, before, after, field: '' }]);
  return draft!.after;
}

/** Plans the next version of a record. @param also what is checked or written with it */
export function planNext<T extends RecordBase>(
  spec: CollectionSpec<T>,
  operation: 'UPDATE' | 'DELETE' | 'RESTORE',
  before: T,
  after: T,
  at: string,
  also: readonly Change[] = [],
): Plan<T> {
  const result = { ...after, ...stampAfter(before, at) };
  return { changes: [...also, put(spec, operation, result)], result };
}

/** The live record. @throws NotFoundError */
export async function getLive<T extends RecordBase>(store: Store, spec: CollectionSpec<T>, id: string): Promise<T> {
  const [record] = await store.collection(spec).get([id]);
  if (record && record.deletedAt === null) return record;
  throw new NotFoundError(id);
}
