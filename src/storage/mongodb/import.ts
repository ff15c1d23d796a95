import { BSON, type ClientSession, type Document } from 'mongodb';
import { type AlreadyExistsError, RouteChangedError, type StoreError } from '../../domain/errors.js';
import { type LogEntry, withoutErased } from '../../domain/log-entry.js';
import type { RecordBase } from '../../domain/record.js';
import { sizeOf } from '../../util/json/json.js';
import type { AnySpec } from '../shared/collection-spec.js';
import { holdsKey, uniqueKeysOf } from '../shared/unique-keys.js';
import type { ImportBatch } from '../store.js';
import { alreadyExists, recordTooLarge } from '../store-errors.js';
import { toDocument } from './bson.js';
import { findHolder } from './commit/conflicts.js';
import { idTaken } from './commit/group-commit.js';
import { ERASURE, type HeadUpdate, sendApart, type WriteRefusal } from './commit/send.js';
import type { PlannedWrite } from './commit/write-plan.js';
import type { MongoWriter } from './commit/writer.js';
import type { MongoConnection } from './connection/connection.js';
import { findHead } from './log/head.js';
import { toStored } from './log/stored-entry.js';
import { HEADS, LOG, type ProjectHead, type StoredEntry, TOUCH } from './schema.js';

export interface ImporterOptions {
  readonly connection: MongoConnection;
  readonly project: string;
  readonly specs: readonly AnySpec[];
  readonly writer: MongoWriter;
}

/** How a batch is sent. */
interface SendMode {
  /** Its entries come after the log's, so they overwrite nothing, and nothing was erased before them. */
  readonly isAppending: boolean;
  /**
   * How its documents are written. `insert`: none of them exists yet, which is much the fastest. `clear`: existing ones
   * are removed first, as one may have passed its key to another.
   */
  readonly documents: 'insert' | 'overwrite' | 'clear';
}

/** The server's limit of one document, in bytes. */
const LARGEST = 16_777_216;
/** A document of this many characters, by `sizeOf`, is smaller than that, however it is encoded. */
const SURELY_FITS = LARGEST / 8;
/** How many entries' images are erased at a time. */
const STEP = 1_000;

/**
 * Imports batches. Each is first sent the way that a move usually needs; conflicts are examined only if that is
 * refused.
 */
export function createImporter({ connection, project, specs, writer }: ImporterOptions) {
  const { db } = connection;
  const heads = db.collection<ProjectHead>(HEADS);
  const log = db.collection<StoredEntry>(LOG);
  let raisedTo = 0;

  async function importBatch(asked: ImportBatch, epoch: number): Promise<void> {
    const batch = { ...asked, entries: withoutErased(asked.entries, asked.floor ?? 0) };
    refuseTooLarge(batch);
    // Documents that come with entries belong to changed records; those without are copied, one after the other.
    let mode: SendMode = { isAppending: true, documents: batch.entries.length === 0 ? 'insert' : 'overwrite' };
    for (let refusal = await send(batch, epoch, mode); refusal; refusal = await send(batch, epoch, mode)) {
      if (refusal.kind === 'moved') {
        if (!mode.isAppending) throw await routeChanged(epoch);
        mode = { ...mode, isAppending: false };
      } else {
        if (mode.documents === 'clear') throw await takenBy(batch.documents[refusal.owner ?? 0]!, batch);
        mode = { ...mode, documents: mode.documents === 'insert' ? 'overwrite' : 'clear' };
      }
    }
    if (batch.floor !== undefined) await raiseFloor(batch.floor, epoch);
  }

  /** @returns why it wasn't done; null when it was */
  async function send(batch: ImportBatch, epoch: number, mode: SendMode): Promise<WriteRefusal | null> {
    if (epoch >= 0) throw await routeChanged(epoch);
    const step = headUpdate(batch, epoch);
    let refusal: WriteRefusal | null = null;
    await writer.transact(async (session) => {
      const entries = mode.isAppending ? batch.entries : await takeHead(batch, step, epoch, session);
      if (!entries) refusal = { kind: 'moved' };
      else {
        const operations = plan({ ...batch, entries }, mode);
        const head = mode.isAppending ? step : null;
        // Servers accept many documents of one collection twice as fast this way, which outweighs the extra round
        // trips.
        refusal = await sendApart(db, session, head, operations);
      }
      return refusal === null;
    });
    return refusal;
  }

  /**
   * The head under the epoch, with all of the batch's entries after its last, and all their images beyond its floor.
   */
  function headUpdate({ entries }: ImportBatch, epoch: number): HeadUpdate {
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

  /**
   * Writes the head wherever its log ends. @returns the entries without what this log may not keep; null when there is
   * no head under the epoch
   */
  async function takeHead(
    { entries }: ImportBatch,
    { update }: HeadUpdate,
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

  /** `owner` is a document's index in the batch. */
  function plan(
    { documents, entries, removed }: ImportBatch,
    { isAppending, documents: documentMode }: SendMode,
  ): readonly PlannedWrite[] {
    const gone = [...removed, ...(documentMode === 'clear' ? documents.map(nameOf) : [])];
    const write = (
      collection: string,
      owner: number,
      filter: Document,
      document: Document,
      isNew: boolean,
    ): PlannedWrite =>
      isNew
        ? { kind: 'insert', collection, owner, document }
        : { kind: 'overwrite', collection, owner, filter, document };
    return [
      ...[...new Set(gone.map(({ collection }) => collection))].map((collection): PlannedWrite => {
        const ids = gone.filter((each) => each.collection === collection).map(({ id }) => id);
        return { kind: 'clear', collection, owner: 0, filter: { _id: { $in: ids }, project } };
      }),
      ...documents.map(({ collection, document }, owner) =>
        write(
          collection,
          owner,
          { _id: document.id, project },
          toDocument(document, project),
          documentMode !== 'overwrite',
        ),
      ),
      ...entries.map((entry) =>
        write(LOG, 0, { project, seq: entry.seq }, { ...toStored(entry, project) }, isAppending),
      ),
      ...entries
        .filter(({ operation }) => operation === 'PURGE')
        .map(({ recordId, seq }): PlannedWrite => {
          const filter = { project, record: recordId, seq: { $lte: seq } };
          return { kind: 'erase', collection: LOG, owner: 0, filter };
        }),
    ];
  }

  function refuseTooLarge({ documents, entries }: ImportBatch): void {
    const refuse = (id: string, value: object, stored: () => Document) => {
      if (sizeOf(value, SURELY_FITS) <= SURELY_FITS || BSON.calculateObjectSize(stored()) <= LARGEST) return;
      throw recordTooLarge(id, 'a document of MongoDB may have 16 MB, also as an image in the log');
    };
    for (const { document } of documents) refuse(document.id, document, () => toDocument(document, project));
    for (const entry of entries) refuse(entry.recordId, entry, () => toStored(entry, project));
  }

  /** The holder of a key that a document of the batch needs: another of the batch, or one that it doesn't name. */
  async function takenBy(
    { collection, document }: ImportBatch['documents'][number],
    { documents, removed }: ImportBatch,
  ): Promise<AlreadyExistsError | StoreError> {
    const spec = specs.find(({ name }) => name === collection);
    const ours = documents.filter((each) => each.collection === collection).map((each) => each.document);
    const named = [...ours.map(({ id }) => id), ...removed.map(({ id }) => id)];
    const holder = spec && (await findHolder(connection, project, spec, document, named));
    const twin = spec && !holder ? findTwin(spec, document, ours) : null;
    return holder ?? twin ?? idTaken([document.id], connection.place);
  }

  /** Step by step in the order of the log: each step is fenced, and no larger than a transaction should be. */
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
    // It never lowers, whichever process raises it.
    raisedTo = to;
  }

  const routeChanged = async (epoch: number) =>
    new RouteChangedError((await findHead(connection, project)).epoch, epoch);

  return importBatch;
}

const nameOf = ({ collection, document }: ImportBatch['documents'][number]) => ({ collection, id: document.id });

/** A unique key of a document that another one of the batch holds, too; null when there is none. */
function findTwin(spec: AnySpec, document: RecordBase, others: readonly RecordBase[]): AlreadyExistsError | null {
  for (const key of uniqueKeysOf(spec, document)) {
    const twin = others.find((other) => other.id !== document.id && holdsKey(other, key));
    if (twin) return alreadyExists(spec.name, key.fields, twin.id);
  }
  return null;
}
