import { endingOf } from '../../domain/access/secret.js';
import type { StorageMode } from '../../domain/project.js';
import type { SavedStorageConfig } from '../../domain/storage-settings.js';
import type { ModeDescription } from '../../modes/contract.js';
import type { StorageModeConfig } from './contract.js';
import type { EffectiveSetting, EffectiveStorage } from './effective.js';
import { SETTING_NAMES, SETTINGS } from './facts.js';

/** A mode with its settings, as they may be shown. */
export function showMode(
  { unavailable, ...description }: ModeDescription,
  { all, faults, settings }: EffectiveStorage,
  saved: SavedStorageConfig | undefined,
): StorageModeConfig {
  const { mode } = description;
  const own = settingsOf(all, mode);
  const problem = faults[mode] ?? unavailable;
  return {
    ...description,
    available: !unavailable && !settings.faults?.[mode],
    reason: problem?.why ?? null,
    hint: problem?.hint ?? null,
    voyageConfigured: SETTINGS.voyageApiKey.mode === mode && settings.voyage !== null,
    source: own[0]?.source ?? 'DEFAULT',
    settings: own
      .filter(({ name }) => !SETTINGS[name].isSecret)
      .map(({ name, source, variable, value }) => ({ name, source, variable, value: shownValue(value) })),
    secrets: own
      .filter(({ name }) => SETTINGS[name].isSecret)
      .map(({ name, source, variable, value, isLocked }) => ({
        name,
        source,
        variable,
        isSet: value !== null || isLocked,
        ending: isLocked ? (saved?.secrets[name]?.ending ?? '') : endingOf(String(value ?? '')),
      })),
    overriddenBy: own.flatMap(({ isSaved, variable }) => (isSaved && variable !== null ? [variable] : [])),
    savedAt: saved?.updatedAt ?? null,
  };
}

/** The settings of one mode, its address first. */
function settingsOf(all: EffectiveStorage['all'], mode: StorageMode): EffectiveSetting[] {
  return SETTING_NAMES.filter((name) => SETTINGS[name].mode === mode).map((name) => all[name]);
}

/** The value without a password: an address of the environment may contain one. */
function shownValue(value: EffectiveSetting['value']): string | null {
  if (value === null) return null;
  if (typeof value !== 'string') return Array.isArray(value) ? value.join(', ') : String(value);
  const url = /^https?:/i.test(value) && URL.canParse(value) ? new URL(value) : null;
  return url?.username || url?.password || url?.search ? `${url.origin}${url.pathname}` : value;
}
