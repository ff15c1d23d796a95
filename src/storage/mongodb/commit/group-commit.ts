import { randomBytes } from 'node:crypto';
import type { ClientSession } from 'mongodb';
import { MooringError, RouteChangedError, StoreError } from '../../../domain/errors.js';
import { delay } from '../../../util/async.js';
import { type Backoff, backoff } from '../../../util/backoff.js';
import type { MongoConnection } from '../connection/connection.js';
import { isOutage } from '../errors.js';
import { findHead, noSuchProject } from '../log/head.js';
import { HEADS, LOG, type ProjectHead, type StoredEntry, TOUCH } from '../schema.js';
import { type ConflictFinder, idOf } from './conflicts.js';
import { type CommitQueue, isOpen, type PendingCommit, writeTimedOut } from './queue.js';
import type { RecordCache } from './record-cache.js';
import { advanceHead, sendApart, sendTogether, type WriteRefusal } from './send.js';
import type { Transactions } from './transactions.js';
import { entriesOf, type GroupPlan, planGroup } from './write-plan.js';

/** Group commit: writes commits in one transaction, each of which succeeds or fails alone. */
export interface GroupWriter {
  /** Answers each of them, now or, when it can't share the transaction, after it was put back into the queue. */
  write(group: readonly PendingCommit[]): Promise<void>;
  /** Some process appended to the log up to this number. */
  note(seq: number): void;
}

export interface GroupWriterOptions {
  readonly connection: MongoConnection;
  readonly project: string;
  readonly transactions: Transactions;
  readonly finder: ConflictFinder;
  readonly cache: RecordCache;
  readonly queue: CommitQueue;
  readonly onCommitted: (seq: number) => void;
}

/** How long after a contended write the head is read rather than assumed, in milliseconds. */
const CAUTION = 300;
/** How often one commit may be refused for a reason that no longer holds when it is checked. */
const MOST_REFUSALS = 5;
/** While the server can't be asked whether a transaction was committed. */
const OUTAGE_BACKOFF: Backoff = { base: 50, cap: 500 };

interface Attempt {
  readonly outcome: 'committed' | 'unknown' | 'contended' | 'abandoned';
  readonly refusal: WriteRefusal | null;
  readonly base: number;
  readonly plan: GroupPlan | null;
  /** Whether the head was assumed to be as it was last seen. */
  readonly isAssumed: boolean;
}

export function createGroupWriter(options: GroupWriterOptions): GroupWriter {
  const { connection, project, transactions, finder, cache, queue, onCommitted } = options;
  const heads = connection.db.collection<ProjectHead>(HEADS);
  // The head as last seen. Its epoch and number are in the filter of its update, so a stale one does no harm.
  let known: { readonly epoch: number; readonly seq: number } | null = null;
  let cautiousUntil = 0;

  async function write(taken: readonly PendingCommit[]): Promise<void> {
    let group = taken;
    let isThorough = taken[0]!.isSuspect;
    try {
      for (let attempt = 1, refusals = 0; ; attempt += 1) {
        group = await sharing(group.filter(isOpen), isThorough);
        if (group.length === 0) return;
        const batch = randomBytes(9).toString('base64url');
        const start = performance.now();
        const { outcome, refusal, base, plan, isAssumed } = await tryOnce(group, batch);
        if (outcome === 'committed' || (outcome === 'unknown' && (await isDone(group, base, batch)))) {
          succeed(group, base, plan!);
          // A writer that just succeeded gives the others a chance; commits that come meanwhile share the next
          // transaction.
          if (performance.now() < cautiousUntil) await delay(Math.random() * (performance.now() - start));
          return;
        }
        for (const waiting of group.filter(isOpen)) waiting.phase = 'waiting';
        if (refusal?.kind === 'refused') {
          isThorough = true;
          refusals += 1;
          group = await blame(group, refusal, refusals);
          continue;
        }
        if (refusal && !isAssumed) await checkRoute(group);
        known = null;
        cautiousUntil = performance.now() + CAUTION;
        if (outcome === 'contended') await transactions.yield(attempt);
      }
    } catch (error) {
      fail(group.filter(isOpen), error);
    }
  }

  /** One commit's error isn't the others' fault: each is tried alone. */
  function fail(group: readonly PendingCommit[], error: unknown): void {
    const isShared = error instanceof MooringError || isOutage(error);
    if (group.length === 1 || isShared) for (const waiting of group) waiting.reject(connection.fail(error));
    else {
      for (const waiting of group) Object.assign(waiting, { isSuspect: true, phase: 'waiting' });
      queue.putBack(group);
    }
  }

  /** Refuses commits in conflict with what is stored, and puts back those that write what another of them touches. */
  async function sharing(group: readonly PendingCommit[], isThorough: boolean): Promise<readonly PendingCommit[]> {
    const conflicts = await finder.findConflicts(
      group.map(({ commit }) => commit),
      isThorough,
    );
    const touched = new Map<string, 'read' | 'written'>();
    const [ready, held]: [PendingCommit[], PendingCommit[]] = [[], []];
    for (const [index, waiting] of group.entries()) {
      const conflict = conflicts[index];
      if (conflict) {
        waiting.reject(conflict);
        continue;
      }
      const { changes } = waiting.commit;
      const meets = (id: string, isRead: boolean) => touched.has(id) && !(isRead && touched.get(id) === 'read');
      const isFree = !changes.some((change) => meets(idOf(change), change.kind === 'check'));
      for (const change of changes)
        if (change.kind !== 'check') touched.set(idOf(change), 'written');
        else if (!touched.has(change.id)) touched.set(change.id, 'read');
      (isFree ? ready : held).push(waiting);
    }
    queue.putBack(held);
    return ready;
  }

  async function tryOnce(group: readonly PendingCommit[], batch: string): Promise<Attempt> {
    const commits = group.map(({ commit }) => commit);
    const { epoch } = commits[0]!.context;
    const count = entriesOf(commits);
    const assumed = known?.epoch === epoch && performance.now() >= cautiousUntil ? known.seq : null;
    const { hasBulkWrite } = await connection.capabilities();
    const { client, db } = connection;
    let refusal: WriteRefusal | null = null;
    let base = assumed ?? 0;
    let plan: GroupPlan | null = null;
    for (const waiting of group) waiting.phase = 'sent';
    const outcome = await transactions.attempt(async (session) => {
      const step = assumed === null ? null : advanceHead(project, epoch, assumed, assumed + count);
      const head = step ? null : await raiseHead(session, epoch, count);
      if (!step && !head) refusal = { kind: 'moved' };
      else {
        base = assumed ?? head!.seq;
        plan = planGroup(commits, { project, base, batch, imageOf: finder.imageOf });
        refusal = hasBulkWrite
          ? await sendTogether(client, db, session, step, plan.operations)
          : await sendApart(db, session, step, plan.operations);
      }
      return refusal === null;
    });
    return { outcome, refusal, base, plan, isAssumed: assumed !== null };
  }

  /** Reserves numbers for entries, and returns the previous head; null when there is none under the epoch. */
  function raiseHead(session: ClientSession, epoch: number, count: number): Promise<ProjectHead | null> {
    const filter = { _id: project, epoch };
    const update = { $inc: { seq: count, ...TOUCH.$inc } };
    return heads.findOneAndUpdate(filter, update, { session, returnDocument: 'before' });
  }

  function succeed(group: readonly PendingCommit[], base: number, { seqs }: GroupPlan): void {
    const { epoch } = group[0]!.commit.context;
    const seq = seqs.at(-1) ?? base;
    known = { epoch, seq };
    group.forEach((waiting, index) => {
      for (const change of waiting.commit.changes) {
        if (change.kind === 'put') cache.keep(change.document);
        else if (change.kind === 'remove') cache.drop(change.id);
      }
      waiting.resolve({ seq: seqs[index]! });
    });
    onCommitted(seq);
  }

  /**
   * Whether a transaction with an unknown outcome was committed. A new transaction in the same session ends it if it
   * wasn't, and writes the head, so that the finding stays true. It counts only once it is acknowledged itself: then a
   * majority has all that came before it, too, and no election undoes that.
   */
  async function isDone(group: readonly PendingCommit[], base: number, batch: string): Promise<boolean> {
    known = null;
    const entries = connection.db.collection<StoredEntry>(LOG);
    for (let attempt = 1; group.some(isOpen); attempt += 1) {
      let isFound = false;
      try {
        const outcome = await transactions.attempt(async (session) => {
          const { matchedCount } = await heads.updateOne({ _id: project }, TOUCH, { session });
          isFound = (await entries.findOne({ project, seq: base + 1, batch }, { session })) !== null;
          return matchedCount > 0;
        });
        if (outcome === 'committed') return isFound;
        if (outcome === 'abandoned') throw noSuchProject(project, connection.place);
        await transactions.yield(attempt);
      } catch (error) {
        if (!isOutage(error)) throw writeTimedOut(connection.place, true, error);
        await delay(backoff(attempt, OUTAGE_BACKOFF));
      }
    }
    return false;
  }

  /** @throws RouteChangedError when the head is under another epoch, StoreError when it doesn't exist any more */
  async function checkRoute(group: readonly PendingCommit[]): Promise<void> {
    const head = await findHead(connection, project);
    const { epoch } = group[0]!.commit.context;
    if (head.epoch !== epoch) throw new RouteChangedError(head.epoch, epoch);
  }

  /** Finds out which commit is refused, and why. @returns the others, to be retried at once */
  async function blame(
    group: readonly PendingCommit[],
    refusal: Extract<WriteRefusal, { kind: 'refused' }>,
    refusals: number,
  ): Promise<readonly PendingCommit[]> {
    const blamed = refusal.owner === null ? undefined : group[refusal.owner];
    if (blamed && group.length > 1) {
      blamed.isSuspect = true;
      queue.putBack([blamed]);
      return group.filter((waiting) => waiting !== blamed);
    }
    const [only] = group;
    if (!refusal.isDuplicate || group.length > 1) return group;
    const taken = await finder.findTaken(only!.commit);
    if (taken) only!.reject(taken);
    else if (refusals >= MOST_REFUSALS) only!.reject(idTaken(only!.commit.changes.map(idOf), connection.place));
    return group;
  }

  return {
    write,
    note(seq) {
      if (known && seq > known.seq) known = { ...known, seq };
    },
  };
}

/** Another project of the database has an id of these. */
export function idTaken(ids: readonly string[], place: string): StoreError {
  return new StoreError(
    'STORE_UNAVAILABLE',
    `MongoDB at ${place} holds an id of these for another project: ${ids.slice(0, 5).join(', ')}.`,
    'Two projects with the same ids can’t be in one database. Choose another one with MONGODB_DATABASE_NAME.',
  );
}
