import { afterAll } from 'vitest';
import type { Embedder } from '../../src/embedding/embedder.js';
import { createMiniLmEmbedder } from '../../src/embedding/minilm/minilm.js';

let shared: Embedder | null = null;
afterAll(() => shared?.close());

/** The embedding model, loaded once for all servers that a test file starts, and closed after its tests. */
export function sharedMiniLm(): Embedder {
  shared ??= createMiniLmEmbedder();
  return { ...shared, close: async () => undefined };
}
