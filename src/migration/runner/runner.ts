import type { Migration } from '../../domain/migration.js';
import { migrations } from '../../storage/collections.js';
import { delay } from '../../util/async.js';
import { hasWork } from '../state-machine.js';
import { type Job, type JobOptions, startJob } from './job.js';
import { ACTOR, heldFor, newHolder } from './leased-record.js';

/** Runs the migrations of a catalog in this process: those that no other runner holds and that have something to do. */
export interface MigrationRunner {
  /** Takes over the migrations of servers that have ended, then follows the catalog for new ones and for commands. */
  start(): void;
  /** Adds the cost of embeddings to the progress of their project's migration. */
  spent(usage: { readonly projectId: string; readonly tokens: number; readonly dollars: number | null }): void;
  /** Releases all migrations. The next runner continues them. */
  close(): Promise<void>;
}

export type RunnerOptions = Omit<JobOptions, 'holder' | 'signal'>;

/** How long to wait before following the catalog again after a failed read, in ms. */
const RETRY_MS = 500;
/** How often the lease of another runner is checked, in ms. */
const WATCH_MS = 1_000;
/** How often all migrations are scanned, in ms: for leftovers to remove, and for changes that were missed. */
const SCAN_MS = 60_000;

export function createMigrationRunner(options: RunnerOptions): MigrationRunner {
  const { factory, now, logger, writers } = options;
  const catalog = factory.catalog.store;
  const holder = newHolder();
  const stop = new AbortController();
  const running = new Map<string, Job>();
  /** Until the leases of other runners end, by migration. */
  const waiting = new Map<string, NodeJS.Timeout>();
  let work: Promise<void> = Promise.resolve();

  /** Considers all migrations that haven't ended, or have leftovers. */
  async function scan(): Promise<void> {
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
    writers.observe(migration);
    if (stop.signal.aborted || running.has(id)) return;
    forgetWait(id);
    if (!hasWork(migration)) return;
    const wait = heldFor(migration, now());
    if (wait > 0) {
      // The holder may crash, and its process be found dead before its lease expires.
      waiting.set(id, setTimeout(() => void check(id), Math.min(wait + 1, WATCH_MS)).unref());
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

  /** Checks once more: a command may have come after the job last read the record. */
  async function finished(id: string): Promise<void> {
    running.delete(id);
    if (!stop.signal.aborted) await check(id);
  }

  /** Considers a migration as it is now. Leftovers of ended ones are found by the scan. */
  async function check(id: string): Promise<void> {
    const [found] = await catalog
      .collection(migrations)
      .get([id])
      .catch(() => []);
    if (found?.endedAt === null) consider(found);
    else if (found) writers.observe(found);
  }

  /** Follows new migrations and commands, whichever server wrote them. */
  async function follow(): Promise<void> {
    const start = await catalog.log.head();
    await scan();
    for await (const entries of catalog.log.follow(start, stop.signal)) {
      const changes = entries.filter(({ collection }) => collection === migrations.name);
      for (const id of new Set(changes.map(({ recordId }) => recordId))) {
        await check(id);
        if (changes.some(({ recordId, actor }) => recordId === id && actor !== ACTOR)) running.get(id)?.wake();
      }
    }
  }

  async function keepFollowing(): Promise<void> {
    while (!stop.signal.aborted) {
      await follow().catch((error: unknown) => logger.warn({ err: error }, "Migrations can't be followed now."));
      await delay(RETRY_MS, { signal: stop.signal });
    }
  }

  async function keepScanning(): Promise<void> {
    while (!stop.signal.aborted) {
      if (await delay(SCAN_MS, { signal: stop.signal, ref: false })) await scan().catch(() => {});
    }
  }

  return {
    start() {
      work = Promise.all([keepFollowing(), keepScanning()]).then(() => undefined);
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
      await work;
      holder.close();
    },
  };
}
