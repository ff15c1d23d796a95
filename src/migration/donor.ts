import type { VectorDonor } from '../search/vectors/vector-index.js';
import type { Side } from './side.js';

/** A side as it lends its index to the other one. It may be closed by the time that somebody asks: then it has none. */
export function donorOf({ search }: Side): VectorDonor {
  const { model, read } = search.vectors;
  return {
    model: model.name,
    read: (hashes) => read(hashes).catch(() => new Map<string, never>()),
    copyIndex: search.copyIndex,
  };
}
