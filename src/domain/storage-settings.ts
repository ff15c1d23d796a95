/**
 * What each storage mode needs to know. Secrets (connection string, key, token) are in these values: they never go into a
 * log, an answer or an error.
 */

/** Settings of `MONGODB`. */
export interface MongoSettings {
  /** `mongodb://` or `mongodb+srv://`. A secret: it may carry a password. */
  readonly connectionString: string;
  readonly database: string;
  /** The most connections of the pool. */
  readonly maxPoolSize: number;
  /** Hosts, beside loopback, that may be reached without TLS. */
  readonly allowPlaintext: readonly string[];
}

/** Settings of Voyage AI, which embeds what `MONGODB` keeps. */
export interface VoyageSettings {
  /** A secret. */
  readonly apiKey: string;
  readonly model: string;
  /** Left out (null), the key says which host takes it. */
  readonly baseUrl: string | null;
}

/** Settings of a Chroma server, which may keep the vectors of `LOCAL`. */
export interface ChromaSettings {
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
}
