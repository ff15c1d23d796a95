import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import { loadSecret } from './config/secret.js';
import type { Settings } from './config/settings.js';
import { createVault } from './config/vault.js';
import { createIdGenerator } from './domain/id.js';
import { type Project, STORAGE_MODES, type StorageMode } from './domain/project.js';
import type { Embedder } from './embedding/embedder.js';
import { areDescriptorsLeft, outOfDescriptors } from './files/descriptors.js';
import { createContext } from './graphql/context.js';
import { schema } from './graphql/schema.js';
import { createWriters } from './migration/pacing/writers.js';
import { createPreflight } from './migration/preflight/preflight.js';
import { createMigrationRunner } from './migration/runner/runner.js';
import { createStorageModes, type StorageModes } from './modes/modes.js';
import { createRepositoryFactory } from './repositories/create-factory.js';
import type { RepositoryFactory } from './repositories/factory.js';
import type { ProjectSearch } from './search/search.js';
import { createTurns } from './server/execution/turns.js';
import { createServer } from './server/server.js';
import type { Services } from './services/services.js';
import { createServices } from './services/services.js';
import { loadStorageSettings } from './services/storage-settings/effective.js';
import { createChanges } from './services/subscriptions/changes.js';
import { toStoreError } from './storage/sqlite/connection.js';

/** The whole of Mooring, running. */
export interface App {
  /** @returns where it can be reached */
  listen(): Promise<{ readonly url: string }>;
  /** Closes what was opened, in reverse order. Calling it again does nothing. */
  close(): Promise<void>;
}

export interface AppOptions {
  /** The embedding model of this process, closed with the app; for tests that start many apps, of which each would load its own. */
  readonly miniLm?: Embedder | undefined;
  /** Hears of every statement that a read of a store runs; for tests that count them. */
  readonly onStatement?: (sql: string) => void;
  /** Hears of each step of a migration before it is done; for tests that break off there. */
  readonly onMigrationStep?: ((step: string) => void | Promise<void>) | undefined;
  /** How long a migration leaves what a project has left where it is, in ms; for tests that need not wait so long. Left out: 5 s. */
  readonly migrationGraceMs?: number | undefined;
}

const FIRST_RETENTION_MS = 60_000;
const RETENTION_MS = 3_600_000;
/** A project's store, open, takes some file handles and half a megabyte; opening it takes milliseconds. */
const IDLE_MS = 600_000;
/** How long one project's unfinished index is waited for before the next one's turn. */
const SETTLING_MS = 60_000;
/** So soon after the start are those closed again that were opened only to finish their indexes. */
const FINISHED_MS = 30_000;

/** Composes the parts. @throws StoreError when the data directory can't be used */
export async function createApp(settings: Settings, log: Logger, options: AppOptions = {}): Promise<App> {
  const { dataDirectory, retentionDays, logRetentionDays, offline, storage, storageMode, secretKey, pacingMs } =
    settings;
  const secret = await loadSecret(dataDirectory).catch((error: unknown) => {
    throw toStoreError(error, dataDirectory);
  });
  const vault = createVault(secretKey === null ? secret : Buffer.from(secretKey));
  const turns = createTurns();
  const modes = await createStorageModes({
    turns,
    ...{ dataDirectory, offline, logger: log, miniLm: options.miniLm, onStatement: options.onStatement },
    onUsage(usage) {
      services.usage.record(usage);
      migrations.spent(usage);
    },
  });
  const catalog = await modes.openCatalog().catch(async (error: unknown) => {
    await modes.close();
    throw error;
  });
  const environment = { ...storage.environment, faults: storage.faults };
  const factory = createRepositoryFactory(catalog, modes);
  const newId = createIdGenerator();
  const preflight = createPreflight({ factory, control: modes, newId, now: Date.now });
  const writers = createWriters(pacingMs);
  const services = createServices({
    factory,
    newId,
    secret,
    retention: { deletedDays: retentionDays, logDays: logRetentionDays },
    storage: { control: modes, vault, environment, dataDirectory },
    preflight,
    defaultMode: storageMode,
    writers,
  });
  const migrations = createMigrationRunner({
    ...{ factory, preflight, writers, newId, now: Date.now, logger: log },
    onStep: options.onMigrationStep,
    graceMs: options.migrationGraceMs,
  });
  const parts = {
    services,
    changes: createChanges(factory),
    factory,
    server: {
      version: version(),
      get storageModes() {
        return STORAGE_MODES.filter((mode) => !modes.unavailable(mode));
      },
    },
  };
  try {
    const { settings: inForce } = await loadStorageSettings(catalog, vault, environment, dataDirectory);
    await modes.configure(inForce);
  } catch (error) {
    await catalog.close();
    await modes.close();
    throw error;
  }
  reportStorage(settings, modes, log);
  const server = createServer({
    schema,
    turns,
    createContext: (author, share) => createContext(parts, author, share),
    settings,
    log,
    isReady: async () => {
      const problems = areDescriptorsLeft() ? [] : [outOfDescriptors('A project that is closed').message];
      await catalog.epoch().catch((error: Error) => problems.push(error.message));
      return { ok: problems.length === 0, problems };
    },
  });
  const background = new AbortController();
  let closing: Promise<void> | null = null;

  return {
    async listen() {
      const address = await server.listen();
      migrations.start();
      void keepRetention(services, log, background.signal);
      void checkDatabase(modes, log).catch((error: unknown) => log.warn({ err: error }, 'MongoDB not looked at'));
      void finishIndexes(factory, log, background.signal);
      void closeIdle(factory, log, background.signal);
      return address;
    },
    close() {
      closing ??= (async () => {
        background.abort();
        // What can't be closed properly holds up nothing else.
        for (const close of [
          server.close,
          migrations.close,
          factory.close,
          services.usage.flush,
          catalog.close,
          modes.close,
        ]) {
          await close().catch((error: unknown) => log.error({ err: error }, 'not closed properly'));
        }
      })();
      return closing;
    },
  };
}

/** Purges and trims what is older than its retention, a while after the start and then once an hour. */
async function keepRetention(services: Services, log: Logger, signal: AbortSignal): Promise<void> {
  for (let wait = FIRST_RETENTION_MS; await waited(wait, signal); wait = RETENTION_MS) {
    await services.records.applyRetention().then(
      ({ purged, trimmed }) => purged + trimmed > 0 && log.info({ purged, trimmed }, 'retention applied'),
      (error: unknown) => log.error({ err: error }, 'retention failed'),
    );
  }
}

/** Says what of storage is configured and can't be used: the server runs all the same. */
function reportStorage({ storage, storageMode }: Settings, modes: StorageModes, log: Logger): void {
  for (const [mode, { why, hint }] of Object.entries(storage.faults)) log.warn({ mode, hint }, `${mode}: ${why}`);
  for (const mode of STORAGE_MODES) {
    const reason = modes.unavailable(mode);
    if (!reason || storage.faults[mode] || !(reason.isMistake || mode === storageMode)) continue;
    log.warn({ mode, hint: reason.hint }, `Projects can't be kept in ${mode}: ${reason.why}`);
  }
}

/** Looks once whether the database that is configured can be used. */
async function checkDatabase(modes: StorageModes, log: Logger): Promise<void> {
  const { unavailable, place } = modes.describe('MONGODB');
  if (unavailable) return;
  const { ok, problems } = await modes.health('MONGODB');
  if (ok) log.info({ place }, 'MongoDB can be used');
  else log.warn({ place, problems }, 'MongoDB has problems: the projects in it may fail until they are solved');
}

/**
 * Opens each project in turn, so that memories which waited for their vectors when a server ended get them. A place that
 * can't be reached holds up only its own.
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

/** Waits until the search has nothing to do, but not for ever: what takes longer goes on beside the next project's. */
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

/** Closes what nobody uses, now and then. */
async function closeIdle(factory: RepositoryFactory, log: Logger, signal: AbortSignal): Promise<void> {
  for (let idle = FINISHED_MS; await waited(idle, signal); idle = IDLE_MS) {
    await factory.closeIdle(idle).catch((error: unknown) => log.warn({ err: error }, 'idle stores not closed'));
  }
}

/** Whether the time passed without the signal. */
function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve(true);
    }, ms).unref();
    const stop = () => {
      clearTimeout(timer);
      resolve(false);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** The package's version. */
function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
