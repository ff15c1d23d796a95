import type { LogEntry } from '../../domain/log-entry.js';
import type { RecordBase } from '../../domain/record.js';
import { memories, PROJECT_COLLECTIONS } from '../../storage/collections.js';
import type { CollectionSpec, Store } from '../../storage/store.js';
import { sizeOf } from '../../util/json/json.js';

/** A document, or an entry of the log. */
export type StreamItem = { readonly collection: string; readonly key: string; readonly bytes: number } & (
  | { readonly kind: 'document'; readonly value: RecordBase }
  | { readonly kind: 'entry'; readonly value: LogEntry }
);

/** Items in an order that is the same on both sides: a collection's documents by id, or the log's entries by number. */
export interface RecordStream {
  /** The collection's name, or `log`. */
  readonly name: string;
  readonly isLog: boolean;
  /** The items after the key, in order; null: from the start. */
  read(store: Store, after: string | null, limit: number): Promise<readonly StreamItem[]>;
  /** The items of these keys, which are in order; null where there is none. */
  get(store: Store, keys: readonly string[]): Promise<readonly (StreamItem | null)[]>;
  /** Negative when the first key comes before the second. */
  order(a: string, b: string): number;
}

/** The log's name among the collections. */
export const LOG = 'log';

/** A project's collections. Their records are copied and compared whole, whatever their fields. */
export const SPECS = PROJECT_COLLECTIONS as readonly unknown[] as readonly CollectionSpec<RecordBase>[];
const SPEC_OF = new Map(SPECS.map((spec) => [spec.name, spec]));

/** The collection of this name; undefined when projects have no such collection. */
export const specOf = (name: string): CollectionSpec<RecordBase> | undefined => SPEC_OF.get(name);

/** A document as an item. */
export function documentItem(collection: string, value: RecordBase): StreamItem {
  return { kind: 'document', collection, key: value.id, value, bytes: sizeOf(value) };
}

/** An entry as an item. */
function entryItem(value: LogEntry): StreamItem {
  return { kind: 'entry', collection: LOG, key: `${value.seq}`, value, bytes: sizeOf(value) };
}

function documentsOf(spec: CollectionSpec<RecordBase>): RecordStream {
  const toItem = (document: RecordBase) => documentItem(spec.name, document);
  return {
    name: spec.name,
    isLog: false,
    read: async (store, after, limit) => (await store.scan(spec, after, limit)).map(toItem),
    get: async (store, keys) =>
      (await store.collection(spec).get(keys)).map((document) => document && toItem(document)),
    order: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
  };
}

/** A project's collections, in the order in which they are copied. */
export const DOCUMENT_STREAMS: readonly RecordStream[] = SPECS.map(documentsOf);
export const memoryStream = DOCUMENT_STREAMS.find(({ name }) => name === memories.name)!;

/** The log up to an entry. */
export function logUpTo(until: number): RecordStream {
  const read = async (store: Store, after: string | null, limit: number): Promise<readonly StreamItem[]> => {
    const from = Number(after ?? 0);
    if (from >= until) return [];
    const entries = await store.log.read(from, limit);
    return entries.filter(({ seq }) => seq <= until).map(entryItem);
  };
  return {
    name: LOG,
    isLog: true,
    read,
    async get(store, keys) {
      const found = new Map<string, StreamItem>();
      for (const [first, count] of runs(keys.map(Number)))
        for (const item of await read(store, `${first - 1}`, count)) found.set(item.key, item);
      return keys.map((key) => found.get(key) ?? null);
    },
    order: (a, b) => Number(a) - Number(b),
  };
}

/**
 * The collections without documents created after an entry of the source's log, so that reading them ends however fast new
 * ones are written. The log decides, not the clocks in ids: a document with a later id that existed by then is included.
 * @param id made at about that entry: only records with greater ids are looked up in the log. Left out: nothing is excluded
 */
export function documentsAsOf(source: Store, seq: number, id: string | undefined): readonly RecordStream[] {
  return id === undefined ? DOCUMENT_STREAMS : DOCUMENT_STREAMS.map((stream) => asOf(stream, source, seq, id));
}

function asOf(stream: RecordStream, source: Store, seq: number, id: string): RecordStream {
  /** Ids of different kinds are ordered by what follows the prefix. */
  const mayBeLater = (key: string): boolean => key.slice(PREFIX) > id.slice(PREFIX);

  async function existing(items: readonly StreamItem[]): Promise<readonly StreamItem[]> {
    const later = items.map(({ key }) => key).filter(mayBeLater);
    if (later.length === 0) return items;
    const firsts = await source.log.ofEach(later, 'FIRST', 0);
    const isNew = new Set(later.filter((_, index) => (firsts[index]?.seq ?? 0) > seq));
    return items.filter(({ key }) => !isNew.has(key));
  }

  return {
    ...stream,
    async read(store, after, limit) {
      const found: StreamItem[] = [];
      for (let from = after; found.length < limit; ) {
        const items = await stream.read(store, from, limit);
        found.push(...(await existing(items)));
        if (items.length < limit) break;
        from = items.at(-1)!.key;
      }
      return found.slice(0, limit);
    },
  };
}

/** Characters of an id's prefix, with its underscore. */
const PREFIX = 4;

/** Groups consecutive numbers, so that each group is one read. */
function runs(numbers: readonly number[]): readonly (readonly [first: number, count: number])[] {
  const found: [first: number, count: number][] = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last && last[0] + last[1] === number) last[1] += 1;
    else found.push([number, 1]);
  }
  return found;
}
