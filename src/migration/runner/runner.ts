import { setTimeout as delay } from 'node:timers/promises';
import type { Migration } from '../../domain/migration.js';
import { migrations } from '../../storage/collections.js';
import { hasWork } from '../migration.js';
import { type Job, type JobOptions, startJob } from './job.js';
import { ACTOR, heldFor, newHolder } from './migration-record.js';
import { upgradeRecord } from './stored-record.js';

/** Runs the migrations of a catalog in this process: those that nobody else runs, as long as there is something to do. */
export interface MigrationRunner {
  /** Begins: takes over what was left by a server that is gone, then hears of what is asked for. */
  start(): void;
  /** Hears what embeddings cost, so that a move can say what it took. */
  spent(usage: { readonly projectId: string; readonly tokens: number; readonly dollars: number | null }): void;
  /** Lets go of all. What isn't done goes on with the next runner. */
  close(): Promise<void>;
}

export type RunnerOptions = Omit<JobOptions, 'holder' | 'signal'>;

/** How long it waits before it follows the catalog again, when that couldn't be read, in ms. */
const RETRY_MS = 500;
/** How often it is looked at whether who runs a migration still does, in ms. */
const WATCH_MS = 1_000;
/** What is left of ended migrations is tried again this often, in ms; and what nobody told of is looked for. */
const LOOK_MS = 60_000;

export function createMigrationRunner(options: RunnerOptions): MigrationRunner {
  const { factory, now, logger, writers } = options;
  const catalog = factory.catalog.store;
  const holder = newHolder();
  const stop = new AbortController();
  const running = new Map<string, Job>();
  /** Until the leases of other runners end, by migration. */
  const waiting = new Map<string, NodeJS.Timeout>();
  let looking: Promise<void> = Promise.resolve();

  /** Looks at all that isn't over, or left something behind. */
  async function look(): Promise<void> {
    for (const where of [[{ field: 'activeFor', gte: '' }], [{ field: 'hasLeftovers', is: true }]] as const) {
      const order = { field: 'createdAt', direction: 'ASC' } as const;
      for (let after: { value: string; id: string } | null = null; ; ) {
        const page: { items: readonly Migration[]; hasMore: boolean } = await catalog
          .collection(migrations)
          .list({ where, order, after, limit: 100 });
        for (const migration of page.items) consider(upgradeRecord(migration));
        const last = page.items.at(-1);
        if (!page.hasMore || !last) break;
        after = { value: last.createdAt, id: last.id };
      }
    }
  }

  function consider(migration: Migration): void {
    const { id, projectId } = migration;
    writers.heard(migration);
    if (stop.signal.aborted || running.has(id)) return;
    forgetWait(id);
    if (!hasWork(migration)) return;
    const wait = heldFor(migration, now());
    if (wait > 0) {
      // Whoever has it may end without a word, and its process may be seen to be gone before its lease ends.
      waiting.set(id, setTimeout(() => void lookAt(id), Math.min(wait + 1, WATCH_MS)).unref());
      return;
    }
    const job = startJob({ ...options, holder: holder.name, signal: stop.signal }, { id, projectId });
    running.set(id, job);
    void job.done.finally(() => void finished(id));
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

  /** Looks at one as it is now. What others left behind of one that is over is looked for now and then. */
  async function lookAt(id: string): Promise<void> {
    const [found] = await catalog
      .collection(migrations)
      .get([id])
      .catch(() => []);
    if (found?.endedAt === null) consider(upgradeRecord(found));
    else if (found) writers.heard(found);
  }

  /** Hears of every migration that is asked for or told something, by whichever server. */
  async function follow(): Promise<void> {
    const start = await catalog.log.head();
    await look();
    for await (const entries of catalog.log.follow(start, stop.signal)) {
      const told = entries.filter(({ collection }) => collection === migrations.name);
      for (const id of new Set(told.map(({ recordId }) => recordId))) {
        await lookAt(id);
        if (told.some(({ recordId, actor }) => recordId === id && actor !== ACTOR)) running.get(id)?.wake();
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

  return {
    start() {
      looking = Promise.all([keepFollowing(), keepLooking()]).then(() => undefined);
    },
    spent({ projectId, tokens, dollars }) {
      for (const job of running.values()) {
        if (job.projectId === projectId) job.spent({ tokens, dollars });
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
