import type { StorageMode } from './project.js';

/**
 * What each storage mode needs to know. Secrets (connection string, key, token) are in these values: they never go into a
 * log, an answer or an error.
 */

/**
 * Who gave an address. One that was entered through the API reaches only what it names: no file and no identity of the
 * server's host, and no link-local address.
 */
interface Given {
  /** Whether the environment gave it, and so the operator of the server. Left out: it was entered. */
  readonly isFromEnvironment?: boolean | undefined;
}

/** Settings of `MONGODB`. */
export interface MongoSettings extends Given {
  /** `mongodb://` or `mongodb+srv://`. A secret: it may carry a password. */
  readonly connectionString: string;
  readonly database: string;
  /** The most connections of the pool. */
  readonly maxPoolSize: number;
  /** Hosts, beside loopback, that may be reached without TLS. */
  readonly allowPlaintext: readonly string[];
}

/** Settings of Voyage AI, which embeds what `MONGODB` keeps. */
export interface VoyageSettings extends Given {
  /** A secret. */
  readonly apiKey: string;
  readonly model: string;
  /** Left out (null), the key says which host takes it. */
  readonly baseUrl: string | null;
}

/** Settings of a Chroma server, which may keep the vectors of `LOCAL`. */
export interface ChromaSettings extends Given {
  readonly url: string;
  /** A secret; null when the server asks for none. */
  readonly token: string | null;
  readonly tenant: string;
  readonly database: string;
}

/** Settings of `FILE`. */
export interface FileSettings {
  /** Absolute path of the folder that holds a folder for each project. */
  readonly path: string;
}

/** The settings of all modes; null: not configured. */
export interface StorageSettings {
  readonly mongo: MongoSettings | null;
  readonly voyage: VoyageSettings | null;
  readonly chroma: ChromaSettings | null;
  readonly file: FileSettings;
  /** Why a mode can't be used although it was configured, such as that a saved secret of it can't be read. */
  readonly faults?: { readonly [M in StorageMode]?: { readonly why: string; readonly hint: string } };
}

/** Every setting by the name that it has wherever it is entered, saved or shown. */
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

/** Some of the settings; what is left out isn't said. */
export type SomeStorageValues = { readonly [S in StorageSettingName]?: StorageValues[S] | undefined };

/** The settings that the environment gave, and which variable gave each, such as `MONGODB_URI` the `connectionString`. */
export type StorageEnvironment = SomeStorageValues & {
  readonly variables: { readonly [S in StorageSettingName]?: string | undefined };
  /** What is wrong in it, by the mode that it is about. */
  readonly faults?: StorageSettings['faults'];
};
