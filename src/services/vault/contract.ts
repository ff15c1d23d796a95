import type { Author } from '../../domain/author.js';
import type { KeySource } from '../../domain/vault.js';
import type { Change } from '../../storage/store.js';

/**
 * The one place where secrets are kept, sealed, each under a name such as `outside:out_…`. What uses a secret keeps its name,
 * and plans it in the commit that writes the name. A value that this server can't open counts as not set.
 */
export interface SecretStore {
  /** The value; null when there is none, or it can't be opened. */
  read(name: string): Promise<string | null>;
  /** The values of those that there are and that can be opened, by name. */
  readAll(names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * The changes that save these values, or remove those that are null, to be part of one commit of the catalog. A replaced or
   * removed value is erased from the history, too. Plans can't be combined in one commit: make one of all its secrets.
   * @param at - the time of the commit
   */
  plan(values: ReadonlyMap<string, string | null>, at: string): Promise<readonly Change[]>;
  /** Opens what earlier versions kept sealed elsewhere, under the name that it would have here. */
  openOutside(name: string, sealed: string, context: string): string | null;
}

/** The keys that seal the secrets. */
export interface VaultService {
  /**
   * Seals every secret with a new key, or with a new one from the environment. A call works for about 20 seconds; repeat it
   * while something remains. Interrupted at any point, nothing is lost, and repeating it completes it.
   */
  rotate(author: Author, options?: RotationOptions): Promise<SecretRotation>;
}

export interface RotationOptions {
  /** Only counts what another key than the one that seals now has sealed. Left out: it is sealed again. */
  readonly dryRun?: boolean | undefined;
}

export interface SecretRotation {
  /** How many secrets this call sealed again. */
  readonly resealed: number;
  /** How many are left that another key sealed: the call's time was up, or it only counted. */
  readonly remaining: number;
  /** The names of secrets that can't be opened, the first 100. They stay as they are. */
  readonly unreadable: readonly string[];
  /** Where the key that seals now comes from. */
  readonly keySource: KeySource;
}

/** Moves what earlier versions kept sealed elsewhere into the store. Repeating it changes nothing. */
export type MoveSecrets = (
  author: Author,
  options: RotationOptions,
) => Promise<{
  /** How many were moved; or how many would be. */
  readonly moved: number;
  /** Names of what can't be opened. */
  readonly unreadable: readonly string[];
}>;
