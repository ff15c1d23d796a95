import {
  type AnyBulkWriteOperation,
  type AnyClientBulkWriteModel,
  type ClientSession,
  type Db,
  type Document,
  MongoBulkWriteError,
  type MongoClient,
  MongoClientBulkWriteError,
} from 'mongodb';
import { isDuplicate } from '../errors.js';
import { HEADS, LOG, TOUCH } from '../schema.js';
import type { PlannedWrite } from './write-plan.js';

/** The head that is expected, and its update. */
export interface HeadUpdate {
  readonly filter: Document;
  readonly update: Document;
}

/** The head under its epoch as last seen, advanced to the last new entry's number. */
export function advanceHead(project: string, epoch: number, from: number, to: number): HeadUpdate {
  return { filter: { _id: project, epoch, seq: from }, update: { $set: { seq: to }, ...TOUCH } };
}

/**
 * Why not all writes were done. `moved`: the head isn't as expected. `refused`: a document isn't at its version, or a
 * unique key is taken; `owner`: the commit that caused it, null when the server doesn't say.
 */
export type WriteRefusal =
  | { readonly kind: 'moved' }
  | { readonly kind: 'refused'; readonly owner: number | null; readonly isDuplicate: boolean };

/** A write failed on the server; the code is the server's. */
class WriteFailed extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
    this.name = 'MongoServerError';
  }
}

/** The update that erases an entry's image. */
export const ERASURE = { $set: { before: null, erased: true } } as const;

/** Sends the head and all writes as one message. MongoDB 8.0. */
export async function sendTogether(
  client: MongoClient,
  db: Db,
  session: ClientSession,
  head: HeadUpdate | null,
  operations: readonly PlannedWrite[],
): Promise<WriteRefusal | null> {
  const namespace = (collection: string) => `${db.databaseName}.${collection}`;
  const first = head ? 1 : 0;
  const models: AnyClientBulkWriteModel<Document>[] = [
    ...(head ? [{ namespace: namespace(HEADS), name: 'updateOne' as const, ...head }] : []),
    ...operations.map((operation) => clientModel(namespace(operation.collection), operation)),
  ];
  if (models.length === 0) return null;
  try {
    const result = await client.bulkWrite(models, { session, verboseResults: true, ordered: true });
    const matched = (index: number) =>
      result.updateResults?.get(index)?.matchedCount ?? result.deleteResults?.get(index)?.deletedCount;
    if (head && matched(0) === 0) return { kind: 'moved' };
    const unmatched = operations.findIndex((each, index) => mustFind(each) && matched(index + first) === 0);
    return unmatched < 0 ? null : refusal(operations[unmatched]!, false);
  } catch (error) {
    if (!(error instanceof MongoClientBulkWriteError)) throw error;
    // The server continues after a head that wasn't found, and then fails on the log's numbers: a lost race, no
    // duplicate.
    if (head && error.partialResult?.updateResults?.get(0)?.matchedCount === 0) return { kind: 'moved' };
    const failed = [...error.writeErrors][0];
    if (!failed) throw error;
    return refusedBy(operations[failed[0] - first], new WriteFailed(failed[1].code, failed[1].message));
  }
}

/** Sends the head, then the writes of each collection: for servers before 8.0, and for many documents at once. */
export async function sendApart(
  db: Db,
  session: ClientSession,
  head: HeadUpdate | null,
  operations: readonly PlannedWrite[],
): Promise<WriteRefusal | null> {
  if (head) {
    const { matchedCount } = await db.collection(HEADS).updateOne(head.filter, head.update, { session });
    if (matchedCount === 0) return { kind: 'moved' };
  }
  const byCollection = new Map<string, PlannedWrite[]>();
  for (const operation of operations) {
    const of = byCollection.get(operation.collection);
    if (of) of.push(operation);
    else byCollection.set(operation.collection, [operation]);
  }
  for (const [collection, of] of byCollection) {
    try {
      const models = of.map(model);
      const result = await db.collection(collection).bulkWrite(models, { session, ordered: true });
      const expected = (...kinds: PlannedWrite['kind'][]) => of.filter(({ kind }) => kinds.includes(kind)).length;
      const isShort =
        result.deletedCount < expected('delete') ||
        (expected('erase') === 0 && result.matchedCount < expected('replace', 'check'));
      if (isShort) return { kind: 'refused', owner: of.length === 1 ? of[0]!.owner : null, isDuplicate: false };
    } catch (error) {
      const failed = error instanceof MongoBulkWriteError ? [error.writeErrors].flat()[0] : undefined;
      if (!failed) throw error;
      return refusedBy(of[failed.index], new WriteFailed(failed.code, failed.errmsg ?? ''));
    }
  }
  return null;
}

/** Whether the write is refused when it finds nothing. */
function mustFind({ kind }: PlannedWrite): boolean {
  return kind === 'replace' || kind === 'check' || kind === 'delete';
}

function refusal({ collection, owner }: PlannedWrite, isDuplicateKey: boolean): WriteRefusal {
  // Only a lost race finds an entry's number taken.
  if (collection === LOG) return { kind: 'moved' };
  return { kind: 'refused', owner, isDuplicate: isDuplicateKey };
}

function refusedBy(operation: PlannedWrite | undefined, error: WriteFailed): WriteRefusal {
  if (!operation || !isDuplicate(error)) throw error;
  return refusal(operation, true);
}

function clientModel(namespace: string, operation: PlannedWrite): AnyClientBulkWriteModel<Document> {
  switch (operation.kind) {
    case 'insert':
      return { namespace, name: 'insertOne', document: operation.document };
    case 'replace':
      return { namespace, name: 'replaceOne', filter: operation.filter, replacement: operation.document };
    case 'check':
      return {
        namespace,
        name: 'updateOne',
        filter: operation.filter,
        update: { $set: { version: operation.version } },
      };
    case 'delete':
      return { namespace, name: 'deleteOne', filter: operation.filter };
    case 'overwrite': {
      const { filter, document: replacement } = operation;
      return { namespace, name: 'replaceOne', filter, replacement, upsert: true };
    }
    case 'clear':
      return { namespace, name: 'deleteMany', filter: operation.filter };
    case 'erase':
      return { namespace, name: 'updateMany', filter: operation.filter, update: ERASURE };
  }
}

function model(operation: PlannedWrite): AnyBulkWriteOperation<Document> {
  switch (operation.kind) {
    case 'insert':
      return { insertOne: { document: operation.document } };
    case 'replace':
      return { replaceOne: { filter: operation.filter, replacement: operation.document } };
    case 'check':
      return { updateOne: { filter: operation.filter, update: { $set: { version: operation.version } } } };
    case 'delete':
      return { deleteOne: { filter: operation.filter } };
    case 'overwrite':
      return { replaceOne: { filter: operation.filter, replacement: operation.document, upsert: true } };
    case 'clear':
      return { deleteMany: { filter: operation.filter } };
    case 'erase':
      return { updateMany: { filter: operation.filter, update: ERASURE } };
  }
}
