/** Encrypts secrets at rest: sealed texts can be stored anywhere, and only the same key opens them. */
export interface Vault {
  /** @param context what the secret is for; it opens only in the same context, so that sealed texts can't be swapped */
  seal(plain: string, context: string): string;
  /** Null when it was sealed with another key or for another context, was tampered with, or isn't a sealed text. */
  open(sealed: string, context: string): string | null;
}
