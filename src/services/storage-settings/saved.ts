import { endingOf } from '../../domain/access/secret.js';
import type {
  SavedSecret,
  SavedStorageConfig,
  SomeStorageValues,
  StorageSettingName,
} from '../../domain/storage-settings.js';
import { storageConfigs } from '../../storage/collections.js';
import type { Store } from '../../storage/store.js';
import type { Json, JsonObject } from '../../util/json/json.js';
import type { EnteredSettings } from '../input/storage.js';
import { listAll } from '../records/queries.js';
import type { SecretStore } from '../vault/contract.js';
import { SETTING_NAMES, SETTINGS } from './facts.js';

/** Saved settings with their secrets decrypted. */
export interface OpenedConfigs {
  readonly values: SomeStorageValues;
  /** Secrets that this server's keys don't decrypt. */
  readonly locked: readonly StorageSettingName[];
}

/** The saved settings, at most one record per mode. */
export function listConfigs(catalog: Store): Promise<readonly SavedStorageConfig[]> {
  return listAll(catalog, storageConfigs, { where: [], deleted: 'EXCLUDE', field: 'mode' });
}

/** The name of a setting's secret in the store of secrets. */
export function secretNameOf(name: StorageSettingName): string {
  return `storage:${SETTINGS[name].mode}:${name}`;
}

/** Opens what an earlier version saved. */
function openSealed(name: StorageSettingName, sealed: string, secrets: SecretStore): string | null {
  return secrets.openOutside(secretNameOf(name), sealed, `storage ${SETTINGS[name].mode} ${name}`);
}

export async function openConfigs(
  configs: readonly SavedStorageConfig[],
  secrets: SecretStore,
): Promise<OpenedConfigs> {
  const values: { [name: string]: Json } = {};
  const locked: StorageSettingName[] = [];
  const opened = await secrets.readAll(configs.flatMap(secretNamesIn));
  for (const { mode, values: plain, secrets: saved } of configs) {
    for (const name of SETTING_NAMES.filter((each) => SETTINGS[each].mode === mode)) {
      const secret = saved[name];
      const value = secret ? openedOf(name, secret, opened, secrets) : plain[name];
      if (secret && value === null) locked.push(name);
      else if (value !== undefined && value !== null) values[name] = value;
    }
  }
  return { values, locked };
}

function openedOf(
  name: StorageSettingName,
  secret: SavedSecret,
  opened: ReadonlyMap<string, string>,
  secrets: SecretStore,
): string | null {
  return 'sealed' in secret ? openSealed(name, secret.sealed, secrets) : (opened.get(secret.secretName) ?? null);
}

/** The names of the secrets that settings have in the store. */
export function secretNamesIn({ secrets }: SavedStorageConfig): readonly string[] {
  return Object.values(secrets).flatMap((secret) => ('sealed' in secret ? [] : [secret.secretName]));
}

/** Whether it has secrets in itself, as earlier versions saved them. */
export function holdsSealed({ secrets }: SavedStorageConfig): boolean {
  return Object.values(secrets).some((secret) => 'sealed' in secret);
}

/** What is to be saved of settings, and in the store of secrets. */
export interface ToSave {
  readonly config: Pick<SavedStorageConfig, 'values' | 'secrets'>;
  /** By name; null: to be removed. */
  readonly secrets: ReadonlyMap<string, string | null>;
  /** Settings whose secrets stay as an earlier version saved them: they can't be opened. */
  readonly locked: readonly StorageSettingName[];
}

/** What is saved after these settings were entered: those left out stay as saved, null removes. */
export function toSaved(
  entered: EnteredSettings['values'],
  before: SavedStorageConfig | undefined,
  store: SecretStore,
): ToSave {
  const values: { [name: string]: Json } = { ...before?.values };
  const secrets: { [name: string]: SavedSecret } = { ...before?.secrets };
  const plan = new Map<string, string | null>();
  const locked: StorageSettingName[] = [];
  const keep = (name: StorageSettingName, value: string) => {
    secrets[name] = { secretName: secretNameOf(name), ending: endingOf(value) };
    plan.set(secretNameOf(name), value);
  };
  for (const name of SETTING_NAMES) {
    const value = entered[name];
    const saved = secrets[name];
    if (value === undefined) {
      if (!saved || !('sealed' in saved)) continue;
      const opened = openSealed(name, saved.sealed, store);
      if (opened === null) locked.push(name);
      else keep(name, opened);
      continue;
    }
    delete values[name];
    delete secrets[name];
    if (saved && !('sealed' in saved)) plan.set(saved.secretName, null);
    if (value === null) continue;
    if (SETTINGS[name].isSecret) keep(name, value);
    else values[name] = value;
  }
  return { config: { values: values satisfies JsonObject, secrets }, secrets: plan, locked };
}
