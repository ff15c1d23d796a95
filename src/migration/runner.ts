import { setTimeout as delay } from 'node:timers/promises';
import { MooringError } from '../domain/errors.js';
import type { Migration } from '../domain/migration.js';
import { migrations } from '../storage/collections.js';
import { createFindings } from './findings.js';
import { CutOverGivenUp } from './flipping.js';
import { ACTOR, heldFor, LEASE_MS, type Ledger, newHolder, SupersededError, takeOver } from './ledger.js';
import { hasWork, runMigration } from './migration.js';
import type { MigrationParts, Run } from './run.js';
import { createTally, type Tally } from './tally.js';

/** Runs the migrations of a catalog in this process: those that nobody else runs, as long as there is something to do. */
export interface MigrationRunner {
  /** Begins: takes over what was left by a server that is gone, then hears of what is asked for. */
  start(): void;
  /** Hears what embeddings cost, so that a move can say what it took. */
  spent(usage: { readonly projectId: string; readonly tokens: number; readonly dollars: number | null }): void;
  /** Lets go of all. What isn't done goes on with the next runner. */
  close(): Promise<void>;
}

export interface RunnerOptions extends MigrationParts {
  readonly logger: {
    info(fields: object, message: string): void;
    warn(fields: object, message: string): void;
  };
}

/** Waits between attempts while something is in the way, in ms: the first, and the longest. */
const RETRY_MS = 500;
const MAX_RETRY_MS = 30_000;
/** How often it is looked at whether who runs a migration still does, in ms. */
const WATCH_MS = 1_000;
/** After a cut-over that couldn't be finished in time: writes had to wait for it, so the next isn't at once. */
const GIVEN_UP_MS = 1_000;
/** What is left of ended migrations is tried again this often, in ms; and what nobody told of is looked for. */
const LOOK_MS = 60_000;

/** A migration that this process runs. */
interface Running {
  readonly done: Promise<void>;
  readonly projectId: string;
  tally: Tally | null;
  /** Ends its rest; null while it doesn't rest. */
  wake: (() => void) | null;
}

export function createMigrationRunner(options: RunnerOptions): MigrationRunner {
  const { factory, now, logger } = options;
  const catalog = factory.catalog.store;
  const holder = newHolder();
  const stop = new AbortController();
  const running = new Map<string, Running>();
  /** Until the leases of other runners end, by migration. */
  const waiting = new Map<string, NodeJS.Timeout>();
  let looking: Promise<void> = Promise.resolve();

  // — finding work —

  /** Looks at all that isn't over, or left something behind. */
  async function look(): Promise<void> {
    for (const where of [[{ field: 'activeFor', gte: '' }], [{ field: 'hasLeftovers', is: true }]] as const) {
      const order = { field: 'createdAt', direction: 'ASC' } as const;
      for (let after: { value: string; id: string } | null = null; ; ) {
        const page: { items: readonly Migration[]; hasMore: boolean } = await catalog
          .collection(migrations)
          .list({ where, order, after, limit: 100 });
        for (const migration of page.items) consider(migration);
        const last = page.items.at(-1);
        if (!page.hasMore || !last) break;
        after = { value: last.createdAt, id: last.id };
      }
    }
  }

  function consider(migration: Migration): void {
    const { id, projectId } = migration;
    if (stop.signal.aborted || running.has(id)) return;
    forgetWait(id);
    if (!hasWork(migration)) return;
    const wait = heldFor(migration, now());
    if (wait > 0) {
      // Whoever has it may end without a word, and its process may be seen to be gone before its lease ends.
      waiting.set(id, setTimeout(() => void lookAt(id), Math.min(wait + 1, WATCH_MS)).unref());
      return;
    }
    const done = carry(id).finally(() => void finished(id));
    running.set(id, { done, projectId, tally: null, wake: null });
  }

  function forgetWait(id: string): void {
    clearTimeout(waiting.get(id));
    waiting.delete(id);
  }

  /** Once more: it may have been told something after the run had looked for the last time. */
  async function finished(id: string): Promise<void> {
    running.delete(id);
    if (!stop.signal.aborted) await lookAt(id);
  }

  /** Looks at one that isn't over. What others left behind is looked for now and then. */
  async function lookAt(id: string): Promise<void> {
    const [found] = await catalog
      .collection(migrations)
      .get([id])
      .catch(() => []);
    if (found?.endedAt === null) consider(found);
  }

  /** Hears of every migration that is asked for or told something, by whichever server. */
  async function follow(): Promise<void> {
    const { seq } = await catalog.log.head();
    await look();
    for await (const entries of catalog.log.follow(seq, stop.signal)) {
      const told = entries.filter(({ collection }) => collection === migrations.name);
      for (const id of new Set(told.map(({ recordId }) => recordId))) {
        if (!running.has(id)) await lookAt(id);
        else if (told.some(({ recordId, actor }) => recordId === id && actor !== ACTOR)) running.get(id)?.wake?.();
      }
    }
  }

  async function keepFollowing(): Promise<void> {
    while (!stop.signal.aborted) {
      await follow().catch((error: unknown) => logger.warn({ err: error }, "Migrations can't be looked for now."));
      await delay(RETRY_MS, undefined, { signal: stop.signal }).catch(() => {});
    }
  }

  async function keepLooking(): Promise<void> {
    while (!stop.signal.aborted) {
      await delay(LOOK_MS, undefined, { signal: stop.signal, ref: false }).catch(() => {});
      if (!stop.signal.aborted) await look().catch(() => {});
    }
  }

  // — running one —

  /** Takes a migration over and carries it on, again and again while something is in the way. */
  async function carry(id: string): Promise<void> {
    const failures = { others: 0, cutOvers: 0 };
    while (!stop.signal.aborted) {
      try {
        const ledger = await takeOver({ catalog, holder: holder.name, now }, id);
        if (!ledger || (await attend(ledger, failures))) return;
        // What is left of one that is over waits for its place without being in anybody's way.
        if (ledger.current.endedAt !== null) return;
      } catch (error) {
        if (error instanceof SupersededError) return;
        failures.others += 1;
        logger.warn({ err: error, migration: id }, "The catalog can't be written.");
      }
      await rest(id, failures);
    }
  }

  /** Carries it on until nothing is to do, or something is in the way; says which: true for the former. */
  async function attend(ledger: Ledger, failures: Failures): Promise<boolean> {
    const { id, projectId } = ledger.current;
    const run = prepare(ledger);
    const stopRenewing = keepLease(ledger);
    try {
      for await (const { phase, problem } of runMigration(run)) {
        if (problem === null || phase === 'FAILED') failures.others = 0;
      }
      const { phase } = ledger.current;
      logger.info({ migration: id, project: projectId, phase }, 'migration: nothing more to do now');
      return true;
    } catch (error) {
      if (error instanceof SupersededError) throw error;
      if (error instanceof CutOverGivenUp) failures.cutOvers += 1;
      else {
        failures.others += 1;
        await note(ledger, error);
      }
      return false;
    } finally {
      stopRenewing();
      await ledger.release().catch(() => {});
    }
  }

  function prepare(ledger: Ledger): Run {
    const { id, progress } = ledger.current;
    const tally = createTally(progress);
    const entry = running.get(id);
    if (entry) entry.tally = tally;
    return {
      parts: options,
      ledger,
      tally,
      findings: createFindings({ catalog, migrationId: id, newId: options.newId, now }),
      signal: stop.signal,
      step: async (name) => options.onStep?.(name),
    };
  }

  /** Waits before the next attempt, the longer the more failed; who tells it something new ends the wait. */
  async function rest(id: string, { others, cutOvers }: Failures): Promise<void> {
    const entry = running.get(id);
    const woken = new AbortController();
    if (entry) entry.wake = () => woken.abort();
    const signal = AbortSignal.any([stop.signal, woken.signal]);
    const ms = Math.max(wait(others, RETRY_MS), wait(cutOvers, GIVEN_UP_MS));
    await delay(ms, undefined, { signal }).catch(() => {});
    if (entry) entry.wake = null;
  }

  /** Says in the record what is in the way; it is tried again. */
  async function note(ledger: Ledger, error: unknown): Promise<void> {
    if (stop.signal.aborted) return;
    const { id } = ledger.current;
    logger.warn({ err: error, migration: id }, 'migration: something is in the way, trying again');
    const known = error instanceof MooringError;
    const problem = {
      code: known ? error.code : 'INTERNAL',
      message: known ? error.message : `Something went wrong inside: ${error instanceof Error ? error.message : error}`,
      hint: known ? error.hint : 'It is tried again by itself. If it stays, report it with the log of the server.',
    };
    if (ledger.current.problem?.message === problem.message) return;
    await ledger
      .write(() => ({ problem, message: `It is tried again: ${problem.message}` }))
      .catch((failure: unknown) => {
        if (failure instanceof SupersededError) throw failure;
      });
  }

  /** A long step keeps the lease too. */
  function keepLease(ledger: Ledger): () => void {
    const timer = setInterval(() => {
      const { until } = ledger.current.runner;
      const left = until === null ? 0 : Date.parse(until) - now();
      if (left < LEASE_MS / 2) ledger.write(() => ({})).catch(() => {});
    }, LEASE_MS / 5).unref();
    return () => clearInterval(timer);
  }

  return {
    start() {
      looking = Promise.all([keepFollowing(), keepLooking()]).then(() => undefined);
    },
    spent({ projectId, tokens, dollars }) {
      for (const { projectId: own, tally } of running.values()) {
        if (own === projectId) tally?.spent({ tokens, dollars });
      }
    },
    async close() {
      stop.abort();
      for (const timer of waiting.values()) clearTimeout(timer);
      await Promise.allSettled([...running.values()].map(({ done }) => done));
      await looking;
      holder.close();
    },
  };
}

/** How often something was in the way, one time after the other; and how often a cut-over was given up. */
interface Failures {
  others: number;
  cutOvers: number;
}

function wait(failures: number, first: number): number {
  return failures === 0 ? 0 : Math.min(first * 2 ** (failures - 1), MAX_RETRY_MS) * (0.75 + Math.random() / 2);
}
