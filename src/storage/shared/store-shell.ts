import type { RecordBase } from '../../domain/record.js';
import type { Collection, CollectionSpec, Page, Store } from '../store.js';
import { storeClosed } from '../store-errors.js';
import { upgradeOf } from '../upgrades.js';

/** What every store does alike: one reader per collection, guarded calls, closing once. */
export interface StoreShell {
  readonly collection: Store['collection'];
  /** The object with each of its methods run by `read`. `follow`, which may run for hours, stays as it is. */
  guarded<O extends object>(calls: O): O;
  /** The call, refused with the contract's error once closing has begun. */
  whileOpen<A extends unknown[], R>(call: (...args: A) => Promise<R>): (...args: A) => Promise<R>;
  /** Whether closing has begun. */
  readonly isClosed: () => boolean;
  readonly close: Store['close'];
}

export interface StoreShellOptions {
  /** Where the store is, without a secret: errors name it. */
  readonly place: string;
  /** Runs a read, which may be repeated. What it throws are errors of the contract, also once the store is closed. */
  readonly read: <T>(work: () => Promise<T>) => Promise<T>;
  readonly createCollection: <T extends RecordBase>(spec: CollectionSpec<T>) => Collection<T>;
  /** Finishes what was committed and releases all resources; called once. */
  readonly release: () => Promise<void>;
}

export function createStoreShell({ place, read, createCollection, release }: StoreShellOptions): StoreShell {
  const collections = new Map<string, Collection<RecordBase>>();
  let closing: Promise<void> | null = null;

  function guarded<O extends object>(calls: O): O {
    const members = Object.entries(calls).map(([name, member]: [string, unknown]) => [
      name,
      typeof member !== 'function' || name === 'follow'
        ? member
        : (...args: unknown[]) => read(() => member(...args) as Promise<unknown>),
    ]);
    return Object.fromEntries(members) as O;
  }

  return {
    collection<T extends RecordBase>(spec: CollectionSpec<T>): Collection<T> {
      let found = collections.get(spec.name);
      if (!found) {
        found = upgraded(guarded(createCollection(spec))) as unknown as Collection<RecordBase>;
        collections.set(spec.name, found);
      }
      return found as unknown as Collection<T>;
    },
    guarded,
    whileOpen:
      (call) =>
      (...args) =>
        closing ? Promise.reject(storeClosed(place)) : call(...args),
    isClosed: () => closing !== null,
    close() {
      closing ??= release();
      return closing;
    },
  };
}

/** The collection with what an earlier version wrote in the shape of this one. */
function upgraded<T extends RecordBase>(stored: Collection<T>): Collection<T> {
  const upgrade = upgradeOf<T>(stored.spec.name);
  if (!upgrade) return stored;
  const page = ({ items, ...rest }: Page<T>): Page<T> => ({ ...rest, items: items.map(upgrade) });
  return {
    ...stored,
    get: async (ids) => (await stored.get(ids)).map((found) => found && upgrade(found)),
    getFirst: async (ids) => (await stored.getFirst(ids)).map((found) => found && upgrade(found)),
    list: async (query) => page(await stored.list(query)),
    listByParents: async (...query) => (await stored.listByParents(...query)).map(page),
  };
}
