import type { JsonObject } from '../util/json/json.js';
import type { StorageMode } from './project.js';
import type { RecordBase } from './record.js';

/** Saved settings of one storage mode, in the catalog. Secrets are encrypted; the key isn't in the catalog. */
export interface SavedStorageConfig extends RecordBase {
  /** Unique among those that aren't deleted. */
  readonly mode: StorageMode;
  /** The settings that aren't secret. */
  readonly values: JsonObject;
  /** Each secret, sealed, and the last characters of it that may be shown. */
  readonly secrets: { readonly [name: string]: { readonly sealed: string; readonly ending: string } };
}
