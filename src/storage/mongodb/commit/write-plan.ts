import type { Document } from 'mongodb';
import type { RecordBase } from '../../../domain/record.js';
import type { Change, CommitContext } from '../../store.js';
import { encodeObject, toDocument } from '../bson.js';
import { LOG, type StoredEntry } from '../schema.js';

/** One call of a store's `commit`. */
export interface Commit {
  readonly changes: readonly Change[];
  readonly context: CommitContext;
}

/** One write to the server. `owner`: the index of the commit it is for. */
export type PlannedWrite = { readonly collection: string; readonly owner: number } & (
  | { readonly kind: 'insert'; readonly document: Document }
  | { readonly kind: 'replace'; readonly filter: Document; readonly document: Document }
  /** Changes nothing, but must find its document. */
  | { readonly kind: 'check'; readonly filter: Document; readonly version: number }
  | { readonly kind: 'delete'; readonly filter: Document }
  /** Writes over the document, if any. */
  | { readonly kind: 'overwrite'; readonly filter: Document; readonly document: Document }
  /** Removes all that it finds; may find nothing. */
  | { readonly kind: 'clear'; readonly filter: Document }
  /** Erases images of the log; may find nothing. */
  | { readonly kind: 'erase'; readonly filter: Document }
);

/** Commits as writes of one transaction. */
export interface GroupPlan {
  readonly operations: readonly PlannedWrite[];
  /** For each commit, the number of its last entry; for one that appends none, the last number before it. */
  readonly seqs: readonly number[];
}

export interface PlanOptions {
  readonly project: string;
  /** Number of the log's last entry so far. */
  readonly base: number;
  /** Stored in every entry that the transaction appends. */
  readonly batch: string;
  /** The record at the version that a commit's first change of it replaces. */
  readonly imageOf: (id: string, version: number) => RecordBase | null;
}

/** The number of entries that commits append to the log. */
export function entriesOf(commits: readonly Commit[]): number {
  return commits.reduce((sum, { changes }) => sum + changes.filter(({ kind }) => kind !== 'check').length, 0);
}

/** Documents first, then the log's entries, then erasures in it. */
export function planGroup(commits: readonly Commit[], { project, base, batch, imageOf }: PlanOptions): GroupPlan {
  const documents: PlannedWrite[] = [];
  const entries: PlannedWrite[] = [];
  const erasures: PlannedWrite[] = [];
  let seq = base;

  function append(
    owner: number,
    change: Exclude<Change, { kind: 'check' }>,
    before: RecordBase | null,
    context: CommitContext,
  ): void {
    const [id, version] =
      change.kind === 'put' ? [change.document.id, change.document.version] : [change.id, change.version];
    seq += 1;
    const document: StoredEntry = {
      project,
      seq,
      at: context.at,
      actor: context.actor,
      request: context.requestId,
      collection: change.collection,
      record: id,
      version,
      operation: change.kind === 'put' ? change.operation : 'PURGE',
      before: before && encodeObject(before),
      erased: change.kind === 'remove',
      batch,
    };
    entries.push({ kind: 'insert', collection: LOG, owner, document });
  }

  function beforeOf(change: Change, written: ReadonlyMap<string, RecordBase>): RecordBase | null {
    if (change.kind !== 'put' || change.document.version === 1) return null;
    const { id, version } = change.document;
    return written.get(id) ?? imageOf(id, version - 1);
  }

  const seqs = commits.map(({ changes, context }, owner) => {
    const written = new Map<string, RecordBase>();
    for (const change of changes) {
      documents.push({ ...documentWrite(change, project), collection: change.collection, owner });
      if (change.kind === 'check') continue;
      append(owner, change, beforeOf(change, written), context);
      if (change.kind === 'put') written.set(change.document.id, change.document);
      else {
        const filter = { project, record: change.id, seq: { $lte: seq } };
        erasures.push({ kind: 'erase', collection: LOG, owner, filter });
      }
    }
    return seq;
  });
  return { operations: [...documents, ...entries, ...erasures], seqs };
}

type DocumentWrite = PlannedWrite extends infer O
  ? O extends PlannedWrite
    ? Omit<O, 'collection' | 'owner'>
    : never
  : never;

/** A write finds its document only at the version that it expects. */
function documentWrite(change: Change, project: string): DocumentWrite {
  if (change.kind === 'put') {
    const { document: record } = change;
    const document = toDocument(record, project);
    if (record.version === 1) return { kind: 'insert', document };
    return { kind: 'replace', filter: { _id: record.id, project, version: record.version - 1 }, document };
  }
  const { id, version } = change;
  const filter = { _id: id, project, version };
  return change.kind === 'remove' ? { kind: 'delete', filter } : { kind: 'check', filter, version };
}
