import { AlreadyExistsError } from '../../domain/errors.js';
import type { RecordBase } from '../../domain/record.js';
import type { FieldValue, ImportBatch, Store } from '../../storage/store.js';
import { isRecordError, type RejectHandler } from '../errors.js';
import { documentItem, LOG, SPECS, type StreamItem, specOf } from './record-stream.js';

/** One import: items in order, and the records to remove. */
export interface TransferBatch {
  readonly items: readonly StreamItem[];
  readonly removed: readonly RecordName[];
  readonly floor?: number | undefined;
}

/** The collection and id of a record. */
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
  /** Called with each batch as it was written: its documents may be newer than those passed in. */
  readonly onWritten?: ((batch: TransferBatch) => void) | undefined;
}

/** Writes what was read from the source into the target. */
export interface Transfer {
  /**
   * Resolves when it is written, and what the target can't keep is reported and absent there. Safe to repeat.
   * @throws what `onReject` throws, RouteChangedError, StoreError
   */
  write(batch: TransferBatch): Promise<void>;
}

/** Bytes of JSON in one import. */
const BATCH_BYTES = 4 * 1_048_576;
/** How often a batch is read again because its unique keys moved between records meanwhile. */
const ROUNDS = 10;

export function createTransfer({ source, target, epoch, onReject, onWritten }: TransferOptions): Transfer {
  async function send(batch: TransferBatch, round: number): Promise<void> {
    try {
      await target.import(toImport(batch), epoch);
    } catch (error) {
      if (error instanceof AlreadyExistsError && round < ROUNDS) return send(await withKeyHolders(batch), round + 1);
      if (!isRecordError(error) || batch.items.length === 0) throw error;
      if (batch.items.length === 1) return reject(batch, batch.items[0]!, error.message);
      for (const half of halved(batch)) await send(half, round);
      return;
    }
    onWritten?.(batch);
  }

  /** Leaves out what the target can't keep: the whole record, earlier versions included; of an entry, only its image. */
  async function reject({ removed, floor }: TransferBatch, item: StreamItem, reason: string): Promise<void> {
    await onReject({ collection: item.collection, recordId: item.key, reason });
    const instead: TransferBatch =
      item.kind === 'entry'
        ? { items: [withoutImage(item)], removed, floor }
        : { items: [], removed: [...removed, { collection: item.collection, id: item.key }], floor };
    await target.import(toImport(instead), epoch);
    onWritten?.({ ...instead, removed });
  }

  /**
   * The batch as the source has it now, with the records that hold its unique keys in the target: writers may move a key
   * from one record to another while documents are read one by one, so those read at different times may clash.
   */
  async function withKeyHolders(batch: TransferBatch): Promise<TransferBatch> {
    const names: RecordName[] = [...batch.removed];
    for (const { kind, collection, key, value } of batch.items) {
      if (kind === 'entry') continue;
      names.push({ collection, id: key });
      for (const id of await keyHolders(collection, value)) names.push({ collection, id });
    }
    const { items, removed } = await readCurrent(source, names);
    return { ...batch, items: [...items, ...batch.items.filter(({ kind }) => kind === 'entry')], removed };
  }

  /** Ids of the target's documents that hold a unique key of this one. */
  async function keyHolders(collection: string, document: RecordBase): Promise<readonly string[]> {
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
    async write(batch) {
      for (const each of split(batch)) await send(each, 0);
    },
  };
}

/** The records as a store has them now, each once: those it doesn't have are to be removed. */
export async function readCurrent(store: Store, names: readonly RecordName[]): Promise<TransferBatch> {
  const items: StreamItem[] = [];
  const removed: RecordName[] = [];
  for (const spec of SPECS) {
    const ids = [...new Set(names.filter(({ collection }) => collection === spec.name).map(({ id }) => id))];
    if (ids.length === 0) continue;
    const documents = await store.collection(spec).get(ids);
    for (const [index, id] of ids.entries()) {
      const document = documents[index];
      if (document) items.push(documentItem(spec.name, document));
      else removed.push({ collection: spec.name, id });
    }
  }
  return { items, removed };
}

function toImport({ items, removed, floor }: TransferBatch): ImportBatch {
  const documents: { readonly collection: string; readonly document: RecordBase }[] = [];
  const entries: ImportBatch['entries'][number][] = [];
  for (const item of items)
    if (item.kind === 'entry') entries.push(item.value);
    else documents.push({ collection: item.collection, document: item.value });
  return { documents, entries, removed, floor };
}

/** Splits a batch into imports of limited size. The first removes records, and the last raises the floor. */
function split({ items, removed, floor }: TransferBatch): readonly TransferBatch[] {
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
