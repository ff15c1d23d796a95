import type { Author } from '../../domain/author.js';
import type { StorageMode } from '../../domain/project.js';
import type { StorageSettingName } from '../../domain/storage-settings.js';
import type { ModeDescription } from '../../modes/contract.js';
import type { Check, StorageHealth } from '../../storage/health.js';
import type { StorageInput } from '../input/storage.js';
import type { SettingSource } from './effective.js';

/**
 * The settings of the storage modes: shown, tried out, saved and removed while the server runs. A secret goes in and never
 * comes out.
 */
export interface StorageService {
  /** What each mode is made of now, and by which settings. */
  config(): Promise<readonly StorageModeConfig[]>;
  /**
   * Tries out settings without using them. When no check failed there is a token, which lets exactly these values be saved.
   * @throws InvalidInputError when a secret was left out that isn't known, or would be shown to another address than so far
   */
  test(author: Author, input: StorageInput): Promise<StorageTest>;
  /** Saves what has just passed; effective at once. @throws ConfirmationError when the token isn't for these values, or expired */
  save(author: Author, input: StorageInput & { readonly token: string }): Promise<StorageModeConfig>;
  /**
   * Removes what is saved of a mode, images of it too; effective at once.
   * @throws NotFoundError when nothing is saved of it
   * @throws StorageInUseError while projects, deleted ones included, live in a place that is known by these settings
   */
  remove(author: Author, input: { readonly mode: StorageMode }): Promise<StorageModeConfig>;
  /** How the place of a mode is doing, or those of all modes. */
  health(mode?: StorageMode | null): Promise<readonly StorageHealth[]>;
  /** Makes again what is missing of a mode's collections and indexes. @throws StorageModeUnavailableError, StoreError */
  repair(author: Author, input: { readonly mode: StorageMode }): Promise<StorageRepair>;
}

export interface StorageTest {
  readonly checks: readonly Check[];
  /** Null when a check failed. */
  readonly token: string | null;
  readonly expiresAt: string | null;
  /** Projects, at most 100, that live where the settings in force say, and would be looked for elsewhere. */
  readonly projectIds: readonly string[];
}

export interface StorageRepair {
  /** What was made, each in a few words. */
  readonly repaired: readonly string[];
  readonly health: StorageHealth;
}

/** One storage mode as whoever runs the server sees it. */
export interface StorageModeConfig extends Omit<ModeDescription, 'unavailable'> {
  readonly available: boolean;
  /** What is the matter, and what to do about it; null when nothing is. */
  readonly reason: string | null;
  readonly hint: string | null;
  readonly voyageConfigured: boolean;
  /** Where the first of its settings, its address, comes from. */
  readonly source: SettingSource;
  readonly settings: readonly ShownSetting[];
  readonly secrets: readonly ShownSecret[];
  /** Environment variables that win over what is saved. */
  readonly overriddenBy: readonly string[];
  /** When its settings were last saved; null when none are. */
  readonly savedAt: string | null;
}

interface SettingOrigin {
  readonly name: StorageSettingName;
  readonly source: SettingSource;
  /** The environment variable that gave it; null when none did. */
  readonly variable: string | null;
}

/** A setting that is no secret. */
export interface ShownSetting extends SettingOrigin {
  readonly value: string | null;
}

/** What may be told of a secret. */
export interface ShownSecret extends SettingOrigin {
  readonly isSet: boolean;
  /** Its last four characters; empty when it is too short to tell any. */
  readonly ending: string;
}
