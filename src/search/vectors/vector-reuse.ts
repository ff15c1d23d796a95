import type { EmbeddingModel } from '../../embedding/embedder.js';
import type { SearchLogger } from '../contract.js';
import type { PassageVector, VectorDonor, VectorIndex } from './vector-index.js';
import { isSound } from './vector-table.js';

/** Existing vectors, here or at a donor, of contents that therefore needn't be embedded. */
export interface VectorReuse {
  /** Vectors by content hash. A failing donor counts as having none; rejects when this project's own can't be read. */
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
  let hasWarned = false;

  async function donated(hashes: readonly string[]): Promise<ReadonlyMap<string, readonly PassageVector[]>> {
    // Compared on each call: the donor's model may change.
    if (donor?.model !== model.name || hashes.length === 0) return new Map();
    try {
      return await donor.read(hashes);
    } catch (error) {
      if (!hasWarned) {
        logger.warn({ err: error }, "Vectors couldn't be copied from the donor: missing ones are embedded.");
      }
      hasWarned = true;
      return new Map();
    }
  }

  return {
    async find(hashes) {
      const found = new Map<string, readonly PassageVector[]>();
      const take = (read: ReadonlyMap<string, readonly PassageVector[]>): void => {
        // A damaged vector counts as none.
        const areSound = (own: readonly PassageVector[]) => own.every(({ vector }) => isSound(vector, model));
        for (const [hash, own] of read) if (own.length > 0 && areSound(own)) found.set(hash, own);
      };
      take(await vectors.read(hashes));
      take(await donated(hashes.filter((hash) => !found.has(hash))));
      return found;
    },
  };
}
