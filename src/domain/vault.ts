/** Keeps secrets at rest: what it seals can be stored anywhere, and only the same key opens it. */
export interface Vault {
  /** @param context what the secret is for; it opens under the same context only, so that sealed texts can't be swapped */
  seal(plain: string, context: string): string;
  /** Null when it was sealed by another key or for another context, was tampered with, or isn't sealed at all. */
  open(sealed: string, context: string): string | null;
}
