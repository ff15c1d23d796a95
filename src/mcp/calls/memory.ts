import type { ClaimTokens, ConnectionMemory } from './call.js';
import { createRetryKeys } from './retry-keys.js';

/** The memory of one connection. */
export function createMemory(): ConnectionMemory {
  const tokens = new Map<string, number>();
  const claims: ClaimTokens = {
    areKept: true,
    get: (taskId) => tokens.get(taskId),
    set: (taskId, token) => void tokens.set(taskId, token),
    delete: (taskId) => void tokens.delete(taskId),
  };
  return { claims, retryKeys: createRetryKeys() };
}

/** Parties whose memory is kept; the memory of the one that was longest without a request goes first. */
const MOST_PARTIES = 500;

/**
 * The memories of requests over HTTP, where nothing says which of them belong together: those of one party, which have the same
 * rights, share one.
 */
export function createSharedMemories(): (party: string) => ConnectionMemory {
  const memories = new Map<string, ConnectionMemory>();
  return (party) => {
    const memory = memories.get(party) ?? createSharedMemory();
    memories.delete(party);
    memories.set(party, memory);
    const [oldest] = memories.keys();
    if (memories.size > MOST_PARTIES && oldest !== undefined) memories.delete(oldest);
    return memory;
  };
}

/** What requests of several clients may share: no claims. */
function createSharedMemory(): ConnectionMemory {
  const claims: ClaimTokens = { areKept: false, get: () => undefined, set: () => undefined, delete: () => undefined };
  return { claims, retryKeys: createRetryKeys() };
}
