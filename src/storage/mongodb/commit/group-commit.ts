import { randomBytes } from 'node:crypto';
import type { ClientSession } from 'mongodb';
import { MooringError, RouteChangedError, StoreError } from '../../../domain/errors.js';
import { delay } from '../../../util/async.js';
import { type Backoff, backoff } from '../../../util/backoff.js';
import type { MongoConnection } from '../connection/connection.js';
import { isOutage } from '../errors.js';
import { findHead, missing } from '../log/head.js';
import { HEADS, type Head, LOG, type StoredEntry, TOUCH } from '../schema.js';
import { idOf, type Preparation } from './conflicts.js';
import { isOpen, late, type Queue, type Waiting } from './queue.js';
import type { Recent } from './record-cache.js';
import { appending, type Refusal, sendApart, sendTogether } from './send.js';
import type { Transactions } from './transactions.js';
import { entriesOf, type GroupPlan, planGroup } from './write-plan.js';

/** Writes commits in one transaction, each of which succeeds or fails alone. */
export interface GroupWriter {
  /** Answers each of them, now or, when it can't share the transaction, after it was put back into the queue. */
  write(group: readonly Waiting[]): Promise<void>;
  /** Some process appended to the log up to this number. */
  note(seq: number): void;
}

export interface GroupWriterOptions {
  readonly connection: MongoConnection;
  readonly project: string;
  readonly transactions: Transactions;
  readonly preparation: Preparation;
  readonly recent: Recent;
  readonly queue: Queue;
  readonly onCommitted: (seq: number) => void;
}

/** For how long after another process got between, the head is read rather than assumed, in milliseconds. */
const CAUTION = 300;
/** How often one commit may be refused for a reason that is gone when it is looked for. */
const MOST_REFUSALS = 5;
/** While the server can't be asked whether a transaction was committed. */
const OUTAGE_BACKOFF: Backoff = { base: 50, cap: 500 };

interface Attempt {
  readonly outcome: 'committed' | 'unknown' | 'contended' | 'abandoned';
  readonly refusal: Refusal | null;
  readonly base: number;
  readonly plan: GroupPlan | null;
  /** Whether the head was assumed to be as it was last seen. */
  readonly isAssumed: boolean;
}

export function createGroupWriter(options: GroupWriterOptions): GroupWriter {
  const { connection, project, transactions, preparation, recent, queue, onCommitted } = options;
  const heads = connection.db.collection<Head>(HEADS);
  // The head as we know it. Its epoch and number are in the filter of its update, so nothing is wrong when they are.
  let known: { readonly epoch: number; readonly seq: number } | null = null;
  let cautiousUntil = 0;

  async function write(taken: readonly Waiting[]): Promise<void> {
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
          // Who has just got through lets the others have a chance; what comes meanwhile shares the next transaction.
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

  /** What one commit did wrong isn't the others' fault: they are tried alone. */
  function fail(group: readonly Waiting[], error: unknown): void {
    const isShared = error instanceof MooringError || isOutage(error);
    if (group.length === 1 || isShared) for (const waiting of group) waiting.reject(connection.fail(error));
    else {
      for (const waiting of group) Object.assign(waiting, { isSuspect: true, phase: 'waiting' });
      queue.putBack(group);
    }
  }

  /** Refuses those in conflict with what is stored, and puts back those that write what another of them touches. */
  async function sharing(group: readonly Waiting[], isThorough: boolean): Promise<readonly Waiting[]> {
    const conflicts = await preparation.conflicts(
      group.map(({ commit }) => commit),
      isThorough,
    );
    const touched = new Map<string, 'read' | 'written'>();
    const [ready, held]: [Waiting[], Waiting[]] = [[], []];
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

  async function tryOnce(group: readonly Waiting[], batch: string): Promise<Attempt> {
    const commits = group.map(({ commit }) => commit);
    const { epoch } = commits[0]!.context;
    const count = entriesOf(commits);
    const assumed = known?.epoch === epoch && performance.now() >= cautiousUntil ? known.seq : null;
    const { hasBulkWrite } = await connection.capabilities();
    const { client, db } = connection;
    let refusal: Refusal | null = null;
    let base = assumed ?? 0;
    let plan: GroupPlan | null = null;
    for (const waiting of group) waiting.phase = 'sent';
    const outcome = await transactions.attempt(async (session) => {
      const step = assumed === null ? null : appending(project, epoch, assumed, assumed + count);
      const head = step ? null : await raiseHead(session, epoch, count);
      if (!step && !head) refusal = { kind: 'moved' };
      else {
        base = assumed ?? head!.seq;
        plan = planGroup(commits, { project, base, batch, imageOf: preparation.imageOf });
        refusal = hasBulkWrite
          ? await sendTogether(client, db, session, step, plan.operations)
          : await sendApart(db, session, step, plan.operations);
      }
      return refusal === null;
    });
    return { outcome, refusal, base, plan, isAssumed: assumed !== null };
  }

  /** Takes numbers for entries, and gives the head as it was; null when it isn't there under the epoch. */
  function raiseHead(session: ClientSession, epoch: number, count: number): Promise<Head | null> {
    const filter = { _id: project, epoch };
    const update = { $inc: { seq: count, ...TOUCH.$inc } };
    return heads.findOneAndUpdate(filter, update, { session, returnDocument: 'before' });
  }

  function succeed(group: readonly Waiting[], base: number, { seqs }: GroupPlan): void {
    const { epoch } = group[0]!.commit.context;
    const seq = seqs.at(-1) ?? base;
    known = { epoch, seq };
    group.forEach((waiting, index) => {
      for (const change of waiting.commit.changes) {
        if (change.kind === 'put') recent.keep(change.document);
        else if (change.kind === 'remove') recent.drop(change.id);
      }
      waiting.resolve({ seq: seqs[index]! });
    });
    onCommitted(seq);
  }

  /**
   * Whether a transaction whose outcome isn't known was committed. A new transaction in the same session ends it if it
   * wasn't, and writes the head, so that what is found stays true. It counts only once it is acknowledged itself: then a
   * majority has all that came before it, too, and no election takes that back.
   */
  async function isDone(group: readonly Waiting[], base: number, batch: string): Promise<boolean> {
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
        if (outcome === 'abandoned') throw missing(project, connection.place);
        await transactions.yield(attempt);
      } catch (error) {
        if (!isOutage(error)) throw late(connection.place, true, error);
        await delay(backoff(attempt, OUTAGE_BACKOFF));
      }
    }
    return false;
  }

  /** @throws RouteChangedError when the head is under another epoch, StoreError when it is gone */
  async function checkRoute(group: readonly Waiting[]): Promise<void> {
    const head = await findHead(connection, project);
    const { epoch } = group[0]!.commit.context;
    if (head.epoch !== epoch) throw new RouteChangedError(head.epoch, epoch);
  }

  /** Finds out which commit is refused, and why; gives the others, to be tried again at once. */
  async function blame(
    group: readonly Waiting[],
    refusal: Extract<Refusal, { kind: 'refused' }>,
    refusals: number,
  ): Promise<readonly Waiting[]> {
    const blamed = refusal.owner === null ? undefined : group[refusal.owner];
    if (blamed && group.length > 1) {
      blamed.isSuspect = true;
      queue.putBack([blamed]);
      return group.filter((waiting) => waiting !== blamed);
    }
    const [only] = group;
    if (!refusal.isDuplicate || group.length > 1) return group;
    const taken = await preparation.findTaken(only!.commit);
    if (taken) only!.reject(taken);
    else if (refusals >= MOST_REFUSALS) only!.reject(foreign(only!.commit.changes.map(idOf), connection.place));
    return group;
  }

  return {
    write,
    note(seq) {
      if (known && seq > known.seq) known = { ...known, seq };
    },
  };
}

/** An id is taken by another project of the database. */
export function foreign(ids: readonly string[], place: string): StoreError {
  return new StoreError(
    'STORE_UNAVAILABLE',
    `MongoDB at ${place} holds an id of these for another project: ${ids.slice(0, 5).join(', ')}.`,
    'Two projects with the same ids can’t be in one database. Choose another one with MONGODB_DATABASE_NAME.',
  );
}
