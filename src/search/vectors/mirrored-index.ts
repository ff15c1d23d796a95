import type { MemorySearchFilter, PassageVector, VectorIndex } from './vector-index.js';

/**
 * The embedded index, mirroring an archive that keeps the same vectors durably: for a server that stores vectors but can't
 * search them. Vectors that aren't on this machine yet are read from the archive.
 */
export function createMirroredIndex(
  embedded: VectorIndex<MemorySearchFilter>,
  archive: VectorIndex,
): VectorIndex<MemorySearchFilter> {
  return {
    ...embedded,
    name: mirroredName(archive),
    async add(memories) {
      await archive.add(memories);
      await embedded.add(memories);
    },
    async remove(ids) {
      await archive.remove(ids);
      await embedded.remove(ids);
    },
    async erase(ids) {
      await archive.erase(ids);
      await embedded.erase(ids);
    },
    // From the durable copy: the file is only a cache of it.
    get: (ids) => archive.get(ids),
    read: (hashes) => readFromBoth(embedded, archive, hashes),
    async close() {
      await embedded.close();
      await archive.close();
    },
  };
}

export const mirroredName = (archive: Pick<VectorIndex, 'name'>): string => `embedded over ${archive.name}`;

/** Vectors of contents from one index, and the rest from another. */
export async function readFromBoth(
  first: Pick<VectorIndex, 'read'>,
  second: Pick<VectorIndex, 'read'>,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, readonly PassageVector[]>> {
  const found = new Map(await first.read(hashes));
  const rest = hashes.filter((hash) => !found.has(hash));
  if (rest.length > 0) for (const [hash, vectors] of await second.read(rest)) found.set(hash, vectors);
  return found;
}
