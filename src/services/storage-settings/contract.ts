import type { Author } from '../../domain/author.js';
import type { StorageMode } from '../../domain/project.js';
import type { StorageSettingName } from '../../domain/storage-settings.js';
import type { ModeDescription } from '../../modes/contract.js';
import type { Check, StorageHealth } from '../../storage/health.js';
import type { StorageInput } from '../input/storage.js';
import type { MoveSecrets } from '../vault/contract.js';
import type { SettingSource } from './effective.js';

/**
 * The settings of the storage modes: shown, tested, saved and removed while the server runs. A secret that was entered is
 * never shown.
 */
export interface StorageService {
  /** What each mode consists of now, and by which settings. */
  config(): Promise<readonly StorageModeConfig[]>;
  /**
   * Tests settings without using them. Unless a check failed, the result has a token, with which exactly these values can be saved.
   * @throws InvalidInputError when a secret was left out that isn't known, or would be sent to another address than before
   */
  test(author: Author, input: StorageInput): Promise<StorageTest>;
  /** Saves settings that have just passed the test; effective at once. @throws ConfirmationError when the token isn't for these values, or expired */
  save(author: Author, input: StorageInput & { readonly token: string }): Promise<StorageModeConfig>;
  /**
   * Removes the saved settings of a mode, with their images in the log; effective at once.
   * @throws NotFoundError when none are saved
   * @throws StorageInUseError while projects, deleted ones included, live where only these settings say
   */
  remove(author: Author, input: { readonly mode: StorageMode }): Promise<StorageModeConfig>;
  /** The health of a mode's place, or of those of all modes. */
  health(mode?: StorageMode | null): Promise<readonly StorageHealth[]>;
  /** Moves the secrets that earlier versions kept in the settings into the store of secrets. */
  readonly moveSecrets: MoveSecrets;
  /** Creates the missing collections and indexes of a mode. @throws StorageModeUnavailableError, StoreError */
  repair(author: Author, input: { readonly mode: StorageMode }): Promise<StorageRepair>;
}

export interface StorageTest {
  readonly checks: readonly Check[];
  /** Null when a check failed. */
  readonly token: string | null;
  readonly expiresAt: string | null;
  /** Projects, at most `MAX_NAMED`, that live where the settings in force say, and would no longer be found. */
  readonly projectIds: readonly string[];
}

export interface StorageRepair {
  /** What was created, each in a few words. */
  readonly repaired: readonly string[];
  readonly health: StorageHealth;
}

/** A storage mode, as the operator of the server sees it. */
export interface StorageModeConfig extends Omit<ModeDescription, 'unavailable'> {
  readonly available: boolean;
  /** Why it isn't available, and what to do about it; null when it is. */
  readonly reason: string | null;
  readonly hint: string | null;
  readonly voyageConfigured: boolean;
  /** Where the first of its settings, its address, comes from. */
  readonly source: SettingSource;
  readonly settings: readonly ShownSetting[];
  readonly secrets: readonly ShownSecret[];
  /** Environment variables that override saved settings. */
  readonly overriddenBy: readonly string[];
  /** When its settings were last saved; null when none are. */
  readonly savedAt: string | null;
}

interface SettingOrigin {
  readonly name: StorageSettingName;
  readonly source: SettingSource;
  /** The environment variable that sets it; null when none does. */
  readonly variable: string | null;
}

/** A setting that isn't a secret. */
export interface ShownSetting extends SettingOrigin {
  readonly value: string | null;
}

/** What may be shown of a secret. */
export interface ShownSecret extends SettingOrigin {
  readonly isSet: boolean;
  /** Its last four characters; empty when it is too short to show any. */
  readonly ending: string;
}
