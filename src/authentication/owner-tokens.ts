import { OWNER_TOKEN_MS, readOwnerToken } from '../endpoint/owner-token.js';

/** Verifies tokens of the machine's owner, each once. */
export interface OwnerTokens {
  /** Whether the token was signed for this server, is in its time, and wasn't used before. */
  use(token: string): boolean;
}

/** Used tokens that are remembered. Only the owner makes them, and they are forgotten after a minute. */
const MOST_USED = 10_000;

/**
 * @param secret - of the data directory
 * @param instance - of this server
 */
export function createOwnerTokens(secret: Buffer, instance: string, now: () => number, most = MOST_USED): OwnerTokens {
  /** When used tokens expire, by their nonces; the first used first. */
  const used = new Map<string, number>();

  /** Forgets tokens that would be refused anyway. */
  function forgetExpired(time: number): void {
    for (const [nonce, expires] of used) if (expires <= time) used.delete(nonce);
  }

  return {
    use(token) {
      const said = readOwnerToken(token, secret, instance);
      const time = now();
      if (!said || said.expires <= time || said.expires > time + OWNER_TOKEN_MS || used.has(said.nonce)) return false;
      if (used.size >= most) forgetExpired(time);
      // A token that can't be remembered could be used twice.
      if (used.size >= most) return false;
      used.set(said.nonce, said.expires);
      return true;
    },
  };
}
