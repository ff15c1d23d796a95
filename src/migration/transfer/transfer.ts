import { AlreadyExistsError } from '../../domain/errors.js';
import type { RecordBase } from '../../domain/record.js';
import type { FieldValue, ImportBatch, Store } from '../../storage/store.js';
import { isRecordError, type RejectHandler } from '../errors.js';
import { documentItem, LOG, type StreamItem, specOf } from './record-stream.js';

/** What is written at once: items in their order, and what goes. */
export interface TransferBatch {
  readonly items: readonly StreamItem[];
  readonly removed: readonly RecordName[];
  readonly floor?: number | undefined;
}

/** A record by its name. */
export interface RecordName {
  readonly collection: string;
  readonly id: string;
}

export interface TransferOptions {
  readonly source: Store;
  readonly target: Store;
  /** The target's, negative. */
  readonly epoch: number;
  readonly onReject: RejectHandler;
  /** Hears of each part that was written, as it was written: documents may be newer than those that were given. */
  readonly onWritten?: ((part: TransferBatch) => void) | undefined;
}

/** Writes into the target what was read from the source. */
export interface Transfer {
  /**
   * Resolves when it is written; what the target can't keep was reported then and isn't there. Repeating it is safe.
   * @throws what `onReject` throws, RouteChangedError, StoreError
   */
  write(part: TransferBatch): Promise<void>;
}

/** How many bytes, as JSON, one import carries. */
const BATCH_BYTES = 4 * 1_048_576;
/** How often a part is read again because unique keys in it were handed on meanwhile. */
const ROUNDS = 10;

export function createTransfer({ source, target, epoch, onReject, onWritten }: TransferOptions): Transfer {
  async function send(part: TransferBatch, round: number): Promise<void> {
    try {
      await target.import(toBatch(part), epoch);
    } catch (error) {
      if (error instanceof AlreadyExistsError && round < ROUNDS) return send(await untangled(part), round + 1);
      if (!isRecordError(error) || part.items.length === 0) throw error;
      if (part.items.length === 1) return reject(part, part.items[0]!, error.message);
      for (const half of halved(part)) await send(half, round);
      return;
    }
    onWritten?.(part);
  }

  /** The target can't keep it: of a record nothing stays there, not even an earlier version; of an entry all but its image. */
  async function reject({ removed, floor }: TransferBatch, item: StreamItem, reason: string): Promise<void> {
    await onReject({ collection: item.collection, recordId: item.key, reason });
    const instead: TransferBatch =
      item.kind === 'entry'
        ? { items: [withoutImage(item)], removed, floor }
        : { items: [], removed: [...removed, { collection: item.collection, id: item.key }], floor };
    await target.import(toBatch(instead), epoch);
    onWritten?.({ ...instead, removed });
  }

  /**
   * The part as it should be now, with those who hold its unique keys in the target: documents are read one after another
   * while writers hand keys from record to record, so what was read at different moments may clash.
   */
  async function untangled(part: TransferBatch): Promise<TransferBatch> {
    const ids = new Map<string, Set<string>>();
    const add = (collection: string, id: string) =>
      void ids.set(collection, (ids.get(collection) ?? new Set()).add(id));
    for (const { collection, id } of part.removed) add(collection, id);
    for (const item of part.items) {
      if (item.kind === 'entry') continue;
      add(item.collection, item.key);
      for (const holder of await holders(item.collection, item.value)) add(item.collection, holder);
    }
    const items: StreamItem[] = [];
    const removed: RecordName[] = [];
    for (const [collection, named] of ids) {
      const documents = await source.collection(specOf(collection)!).get([...named]);
      for (const [index, id] of [...named].entries()) {
        const document = documents[index];
        if (document) items.push(documentItem(collection, document));
        else removed.push({ collection, id });
      }
    }
    return { ...part, items: [...items, ...part.items.filter(({ kind }) => kind === 'entry')], removed };
  }

  /** Ids of the target's documents that hold what must be unique of this one. */
  async function holders(collection: string, document: RecordBase): Promise<readonly string[]> {
    const spec = specOf(collection)!;
    const found: string[] = [];
    for (const { fields, among } of spec.unique) {
      const where = fields.map((field) => ({ field, is: document[field] as FieldValue }));
      if (where.some(({ is }) => is === null) || (among === 'live' && document.deletedAt !== null)) continue;
      const deleted = among === 'live' ? 'EXCLUDE' : 'INCLUDE';
      const order = { field: 'createdAt', direction: 'ASC' } as const;
      const { items } = await target.collection(spec).list({ where, deleted, order, limit: 2 });
      found.push(...items.map(({ id }) => id));
    }
    return found;
  }

  return {
    async write(part) {
      for (const each of portioned(part)) await send(each, 0);
    },
  };
}

function toBatch({ items, removed, floor }: TransferBatch): ImportBatch {
  const documents: { readonly collection: string; readonly document: RecordBase }[] = [];
  const entries: ImportBatch['entries'][number][] = [];
  for (const item of items)
    if (item.kind === 'entry') entries.push(item.value);
    else documents.push({ collection: item.collection, document: item.value });
  return { documents, entries, removed, floor };
}

/** In parts that one import may carry. What goes does so first, and the floor rises last. */
function portioned({ items, removed, floor }: TransferBatch): readonly TransferBatch[] {
  const portions: StreamItem[][] = [[]];
  let bytes = 0;
  for (const item of items) {
    if (bytes > 0 && bytes + item.bytes > BATCH_BYTES) {
      portions.push([]);
      bytes = 0;
    }
    bytes += item.bytes;
    portions.at(-1)!.push(item);
  }
  return portions.map((portion, index) => ({
    items: portion,
    removed: index === 0 ? removed : [],
    floor: index === portions.length - 1 ? floor : undefined,
  }));
}

function halved({ items, removed, floor }: TransferBatch): readonly TransferBatch[] {
  const middle = items.length >> 1;
  return [
    { items: items.slice(0, middle), removed },
    { items: items.slice(middle), removed: [], floor },
  ];
}

function withoutImage(item: StreamItem & { readonly kind: 'entry' }): StreamItem {
  return { ...item, collection: LOG, bytes: 0, value: { ...item.value, before: null, isErased: true } };
}
