import type { Logger } from 'pino';
import { type Project, STORAGE_MODES, type StorageMode } from './domain/project.js';
import type { StorageModes } from './modes/modes.js';
import type { RepositoryFactory } from './repositories/factory.js';
import type { ProjectSearch } from './search/contract.js';
import type { Services } from './services/services.js';
import { delay } from './util/async.js';

/** What runs besides requests. */
export interface BackgroundParts {
  readonly services: Services;
  readonly modes: StorageModes;
  readonly factory: RepositoryFactory;
  readonly log: Logger;
}

/** How long after start-up what is older than its retention is purged first, and then how often, in ms. */
const FIRST_RETENTION_MS = 60_000;
const RETENTION_MS = 3_600_000;
/** A project's store, open, takes some file handles and half a megabyte; opening it takes milliseconds. */
const IDLE_MS = 600_000;
/** How long one project's unfinished index is waited for before the next project is opened, in ms. */
const SETTLING_MS = 60_000;
/** How long after start-up projects opened only to finish indexing are closed, in ms. */
const FINISHED_MS = 30_000;

/** Starts all background jobs. Aborting the signal ends them; none of them throws. */
export function startBackground({ services, modes, factory, log }: BackgroundParts, signal: AbortSignal): void {
  void keepRetention(services, log, signal);
  void checkDatabase(modes, log).catch((error: unknown) => log.warn({ err: error }, "MongoDB couldn't be checked"));
  void finishIndexes(factory, log, signal);
  void closeIdle(factory, log, signal);
}

/** Purges and trims what is older than its retention, shortly after start-up and then once an hour. */
async function keepRetention(services: Services, log: Logger, signal: AbortSignal): Promise<void> {
  for (let wait = FIRST_RETENTION_MS; await delay(wait, { signal, ref: false }); wait = RETENTION_MS) {
    await services.records.applyRetention().then(
      ({ purged, trimmed }) => purged + trimmed > 0 && log.info({ purged, trimmed }, 'retention applied'),
      (error: unknown) => log.error({ err: error }, 'retention failed'),
    );
  }
}

/** Checks once whether the configured database can be used. */
async function checkDatabase(modes: StorageModes, log: Logger): Promise<void> {
  const { unavailable, place } = modes.describe('MONGODB');
  if (unavailable) return;
  const { ok, problems } = await modes.health('MONGODB');
  if (ok) log.info({ place }, 'MongoDB can be used');
  else log.warn({ place, problems }, 'MongoDB has problems: the projects in it may fail until they are solved');
}

/**
 * Opens each project in turn, so that memories that were still waiting for their vectors when a server stopped get them. A
 * place that can't be reached delays only its own projects.
 */
async function finishIndexes(factory: RepositoryFactory, log: Logger, signal: AbortSignal): Promise<void> {
  await Promise.all(STORAGE_MODES.map((mode) => finishMode(mode, factory, log, signal)));
}

async function finishMode(
  mode: StorageMode,
  { catalog, open }: RepositoryFactory,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  let afterId: string | null = null;
  for (;;) {
    const projects: readonly Project[] = await catalog.store.scan(catalog.projects.spec, afterId, 100).catch(() => []);
    for (const project of projects) {
      if (signal.aborted) return;
      afterId = project.id;
      if (project.deletedAt || project.storageMode !== mode) continue;
      await open(project)
        .then(({ search }) => settledSoon(search, signal))
        .catch(
          (error: unknown) => signal.aborted || log.warn({ err: error, project: project.id }, 'project not opened'),
        );
    }
    if (projects.length === 0) return;
  }
}

/** Waits until the search has nothing left to do, up to a limit: what takes longer continues while the next project is opened. */
async function settledSoon(search: ProjectSearch, signal: AbortSignal): Promise<void> {
  const patience = new AbortController();
  const stop = () => patience.abort();
  const timer = setTimeout(stop, SETTLING_MS).unref();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await search.settled(patience.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

/** Closes unused stores from time to time. */
async function closeIdle(factory: RepositoryFactory, log: Logger, signal: AbortSignal): Promise<void> {
  for (let idle = FINISHED_MS; await delay(idle, { signal, ref: false }); idle = IDLE_MS) {
    await factory.closeIdle(idle).catch((error: unknown) => log.warn({ err: error }, 'idle stores not closed'));
  }
}
