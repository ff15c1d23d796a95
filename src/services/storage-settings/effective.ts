import type {
  SomeStorageValues,
  StorageEnvironment,
  StorageSettingName,
  StorageSettings,
  StorageValues,
} from '../../domain/storage-settings.js';
import type { Store } from '../../storage/store.js';
import type { SecretStore } from '../vault/contract.js';
import { defaultValues, SETTING_NAMES, SETTINGS } from './facts.js';
import { listConfigs, type OpenedConfigs, openConfigs } from './saved.js';

export const SETTING_SOURCES = ['ENVIRONMENT', 'SAVED', 'DEFAULT'] as const;
/** Where a setting comes from. The environment overrides saved settings, and those the defaults. */
export type SettingSource = (typeof SETTING_SOURCES)[number];

/** One setting as it is in force. */
export interface EffectiveSetting {
  readonly name: StorageSettingName;
  /** Null when it isn't set, or is saved and can't be opened. May be a secret. */
  readonly value: string | number | readonly string[] | null;
  readonly source: SettingSource;
  /** The environment variable that sets it; null when none does. */
  readonly variable: string | null;
  /** Whether it is saved, also when the environment overrides it. */
  readonly isSaved: boolean;
  /** Whether it is a saved secret that this server's key doesn't open. */
  readonly isLocked: boolean;
}

/** All settings as they are in force. */
export interface EffectiveStorage {
  /** For the storage modes. */
  readonly settings: StorageSettings;
  readonly all: { readonly [S in StorageSettingName]: EffectiveSetting };
  /** What is wrong, by mode: in the environment, or a saved secret that this server's key doesn't decrypt. */
  readonly faults: Faults;
}

type Faults = NonNullable<StorageSettings['faults']>;

/** The settings in force: saved ones from the catalog, their secrets decrypted, overridden by the environment. @throws StoreError */
export async function loadStorageSettings(
  catalog: Store,
  secrets: SecretStore,
  environment: StorageEnvironment,
  dataDirectory: string,
): Promise<EffectiveStorage> {
  return effectiveSettings(environment, await openConfigs(await listConfigs(catalog), secrets), dataDirectory);
}

/** The value of each setting in force: the environment's, or the saved one, or the default. */
export function effectiveSettings(
  environment: StorageEnvironment,
  saved: OpenedConfigs,
  dataDirectory: string,
): EffectiveStorage {
  const fallback = defaultValues(dataDirectory);
  const all = Object.fromEntries(
    SETTING_NAMES.map((name): [StorageSettingName, EffectiveSetting] => {
      const isKept = saved.locked.includes(name) || saved.values[name] !== undefined;
      const source = environment[name] !== undefined ? 'ENVIRONMENT' : isKept ? 'SAVED' : 'DEFAULT';
      const value = { ENVIRONMENT: environment, SAVED: saved.values, DEFAULT: fallback }[source][name] ?? null;
      const variable = source === 'ENVIRONMENT' ? (environment.variables[name] ?? null) : null;
      return [name, { name, value, source, variable, isSaved: isKept, isLocked: source === 'SAVED' && value === null }];
    }),
  ) as EffectiveStorage['all'];
  const faults = { ...environment.faults, ...lockedModes(all) };
  const isFromEnvironment: IsFromEnvironment = (name) => all[name].source === 'ENVIRONMENT';
  return { settings: toStorageSettings(valuesOf(all), fallback, faults, isFromEnvironment), all, faults };
}

/** The values that are set. */
export function valuesOf(all: EffectiveStorage['all']): SomeStorageValues {
  return Object.fromEntries(
    SETTING_NAMES.flatMap((name) => (all[name].value === null ? [] : [[name, all[name].value]])),
  );
}

type IsFromEnvironment = (name: StorageSettingName) => boolean;

/** Settings for the storage modes; those that aren't given have their defaults. */
export function withDefaults(
  values: SomeStorageValues,
  dataDirectory: string,
  isFromEnvironment: IsFromEnvironment,
): StorageSettings {
  return toStorageSettings(values, defaultValues(dataDirectory), {}, isFromEnvironment);
}

/**
 * A mode whose documents are where settings say can't be used while one of them is wrong: no default replaces the place or
 * the embedder. `LOCAL` needs no settings, so it continues without Chroma.
 */
function toStorageSettings(
  given: SomeStorageValues,
  fallback: SomeStorageValues,
  wrong: Faults,
  isFromEnvironment: IsFromEnvironment,
): StorageSettings {
  const values = { ...fallback, ...given } as Partial<StorageValues> & Pick<StorageValues, AlwaysSet>;
  const { connectionString, database, maxPoolSize, allowPlaintext } = values;
  const { voyageApiKey: apiKey, voyageModel: model, voyageBaseUrl: baseUrl = null } = values;
  const { chromaUrl: url, chromaToken: token = null, chromaTenant: tenant, chromaDatabase } = values;
  const hasMongo = connectionString !== undefined && !wrong.MONGODB;
  const hasChroma = url !== undefined && !wrong.LOCAL;
  const faults = Object.entries(wrong).filter(([mode]) =>
    SETTING_NAMES.some((name) => SETTINGS[name].mode === mode && SETTINGS[name].isPlace),
  );
  const by = (address: StorageSettingName) => (isFromEnvironment(address) ? { isFromEnvironment: true } : {});
  return {
    mongo: hasMongo ? { connectionString, database, maxPoolSize, allowPlaintext, ...by('connectionString') } : null,
    voyage: apiKey !== undefined && !wrong.MONGODB ? { apiKey, model, baseUrl, ...by('voyageBaseUrl') } : null,
    chroma: hasChroma ? { url, token, tenant, database: chromaDatabase, ...by('chromaUrl') } : null,
    file: { path: values.path },
    ...(faults.length > 0 ? { faults: Object.fromEntries(faults) } : {}),
  };
}

/** The settings that have a default. */
type AlwaysSet =
  | 'database'
  | 'maxPoolSize'
  | 'allowPlaintext'
  | 'voyageModel'
  | 'chromaTenant'
  | 'chromaDatabase'
  | 'path';

function lockedModes(all: EffectiveStorage['all']): Faults {
  const locked = SETTING_NAMES.filter((name) => all[name].isLocked);
  return Object.fromEntries(
    locked.map((name) => [
      SETTINGS[name].mode,
      {
        why: `its saved ${name} was encrypted with another key than this server has.`,
        hint: `Start the server with the MOORING_SECRET_KEY (or the key file in its data directory) that it was saved with, or test and save the settings of ${SETTINGS[name].mode} again.`,
      },
    ]),
  );
}
