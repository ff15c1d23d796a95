/** Encrypts secrets at rest: sealed texts can be stored anywhere, and only its keys open them. */
export interface Vault {
  /** @param context what the secret is for; it opens only in the same context, so that sealed texts can't be swapped */
  seal(plain: string, context: string): string;
  /** Null when it was sealed with another key or for another context, was tampered with, or isn't a sealed text. */
  open(sealed: string, context: string): string | null;
  /** Whether the key that seals now sealed it. */
  isCurrent(sealed: string): boolean;
  /** Learns of keys that another process created. What doesn't open does so by itself. */
  refresh(): void;
}

/** A vault whose keys can be replaced, by steps: renew, seal again what was sealed before, retire. */
export interface RenewableVault extends Vault {
  /** Where the key that seals comes from: the operator replaces that of the environment, the vault its own file. */
  readonly keySource: KeySource;
  /** Creates a new key, which seals from now on, durably. Of a key from the environment: does nothing. */
  renew(): Promise<void>;
  /** Id of the key that seals. It reveals nothing of the key. */
  currentKey(): string;
  /** Removes the vault's own keys from before this one, given by its id: what they sealed can't be opened any more. */
  retire(before: string): Promise<void>;
}

export const KEY_SOURCES = ['ENVIRONMENT', 'FILE'] as const;
export type KeySource = (typeof KEY_SOURCES)[number];
