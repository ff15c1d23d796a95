import { createHash, randomUUID } from 'node:crypto';

/**
 * Keys that make repeating a write safe. A write whose answer was lost may have happened: the same call again sends the same
 * key, and the API returns what is there. After an answer, the same content is meant as another record.
 */
export interface RetryKeys {
  /** Runs a write with its key. @param identity all that makes a repetition the same */
  use<T>(identity: readonly unknown[], write: (key: string) => Promise<T>): Promise<T>;
}

/** Writes without an answer that are remembered: with hundreds of them, the server is down. */
const MOST = 500;

export function createRetryKeys(): RetryKeys {
  const unanswered = new Map<string, string>();
  return {
    async use(identity, write) {
      const digest = createHash('sha256').update(JSON.stringify(identity)).digest('base64');
      const key = unanswered.get(digest) ?? `mcp-${randomUUID()}`;
      if (unanswered.size >= MOST) unanswered.clear();
      unanswered.set(digest, key);
      const result = await write(key);
      unanswered.delete(digest);
      return result;
    },
  };
}
