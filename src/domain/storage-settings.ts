import type { JsonObject } from '../util/json/json.js';
import type { StorageMode } from './project.js';
import type { RecordBase } from './record.js';

/**
 * The settings of each storage mode. They include secrets (connection string, key, token), which never appear in a log, a
 * response or an error.
 */

/**
 * The origin of an address. One that was entered through the API reaches only what it names: no file and no identity of the
 * server's host, and no link-local address.
 */
interface Given {
  /** Whether it is from the environment, and so from the operator of the server. Left out: it was entered. */
  readonly isFromEnvironment?: boolean | undefined;
}

/** Settings of `MONGODB`. */
export interface MongoSettings extends Given {
  /** `mongodb://` or `mongodb+srv://`. A secret: it may contain a password. */
  readonly connectionString: string;
  readonly database: string;
  /** The most connections of the pool. */
  readonly maxPoolSize: number;
  /** Hosts, besides loopback, that may be reached without TLS. */
  readonly allowPlaintext: readonly string[];
}

/** Settings of Voyage AI, which embeds the memories in `MONGODB`. */
export interface VoyageSettings extends Given {
  /** A secret. */
  readonly apiKey: string;
  readonly model: string;
  /** Null: the host that the key is for. */
  readonly baseUrl: string | null;
}

/** Settings of a Chroma server, which can store the vectors of `LOCAL`. */
export interface ChromaSettings extends Given {
  readonly url: string;
  /** A secret; null when the server requires none. */
  readonly token: string | null;
  readonly tenant: string;
  readonly database: string;
}

/** Settings of `FILE`. */
export interface FileSettings {
  /** Absolute path of the folder that has a folder for each project. */
  readonly path: string;
}

/** The settings of all modes; null: not configured. */
export interface StorageSettings {
  readonly mongo: MongoSettings | null;
  readonly voyage: VoyageSettings | null;
  readonly chroma: ChromaSettings | null;
  readonly file: FileSettings;
  /** Why a mode can't be used although it is configured, such as a saved secret that can't be decrypted. */
  readonly faults?: { readonly [M in StorageMode]?: { readonly why: string; readonly hint: string } };
}

/** Every setting, by the name under which it is entered, saved and shown. */
export interface StorageValues {
  /** Of `MONGODB`, as in `MongoSettings`. */
  readonly connectionString: string;
  readonly database: string;
  readonly maxPoolSize: number;
  readonly allowPlaintext: readonly string[];
  /** Of `MONGODB`, as in `VoyageSettings`. */
  readonly voyageApiKey: string;
  readonly voyageModel: string;
  readonly voyageBaseUrl: string;
  /** Of `LOCAL`, as in `ChromaSettings`. */
  readonly chromaUrl: string;
  readonly chromaToken: string;
  readonly chromaTenant: string;
  readonly chromaDatabase: string;
  /** Of `FILE`, as in `FileSettings`. */
  readonly path: string;
}
export type StorageSettingName = keyof StorageValues;

/** Some of the settings; those left out aren't set. */
export type SomeStorageValues = { readonly [S in StorageSettingName]?: StorageValues[S] | undefined };

/** The settings from the environment, and the variable that each is from, such as `MONGODB_URI` for `connectionString`. */
export type StorageEnvironment = SomeStorageValues & {
  readonly variables: { readonly [S in StorageSettingName]?: string | undefined };
  /** What is wrong in the environment, by mode. */
  readonly faults?: StorageSettings['faults'];
};

/** What is saved of a secret setting, besides the secret itself: its last characters, which may be shown. */
export type SavedSecret =
  | { readonly secretName: string; readonly ending: string }
  /** As earlier versions saved it: the sealed secret itself. */
  | { readonly sealed: string; readonly ending: string };

/** Saved settings of one storage mode, in the catalog. */
export interface SavedStorageConfig extends RecordBase {
  /** Unique among those that aren't deleted. */
  readonly mode: StorageMode;
  /** The settings that aren't secret. */
  readonly values: JsonObject;
  /** The secrets, by the name of the setting. */
  readonly secrets: { readonly [name: string]: SavedSecret };
}
