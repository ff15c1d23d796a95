import type { SavedStorageConfig, SomeStorageValues, StorageSettingName } from '../../domain/storage-settings.js';
import type { Vault } from '../../domain/vault.js';
import { storageConfigs } from '../../storage/collections.js';
import type { Store } from '../../storage/store.js';
import type { Json, JsonObject } from '../../util/json/json.js';
import type { EnteredSettings } from '../input/storage.js';
import { listAll } from '../records/queries.js';
import { SETTING_NAMES, SETTINGS } from './facts.js';

/** Saved settings with their secrets decrypted. */
export interface OpenedConfigs {
  readonly values: SomeStorageValues;
  /** Secrets that this server's key doesn't decrypt. */
  readonly locked: readonly StorageSettingName[];
}

/** The saved settings, at most one record per mode. */
export function listConfigs(catalog: Store): Promise<readonly SavedStorageConfig[]> {
  return listAll(catalog, storageConfigs, { where: [], deleted: 'EXCLUDE', field: 'mode' });
}

/** The context that a secret is sealed for. */
function sealContext(name: StorageSettingName): string {
  return `storage ${SETTINGS[name].mode} ${name}`;
}

export function openConfigs(configs: readonly SavedStorageConfig[], vault: Vault): OpenedConfigs {
  const values: { [name: string]: Json } = {};
  const locked: StorageSettingName[] = [];
  for (const { mode, values: plain, secrets } of configs) {
    for (const name of SETTING_NAMES.filter((each) => SETTINGS[each].mode === mode)) {
      const secret = secrets[name];
      const value = secret ? vault.open(secret.sealed, sealContext(name)) : plain[name];
      if (secret && value === null) locked.push(name);
      else if (value !== undefined && value !== null) values[name] = value;
    }
  }
  return { values, locked };
}

/** What is saved after these settings were entered: those left out stay as saved, null removes. Secrets are sealed. */
export function toSaved(
  { values: entered }: EnteredSettings,
  before: SavedStorageConfig | undefined,
  vault: Vault,
): Pick<SavedStorageConfig, 'values' | 'secrets'> {
  const values: { [name: string]: Json } = { ...before?.values };
  const secrets = { ...before?.secrets };
  for (const [name, value] of Object.entries(entered) as [StorageSettingName, string | null | undefined][]) {
    if (value === undefined) continue;
    delete values[name];
    delete secrets[name];
    if (value === null) continue;
    if (SETTINGS[name].isSecret) {
      secrets[name] = { sealed: vault.seal(value, sealContext(name)), ending: endingOf(value) };
    } else {
      values[name] = value;
    }
  }
  return { values: values satisfies JsonObject, secrets };
}

/** A shorter secret would reveal too much of itself. */
const SHORTEST_WITH_ENDING = 12;
const ENDING = 4;

/** The last characters of a secret that may be shown, so that a person knows which one it is. */
export function endingOf(secret: string): string {
  return secret.length < SHORTEST_WITH_ENDING ? '' : [...secret].slice(-ENDING).join('');
}
