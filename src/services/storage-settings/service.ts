import { isDeepStrictEqual } from 'node:util';
import { MAX_NAMED, NotFoundError, StorageInUseError, StorageModeUnavailableError } from '../../domain/errors.js';
import { parseInput } from '../../domain/fields/parse.js';
import { CATALOG_KEY, type IdGenerator } from '../../domain/id.js';
import type { Migration } from '../../domain/migration.js';
import { type Place, placeOf } from '../../domain/place.js';
import { type Project, STORAGE_MODES, type StorageMode } from '../../domain/project.js';
import { stampAfter } from '../../domain/record.js';
import type {
  SavedStorageConfig,
  SomeStorageValues,
  StorageEnvironment,
  StorageSettingName,
} from '../../domain/storage-settings.js';
import type { RenewableVault } from '../../domain/vault.js';
import type { StorageControl } from '../../modes/contract.js';
import type { RepositoryFactory } from '../../repositories/factory.js';
import { projects, storageConfigs } from '../../storage/collections.js';
import type { Change } from '../../storage/store.js';
import { createMutex } from '../../util/mutex.js';
import type { ConfirmationTokens, StorageValuesOf } from '../confirmation-tokens.js';
import { storageChoice, storageTest, storageToSave } from '../input/storage.js';
import { listActiveMigrations, placeName } from '../migrations/active.js';
import { listAll } from '../records/queries.js';
import type { Router } from '../records/store-router.js';
import { put, remove, type Transact } from '../records/transaction.js';
import type { SecretStore } from '../vault/contract.js';
import { completeSettings, isFromEnvironment, withoutSecrets } from './candidate.js';
import type { StorageModeConfig, StorageService } from './contract.js';
import { type EffectiveStorage, effectiveSettings, valuesOf, withDefaults } from './effective.js';
import { defaultValues, SETTING_NAMES, SETTINGS } from './facts.js';
import { holdsSealed, listConfigs, openConfigs, secretNameOf, secretNamesIn, type ToSave, toSaved } from './saved.js';
import { showMode } from './shown.js';

/** What the service of storage settings needs. */
export interface StorageParts {
  readonly control: StorageControl;
  /** Seals the secrets that are saved. */
  readonly vault: RenewableVault;
  /** The settings of the environment; they override saved ones. */
  readonly environment: StorageEnvironment;
  readonly dataDirectory: string;
}

interface StorageServiceParts extends StorageParts {
  readonly tokens: ConfirmationTokens<StorageValuesOf>;
  readonly secrets: SecretStore;
  readonly newId: IdGenerator;
  readonly now: () => number;
}

export function createStorageService(
  { tokens, secrets, newId, now, ...parts }: StorageServiceParts,
  factory: RepositoryFactory,
  router: Router,
  transact: Transact,
): StorageService {
  const catalog = factory.catalog.store;
  const inCatalog = () => router.toCatalog(CATALOG_KEY);
  const exclusively = createMutex();

  async function read(): Promise<{ configs: readonly SavedStorageConfig[]; effective: EffectiveStorage }> {
    const configs = await listConfigs(catalog);
    return { configs, effective: await merge(configs) };
  }

  async function merge(configs: readonly SavedStorageConfig[]): Promise<EffectiveStorage> {
    return effectiveSettings(parts.environment, await openConfigs(configs, secrets), parts.dataDirectory);
  }

  /** Configures the modes with the settings in force. Concurrent changes: each reads after its own commit, so the last has both. */
  async function apply(mode: StorageMode): Promise<StorageModeConfig> {
    await exclusively(async () => {
      const { effective } = await read();
      await factory.whileClosed(mode, () => parts.control.configure(effective.settings));
    });
    return show(mode);
  }

  async function show(mode: StorageMode): Promise<StorageModeConfig> {
    const { configs, effective } = await read();
    return showMode(parts.control.describe(mode), effective, configOf(configs, mode));
  }

  /** Whether a project's documents at a place would no longer be found. */
  function leaves(mode: StorageMode, before: EffectiveStorage, values: SomeStorageValues): (place: Place) => boolean {
    const after: SomeStorageValues = { ...defaultValues(parts.dataDirectory), ...values };
    const moved = SETTING_NAMES.filter((name) => {
      const { value, isLocked } = before.all[name];
      const isOurs = SETTINGS[name].mode === mode && SETTINGS[name].isPlace;
      return isOurs && (isLocked || (value !== null && !isDeepStrictEqual(value, after[name])));
    });
    // A database of its own is on the server that all share.
    return (place) =>
      moved.length > 0 && place.mode === mode && (place.location === null || moved.includes('connectionString'));
  }

  /** The projects whose documents would no longer be found. */
  async function projectsLeft(mode: StorageMode, before: EffectiveStorage, values: SomeStorageValues) {
    const isLeft = leaves(mode, before, values);
    const where = [{ field: 'storageMode', is: mode }];
    const all = await listAll(catalog, projects, { where, deleted: 'INCLUDE', field: 'createdAt' });
    const living = all.filter((project) => isLeft(placeOf(project)));
    const ids = (await listActiveMigrations(catalog, isLeft)).map(({ projectId }) => projectId);
    const moving = (await catalog.collection(projects).get(ids)).filter((project) => project !== null);
    const others = moving.filter(({ id }) => living.every((project) => project.id !== id));
    return [...living, ...others].slice(0, MAX_NAMED);
  }

  /** The changes that save settings of a mode, with their secrets. */
  async function planSave(
    mode: StorageMode,
    before: SavedStorageConfig | undefined,
    { config, secrets: values }: ToSave,
    at: string,
  ): Promise<readonly Change[]> {
    // A record in which an earlier version kept secrets is replaced, so that its history goes, too.
    const kept = before && !holdsSealed(before) ? before : undefined;
    const created = { id: newId('storageConfig', CATALOG_KEY), createdAt: at, deletedAt: null, externalId: null, mode };
    const stamp = kept ? stampAfter(kept, at) : { version: 1, updatedAt: at };
    const document: SavedStorageConfig = { ...(kept ?? created), ...stamp, ...config };
    return [
      ...(before && !kept ? [remove(storageConfigs, before)] : []),
      put(storageConfigs, kept ? 'UPDATE' : 'CREATE', document),
      ...(await secrets.plan(values, at)),
    ];
  }

  return {
    async moveSecrets(author, { dryRun = false }) {
      return transact(author, inCatalog, async (_route, at) => {
        const changes: Change[] = [];
        const values = new Map<string, string | null>();
        const unreadable: string[] = [];
        for (const before of (await listConfigs(catalog)).filter(holdsSealed)) {
          const saved = toSaved({}, before, secrets);
          unreadable.push(...saved.locked.map(secretNameOf));
          for (const [name, value] of saved.secrets) values.set(name, value);
          if (dryRun || saved.secrets.size === 0) continue;
          changes.push(...(await planSave(before.mode, before, { ...saved, secrets: new Map() }, at)));
        }
        if (!dryRun) changes.push(...(await secrets.plan(values, at)));
        return { changes, result: { moved: values.size, unreadable } };
      });
    },

    async config() {
      const { configs, effective } = await read();
      return STORAGE_MODES.map((mode) => showMode(parts.control.describe(mode), effective, configOf(configs, mode)));
    },

    async test(_author, input) {
      const entered = parseInput(storageTest, input).settings;
      const { mode } = entered;
      const { effective } = await read();
      const values = completeSettings(effective, entered);
      const isGiven = (name: StorageSettingName) => isFromEnvironment(effective, entered, name);
      const found = await parts.control.test(mode, withDefaults(values, parts.dataDirectory, isGiven));
      const checks = withoutSecrets(found, values);
      const left = await projectsLeft(mode, effective, values);
      const hasPassed = checks.length > 0 && checks.every(({ outcome }) => outcome !== 'FAILED');
      const confirmed = hasPassed ? tokens.issue({ mode, values }, now()) : { token: null, expiresAt: null };
      return { checks, ...confirmed, projectIds: left.map(({ id }) => id) };
    },

    async save(author, input) {
      const { settings: entered, token } = parseInput(storageToSave, input);
      await transact(author, inCatalog, async (_route, at) => {
        const { configs, effective } = await read();
        const values = completeSettings(effective, entered);
        tokens.verify(token, { mode: entered.mode, values }, now());
        const [moving] = await listActiveMigrations(catalog, leaves(entered.mode, effective, values));
        if (moving) throw isMoving(moving);
        const saved = toSaved(entered.values, configOf(configs, entered.mode), secrets);
        return { changes: await planSave(entered.mode, configOf(configs, entered.mode), saved, at), result: undefined };
      });
      return apply(entered.mode);
    },

    async remove(author, input) {
      const { mode } = parseInput(storageChoice, input);
      await transact(author, inCatalog, async (_route, at) => {
        const { configs, effective } = await read();
        const saved = configOf(configs, mode);
        if (!saved) throw notSaved(mode);
        const rest = await merge(configs.filter((each) => each !== saved));
        const left = await projectsLeft(mode, effective, valuesOf(rest.all));
        if (left.length > 0) throw inUse(mode, left);
        const gone = new Map(secretNamesIn(saved).map((name) => [name, null]));
        return { changes: [remove(storageConfigs, saved), ...(await secrets.plan(gone, at))], result: undefined };
      });
      return apply(mode);
    },

    health(mode) {
      const asked = mode ? [parseInput(storageChoice, { mode }).mode] : STORAGE_MODES;
      return Promise.all(asked.map((each) => parts.control.health(each)));
    },

    async repair(_author, input) {
      const { mode } = parseInput(storageChoice, input);
      const { available, reason, hint } = await show(mode);
      if (!available) {
        throw new StorageModeUnavailableError(
          `The storage mode ${mode} isn't available: ${reason}`,
          hint ?? 'Read `storageConfig`.',
        );
      }
      const repaired = await parts.control.repair(mode);
      return { repaired, health: await parts.control.health(mode) };
    },
  };
}

function configOf(configs: readonly SavedStorageConfig[], mode: StorageMode): SavedStorageConfig | undefined {
  return configs.find((each) => each.mode === mode);
}

/** A migration could no longer reach what it wrote or keeps. */
function isMoving({ id, projectId, from, to, phase }: Migration): StorageInUseError {
  return new StorageInUseError(
    `${id} is moving ${projectId} from ${placeName(from)} to ${placeName(to)} (${phase}), and its data is where these settings say.`,
    'End it first: cancel it, or finalize it or roll it back once it has moved. Then save the settings.',
    [projectId],
  );
}

function notSaved(mode: StorageMode): NotFoundError {
  return new NotFoundError(
    mode,
    `No settings of ${mode} are saved.`,
    'What `storageConfig` shows comes from environment variables or is a default: change those where the server is started.',
  );
}

function inUse(mode: StorageMode, left: readonly Project[]): StorageInUseError {
  const named = left.slice(0, 5).map(({ id, name, deletedAt }) => `"${name}" (${id}${deletedAt ? ', deleted' : ''})`);
  const others = left.length - named.length;
  const more = others > 0 ? `, and ${others}${left.length === MAX_NAMED ? ' or more' : ''} others` : '';
  return new StorageInUseError(
    `Projects live in ${mode} where these settings say: ${named.join(', ')}${more}.`,
    "Without the settings they can't be reached. Let a person decide what to do with them first; deleted ones count until they are purged.",
    left.map(({ id }) => id),
  );
}
