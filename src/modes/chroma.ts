import type { ChromaSettings } from '../domain/storage-settings.js';
import { createChromaIndex, destroyChroma } from '../search/chroma/chroma-index.js';
import { missingClient } from '../search/chroma/client.js';
import { type ChromaHealth, createChromaConnection } from '../search/chroma/connection.js';
import type { VectorIndex } from '../search/vectors/vector-index.js';
import type { ModeParts } from './mode.js';

/** The vectors of `LOCAL` where Chroma is configured. */
export interface ChromaVectors {
  indexOf(projectId: string): VectorIndex;
  /** Removes a project's vectors. Never throws: the documents are removed all the same. */
  destroy(projectId: string): Promise<void>;
  health(): Promise<ChromaHealth>;
  close(): void;
}

const LEFT_BEHIND = "The vectors of a project that was removed couldn't be removed from Chroma.";

/** Loading this loads Chroma's client. */
export function createChromaVectors(settings: ChromaSettings, { miniLm, logger }: ModeParts): ChromaVectors {
  const connection = createChromaConnection(settings);
  if (missingClient) logger.warn({ hint: missingClient.hint }, missingClient.message);
  return {
    indexOf: (projectId) => createChromaIndex({ connection, projectId, model: miniLm.model, logger }),
    destroy: (projectId) =>
      destroyChroma(connection, projectId).catch((error: unknown) => logger.warn({ err: error }, LEFT_BEHIND)),
    health: connection.health,
    close: connection.close,
  };
}
