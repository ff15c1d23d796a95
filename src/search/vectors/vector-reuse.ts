import type { EmbeddingModel } from '../../embedding/embedder.js';
import type { SearchLogger } from '../logger.js';
import type { PassageVector, VectorDonor, VectorIndex } from './vector-index.js';
import { isSound } from './vector-rows.js';

/** Vectors that there are of contents already, here or at a donor's: those contents needn't be embedded. */
export interface VectorReuse {
  /** By content hash. A donor that fails has none; what is kept here can't be read: rejects. */
  find(hashes: readonly string[]): Promise<ReadonlyMap<string, readonly PassageVector[]>>;
}

export interface VectorReuseOptions {
  readonly vectors: Pick<VectorIndex, 'read'>;
  /** Asked for what isn't here, if its vectors are of the same model. */
  readonly donor?: VectorDonor | undefined;
  readonly model: Pick<EmbeddingModel, 'name' | 'dimensions'>;
  readonly logger: SearchLogger;
}

export function createVectorReuse({ vectors, donor, model, logger }: VectorReuseOptions): VectorReuse {
  let hasComplained = false;

  async function donated(hashes: readonly string[]): Promise<ReadonlyMap<string, readonly PassageVector[]>> {
    // Asked each time: whoever lends may have another donor by now.
    if (donor?.model !== model.name || hashes.length === 0) return new Map();
    try {
      return await donor.read(hashes);
    } catch (error) {
      if (!hasComplained) {
        logger.warn({ err: error }, "Vectors couldn't be taken from where they are: what is missing is embedded.");
      }
      hasComplained = true;
      return new Map();
    }
  }

  return {
    async find(hashes) {
      const found = new Map<string, readonly PassageVector[]>();
      const take = (read: ReadonlyMap<string, readonly PassageVector[]>): void => {
        // A damaged vector is none.
        const areSound = (own: readonly PassageVector[]) => own.every(({ vector }) => isSound(vector, model));
        for (const [hash, own] of read) if (own.length > 0 && areSound(own)) found.set(hash, own);
      };
      take(await vectors.read(hashes));
      take(await donated(hashes.filter((hash) => !found.has(hash))));
      return found;
    },
  };
}
