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

/** What requests of all clients may share, as over HTTP nothing says which of them belong together: no claims. */
export function createSharedMemory(): ConnectionMemory {
  const claims: ClaimTokens = { areKept: false, get: () => undefined, set: () => undefined, delete: () => undefined };
  return { claims, retryKeys: createRetryKeys() };
}
