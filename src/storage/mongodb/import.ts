import { BSON, type ClientSession, type Document } from 'mongodb';
import { type AlreadyExistsError, RouteChangedError, type StoreError } from '../../domain/errors.js';
import { type LogEntry, withoutErased } from '../../domain/log-entry.js';
import type { RecordBase } from '../../domain/record.js';
import { sizeOf } from '../../util/json.js';
import type { AnySpec } from '../shared/spec.js';
import type { ImportBatch } from '../store.js';
import { alreadyExists, recordTooLarge } from '../store-errors.js';
import { toDocument } from './bson.js';
import { findHolder } from './commit/conflicts.js';
import { foreign } from './commit/group-commit.js';
import { ERASURE, type HeadStep, type Refusal, sendApart } from './commit/send.js';
import type { Operation } from './commit/write-plan.js';
import type { Writer } from './commit/writer.js';
import type { MongoConnection } from './connection/connection.js';
import { findHead } from './log/head.js';
import { toStored } from './log/stored-entry.js';
import { HEADS, type Head, LOG, type StoredEntry, TOUCH } from './schema.js';

export interface ImporterOptions {
  readonly connection: MongoConnection;
  readonly project: string;
  readonly specs: readonly AnySpec[];
  readonly writer: Writer;
}

/** How a batch is sent. */
interface Way {
  /** Its entries come after the log's, so there is nothing that they write over or that was erased before them. */
  readonly isAppending: boolean;
  /**
   * How its documents are written. `insert`: none is there yet, which is much the fastest. `clear`: what is there of them is
   * taken away first, as one may have given its key to another.
   */
  readonly documents: 'insert' | 'overwrite' | 'clear';
}

/** What a server takes as one document, in bytes. */
const LARGEST = 16_777_216;
/** A document of so many characters or fewer, by `sizeOf`, is smaller than that, however it is encoded. */
const SURELY_FITS = LARGEST / 8;
/** How many entries' images are erased at a time. */
const STEP = 1_000;

/** Writes what is moved here. It is sent the way that a move goes first; what is in its way is looked at only then. */
export function createImporter({ connection, project, specs, writer }: ImporterOptions) {
  const { db } = connection;
  const heads = db.collection<Head>(HEADS);
  const log = db.collection<StoredEntry>(LOG);
  let raisedTo = 0;

  async function importBatch(asked: ImportBatch, epoch: number): Promise<void> {
    const batch = { ...asked, entries: withoutErased(asked.entries, asked.floor ?? 0) };
    refuseTooLarge(batch);
    // Documents that come with entries are about records that changed; those without are copied, one after the other.
    let way: Way = { isAppending: true, documents: batch.entries.length === 0 ? 'insert' : 'overwrite' };
    for (let refusal = await send(batch, epoch, way); refusal; refusal = await send(batch, epoch, way)) {
      if (refusal.kind === 'moved') {
        if (!way.isAppending) throw await routeChanged(epoch);
        way = { ...way, isAppending: false };
      } else {
        if (way.documents === 'clear') throw await takenBy(batch.documents[refusal.owner ?? 0]!, batch);
        way = { ...way, documents: way.documents === 'insert' ? 'overwrite' : 'clear' };
      }
    }
    if (batch.floor !== undefined) await raiseFloor(batch.floor, epoch);
  }

  /** @returns why it wasn't done; null when it was */
  async function send(batch: ImportBatch, epoch: number, way: Way): Promise<Refusal | null> {
    if (epoch >= 0) throw await routeChanged(epoch);
    const step = headStep(batch, epoch);
    let refusal: Refusal | null = null;
    await writer.transact(async (session) => {
      const entries = way.isAppending ? batch.entries : await takeHead(batch, step, epoch, session);
      if (!entries) refusal = { kind: 'moved' };
      else {
        const operations = plan({ ...batch, entries }, way);
        const head = way.isAppending ? step : null;
        // A server takes many documents of one collection twice as fast so, which is worth more than the way to it.
        refusal = await sendApart(db, session, head, operations);
      }
      return refusal === null;
    });
    return refusal;
  }

  /** The head under the epoch, with all of the batch's entries after its last, and all their images beyond its floor. */
  function headStep({ entries }: ImportBatch, epoch: number): HeadStep {
    const least = (of: readonly LogEntry[]) =>
      of.reduce((seq, each) => Math.min(seq, each.seq), Number.MAX_SAFE_INTEGER);
    const filter = {
      _id: project,
      epoch,
      ...(entries.length > 0 && { seq: { $lt: least(entries) } }),
      floor: { $lt: least(entries.filter(({ before }) => before !== null)) },
    };
    const last = entries.reduce((seq, each) => Math.max(seq, each.seq), 0);
    return { filter, update: { $max: { seq: last }, ...TOUCH } };
  }

  /** Writes the head wherever its log ends; gives the entries without what this log may not keep, null when it isn't there. */
  async function takeHead(
    { entries }: ImportBatch,
    { update }: HeadStep,
    epoch: number,
    session: ClientSession,
  ): Promise<readonly LogEntry[] | null> {
    const head = await heads.findOneAndUpdate({ _id: project, epoch }, update, { session });
    if (!head) return null;
    const records = [...new Set(entries.map(({ recordId }) => recordId))];
    const purges = await log
      .find({ project, record: { $in: records }, operation: 'PURGE' }, { session, sort: { seq: 1 } })
      .toArray();
    return withoutErased(entries, head.floor, new Map(purges.map(({ record, seq }) => [record, seq])));
  }

  /** `owner` is a document's place in the batch. */
  function plan(
    { documents, entries, removed }: ImportBatch,
    { isAppending, documents: manner }: Way,
  ): readonly Operation[] {
    const gone = [...removed, ...(manner === 'clear' ? documents.map(nameOf) : [])];
    const write = (
      collection: string,
      owner: number,
      filter: Document,
      document: Document,
      isNew: boolean,
    ): Operation =>
      isNew
        ? { kind: 'insert', collection, owner, document }
        : { kind: 'overwrite', collection, owner, filter, document };
    return [
      ...[...new Set(gone.map(({ collection }) => collection))].map((collection): Operation => {
        const ids = gone.filter((each) => each.collection === collection).map(({ id }) => id);
        return { kind: 'clear', collection, owner: 0, filter: { _id: { $in: ids }, project } };
      }),
      ...documents.map(({ collection, document }, owner) =>
        write(collection, owner, { _id: document.id, project }, toDocument(document, project), manner !== 'overwrite'),
      ),
      ...entries.map((entry) =>
        write(LOG, 0, { project, seq: entry.seq }, { ...toStored(entry, project) }, isAppending),
      ),
      ...entries
        .filter(({ operation }) => operation === 'PURGE')
        .map(({ recordId, seq }): Operation => {
          const filter = { project, record: recordId, seq: { $lte: seq } };
          return { kind: 'erase', collection: LOG, owner: 0, filter };
        }),
    ];
  }

  function refuseTooLarge({ documents, entries }: ImportBatch): void {
    const refuse = (id: string, value: object, stored: () => Document) => {
      if (sizeOf(value, SURELY_FITS) <= SURELY_FITS || BSON.calculateObjectSize(stored()) <= LARGEST) return;
      throw recordTooLarge(id, 'MongoDB takes 16 MB as one document at most, and as an image in the log');
    };
    for (const { document } of documents) refuse(document.id, document, () => toDocument(document, project));
    for (const entry of entries) refuse(entry.recordId, entry, () => toStored(entry, project));
  }

  /** Who has a key that a document of the batch needs: another of the batch, or one that it doesn't name. */
  async function takenBy(
    { collection, document }: ImportBatch['documents'][number],
    { documents, removed }: ImportBatch,
  ): Promise<AlreadyExistsError | StoreError> {
    const spec = specs.find(({ name }) => name === collection);
    const ours = documents.filter((each) => each.collection === collection).map((each) => each.document);
    const named = [...ours.map(({ id }) => id), ...removed.map(({ id }) => id)];
    const holder = spec && (await findHolder(connection, project, spec, document, named));
    const twin = spec && !holder ? findTwin(spec, document, ours) : null;
    return holder ?? twin ?? foreign([document.id], connection.place);
  }

  /** Step by step in the order of the log: each step is fenced, and none is larger than a transaction should be. */
  async function raiseFloor(to: number, epoch: number): Promise<void> {
    if (to <= raisedTo) return;
    const { floor, seq } = await findHead(connection, project);
    for (let from = floor; from < to; ) {
      const next = from >= seq ? to : Math.min(from + STEP, to);
      const images = { project, seq: { $gt: from, $lte: next }, before: { $ne: null } };
      const isDone = await writer.transact(async (session) => {
        const update = { $max: { floor: next }, ...TOUCH };
        const { matchedCount } = await heads.updateOne({ _id: project, epoch }, update, { session });
        if (matchedCount > 0) await log.updateMany(images, ERASURE, { session });
        return matchedCount > 0;
      });
      if (!isDone) throw await routeChanged(epoch);
      from = next;
    }
    // It never lowers, whoever else raises it.
    raisedTo = to;
  }

  const routeChanged = async (epoch: number) =>
    new RouteChangedError((await findHead(connection, project)).epoch, epoch);

  return importBatch;
}

const nameOf = ({ collection, document }: ImportBatch['documents'][number]) => ({ collection, id: document.id });

/** The unique key that two documents have both. */
function findTwin(
  { name, unique }: AnySpec,
  document: RecordBase,
  others: readonly RecordBase[],
): AlreadyExistsError | null {
  const valuesOf = (record: RecordBase) => record as unknown as { readonly [field: string]: unknown };
  for (const { fields, among } of unique) {
    const twin = others.find(
      (other) =>
        other.id !== document.id &&
        (among === 'all' || (other.deletedAt === null && document.deletedAt === null)) &&
        fields.every((field) => valuesOf(other)[field] != null && valuesOf(other)[field] === valuesOf(document)[field]),
    );
    if (twin) return alreadyExists(name, fields, twin.id);
  }
  return null;
}
