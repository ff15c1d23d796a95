import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { StoreError } from '../domain/errors.js';
import type { SecretPolicy } from '../domain/fields/redaction.js';
import { placeFault, placeOf } from '../domain/place.js';
import { type Project, STORAGE_MODES, type StorageMode } from '../domain/project.js';
import type { StorageSettings } from '../domain/storage-settings.js';
import type { Embedder } from '../embedding/embedder.js';
import { createMiniLmEmbedder } from '../embedding/minilm/minilm.js';
import { shareEmbedder } from '../embedding/shared-embedder.js';
import type { SearchLogger } from '../search/contract.js';
import { CATALOG_COLLECTIONS } from '../storage/collections.js';
import type { Check, StorageHealth } from '../storage/health.js';
import { createReader } from '../storage/sqlite/reader.js';
import { createSqliteStore } from '../storage/sqlite/store.js';
import { createWriter } from '../storage/sqlite/writer.js';
import type { Store } from '../storage/store.js';
import { forgetTexts } from '../util/forgettable.js';
import { atOnce, type Turns } from '../util/turn.js';
import type {
  ModeDescription,
  OpenOptions,
  OpenProject,
  ProjectStorage,
  StorageControl,
  Unavailable,
} from './contract.js';
import { catalogIn, filesIn } from './data-directory.js';
import { fileMode } from './file.js';
import { localMode } from './local.js';
import { type EmbeddingUsage, FIRST_EPOCH, type Mode, type ModeKind, type ModeParts, refused } from './mode.js';
import { mongoMode } from './mongodb-lazy.js';
import { createProjectFaults } from './project-faults.js';

/** The implementation of each mode. No other code branches on the mode. */
const KINDS: { readonly [M in StorageMode]: ModeKind } = { LOCAL: localMode, MONGODB: mongoMode, FILE: fileMode };

export interface StorageModes extends ProjectStorage, StorageControl {
  /** Opens the catalog, and creates it if missing. @throws StoreError */
  openCatalog(): Promise<Store>;
  /** Closes the resources that the stores share, after all of them are closed. Calling it again does nothing. */
  close(): Promise<void>;
}

export interface StorageModesOptions {
  /** The folder with all data. */
  readonly dataDirectory: string;
  /** Left out: nothing is configured, and files are in the data directory, until `configure` is called. */
  readonly settings?: StorageSettings;
  /** Whether every outgoing connection is forbidden. */
  readonly offline?: boolean;
  /** What is done about secrets in files that people edit, in projects without a policy of their own. Left out: redacted. */
  readonly secrets?: SecretPolicy | undefined;
  readonly logger: SearchLogger;
  /** The embedding model of this process, closed with the modes. Left out: all-MiniLM-L6-v2. */
  readonly miniLm?: Embedder | undefined;
  /** Share this thread between reads and requests. Left out: reads run at once. */
  readonly turns?: Turns | undefined;
  /** Called with the cost of embeddings. */
  readonly onUsage?: ((usage: EmbeddingUsage) => void) | undefined;
  /** Called with every statement a store's reads run. For tests. */
  readonly onStatement?: ((statement: string) => void) | undefined;
}

/** The modes, with `settings` until `configure` is called. Dependencies of unconfigured modes aren't loaded. */
export async function createStorageModes(options: StorageModesOptions): Promise<StorageModes> {
  const { dataDirectory, offline = false, logger, onUsage = () => {}, onStatement } = options;
  const { turns = { of: () => atOnce }, secrets = 'REDACT' } = options;
  const miniLm = shareEmbedder(options.miniLm ?? createMiniLmEmbedder());
  const writer = createWriter();
  const reader = createReader();
  const shared = { writer, reader, turns, miniLm };
  const parts: ModeParts = { dataDirectory, ...shared, offline, logger, secrets, onUsage, onStatement };
  let settings = options.settings ?? {
    ...{ mongo: null, voyage: null, chroma: null },
    file: { path: filesIn(dataDirectory) },
  };
  const modes = new Map<StorageMode, Mode>();
  for (const mode of STORAGE_MODES) modes.set(mode, await KINDS[mode].create(settings, parts));
  const of = (mode: StorageMode): Mode => modes.get(mode)!;

  /** Why a mode can't be used: faults of its settings come first. */
  function unavailable(mode: StorageMode): Unavailable | null {
    return settings.faults?.[mode] ?? of(mode).describe().unavailable;
  }

  function available(mode: StorageMode): Mode {
    const reason = unavailable(mode);
    if (reason) throw new StoreError('STORE_UNAVAILABLE', `${mode} can't be used: ${reason.why}`, reason.hint);
    return of(mode);
  }

  const faults = createProjectFaults();

  const open = async (project: Project, openOptions: OpenOptions = {}): Promise<OpenProject> =>
    faults.watch(project, async () => available(project.storageMode).open(project, openOptions));

  /** Health checks in progress: concurrent calls share one. */
  const healthChecks = new Map<StorageMode, Promise<StorageHealth>>();

  function health(mode: StorageMode): Promise<StorageHealth> {
    let found = healthChecks.get(mode);
    if (!found) {
      found = checkHealth(mode).finally(() => healthChecks.get(mode) === found && healthChecks.delete(mode));
      healthChecks.set(mode, found);
    }
    return found;
  }

  async function checkHealth(mode: StorageMode): Promise<StorageHealth> {
    const reason = unavailable(mode);
    if (reason) return unreachable(mode, of(mode), reason);
    const found = await of(mode).health();
    const failures = await faults.of(mode, found.problems);
    return { ...found, ok: found.ok && failures.length === 0, problems: [...found.problems, ...failures] };
  }

  async function configure(next: StorageSettings): Promise<void> {
    const changed = STORAGE_MODES.filter((mode) =>
      KINDS[mode].uses.some((name) => !isDeepStrictEqual(settings[name], next[name])),
    );
    const made = await Promise.all(changed.map(async (mode) => [mode, await KINDS[mode].create(next, parts)] as const));
    const replaced = changed.map(of);
    settings = next;
    for (const [mode, each] of made) {
      modes.set(mode, each);
      healthChecks.delete(mode); // it checks the previous configuration
    }
    await closeAll(replaced);
  }

  async function check(project: Project): Promise<readonly Check[]> {
    const { mode, location } = placeOf(project);
    const fault = placeFault(project);
    if (fault)
      return [refused('ADDRESS', { why: `settings.${fault.name} ${fault.why}.`, hint: 'Name another place.' })];
    const reason = settings.faults?.[mode];
    if (reason) return [refused('ADDRESS', reason)];
    return KINDS[mode].test(location === null ? settings : KINDS[mode].at(settings, location), parts);
  }

  /** A mode that fails to close is dropped all the same, and delays no other. */
  async function closeAll(closing: Iterable<{ close(): Promise<void> }>): Promise<void> {
    for (const each of closing) {
      await each.close().catch((error: unknown) => logger.warn({ err: error }, "A storage mode couldn't be closed."));
    }
  }

  return {
    openCatalog: () =>
      createSqliteStore({
        path: join(catalogIn(dataDirectory), 'store.db'),
        collections: CATALOG_COLLECTIONS,
        writer,
        reader,
        turn: turns.of({ isPart: true }),
        create: { epoch: FIRST_EPOCH },
        onStatement,
      }),
    open,
    create: async (project) => available(project.storageMode).create(project),
    folderOf: (project) => of(project.storageMode).folderOf(project),
    async destroy(project, options = {}) {
      await available(project.storageMode).destroy(project, options);
      forgetTexts();
    },
    find: async (project) => available(project.storageMode).find(project),
    unavailable,
    describe: (mode): ModeDescription => ({ mode, ...of(mode).describe(), unavailable: unavailable(mode) }),
    health,
    repair: async (mode) => available(mode).repair(),
    test: (mode, tried) => KINDS[mode].test(tried, parts),
    check,
    configure,
    stored: async (mode) => available(mode).stored(),
    async close() {
      await closeAll([...modes.values(), miniLm, reader, writer]);
    },
  };
}

function unreachable(mode: StorageMode, { describe }: Mode, { why }: Unavailable): StorageHealth {
  return {
    mode,
    ok: false,
    isReachable: false,
    latencyMs: null,
    place: describe().place ?? '',
    collections: [],
    indexes: { present: [], missing: [] },
    pool: null,
    lastError: null,
    problems: [why],
  };
}
