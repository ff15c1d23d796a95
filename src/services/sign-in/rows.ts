import { SERVER_ACTORS } from '../../domain/author.js';
import { ConflictError } from '../../domain/errors.js';
import { CATALOG_KEY } from '../../domain/id.js';
import { type RecordBase, stampAfter } from '../../domain/record.js';
import type { Change, CollectionSpec, Condition, Page, Store } from '../../storage/store.js';
import type { JsonObject } from '../../util/json/json.js';
import type { Router } from '../records/store-router.js';
import { put, remove, type Transact } from '../records/transaction.js';

/** A record as the library sees it: the fields of its model, and those of every record. */
export type Row = JsonObject & { readonly id: string; readonly version: number };

/** A change of one record. The versions are those that were read: another one by then is a ConflictError. */
export type RowChange =
  | { readonly kind: 'create'; readonly collection: string; readonly row: JsonObject & { readonly id: string } }
  | { readonly kind: 'update'; readonly collection: string; readonly row: Row }
  | { readonly kind: 'delete' | 'remove'; readonly collection: string; readonly id: string; readonly version: number };

/** For whom records are changed, for the log. */
export interface RowAuthor {
  readonly requestId: string;
  /** Who is signed in; null: nobody yet. */
  readonly userId: string | null;
}

/** Where the records of signing in are: the catalog, as a library reads and writes it that knows no other kind of store. */
export interface RowStore {
  /** Those of these ids that are live. */
  get(collection: string, ids: readonly string[]): Promise<readonly Row[]>;
  /** Live records that meet the conditions, in the order of their creation, from after a position. */
  list(
    collection: string,
    where: readonly Condition[],
    after: { readonly value: string; readonly id: string } | null,
    limit: number,
  ): Promise<Page<Row>>;
  /**
   * Commits all of the changes, or none.
   * @throws ConflictError, AlreadyExistsError, StoreError
   */
  commit(changes: readonly RowChange[], by: RowAuthor): Promise<void>;
}

/** The catalog's records of these kinds. */
export function createRowStore(
  router: Router,
  transact: Transact,
  specs: readonly { readonly name: string }[],
): RowStore {
  const byName = new Map(specs.map((spec) => [spec.name, spec as CollectionSpec<RecordBase>]));
  const inCatalog = () => router.toCatalog(CATALOG_KEY);

  function specOf(name: string): CollectionSpec<RecordBase> {
    const spec = byName.get(name);
    if (!spec) throw new Error(`Signing in has no business with ${name}.`);
    return spec;
  }

  async function changesFor(store: Store, asked: RowChange, at: string): Promise<readonly Change[]> {
    const spec = specOf(asked.collection);
    if (asked.kind === 'create') {
      const base = { createdAt: at, updatedAt: at, deletedAt: null, externalId: null };
      return [put(spec, 'CREATE', { ...base, ...asked.row, version: 1 } as RecordBase)];
    }
    const before = await current(store, spec, asked.kind === 'update' ? asked.row : asked);
    const stamp = stampAfter(before, at);
    switch (asked.kind) {
      case 'remove':
        return [remove(spec, before)];
      case 'delete':
        return [put(spec, 'DELETE', { ...before, ...stamp, deletedAt: at })];
      case 'update':
        return [put(spec, 'UPDATE', { ...before, ...asked.row, ...stamp, ...ownTime(before, asked.row) })];
    }
  }

  /** @throws ConflictError when it isn't at this version any more */
  async function current(
    store: Store,
    spec: CollectionSpec<RecordBase>,
    { id, version }: { readonly id: string; readonly version: number },
  ): Promise<RecordBase> {
    const [found = null] = await store.collection(spec).get([id]);
    if (found?.version !== version) throw new ConflictError(id, found, spec.name);
    return found;
  }

  return {
    async get(collection, ids) {
      const { store } = await inCatalog();
      const found = await store.collection(specOf(collection)).get(ids);
      return asRows(found.filter((record) => record !== null && record.deletedAt === null));
    },

    async list(collection, where, after, limit) {
      const { store } = await inCatalog();
      const order = { field: 'createdAt', direction: 'ASC' } as const;
      const page = await store.collection(specOf(collection)).list({ where, order, after, limit });
      return { ...page, items: asRows(page.items) };
    },

    async commit(changes, { requestId, userId }) {
      const actor = userId === null ? SERVER_ACTORS.signIn : `${userId} ${SERVER_ACTORS.signIn}`;
      await transact({ actor, requestId }, inCatalog, async ({ store }, at) => {
        const planned = await Promise.all(changes.map((each) => changesFor(store, each, at)));
        return { changes: planned.flat(), result: undefined };
      });
    },
  };
}

/** The library sets this time itself in some updates, and expects to read it. */
function ownTime(before: RecordBase, { updatedAt }: Row): { readonly updatedAt?: string } {
  return typeof updatedAt === 'string' && updatedAt > before.updatedAt ? { updatedAt } : {};
}

/** Records are JSON objects, of whatever fields. */
const asRows = (records: readonly (RecordBase | null)[]): readonly Row[] =>
  records as readonly object[] as readonly Row[];
