import { MooringError } from '../domain/errors.js';
import type { VoyageSettings } from '../domain/storage-settings.js';
import type { SharedEmbedder } from '../embedding/shared-embedder.js';
import { addressesFor } from '../embedding/voyage/address.js';
import { voyageModel } from '../embedding/voyage/models.js';
import type { ModeDescription } from './contract.js';

/** The embedder of a mode, and its price. */
export type Embedding = Pick<ModeDescription, 'embedder' | 'dollarsPerMillion'>;

export const NO_VOYAGE_KEY = 'No Voyage AI key is set, so all-MiniLM-L6-v2 embeds on this machine.';

/** @param note a limitation */
export function describeMiniLm({ model }: Pick<SharedEmbedder, 'model'>, note: string | null = null): Embedding {
  return { embedder: { name: model.name, dimensions: model.dimensions, note }, dollarsPerMillion: 0 };
}

/** Voyage AI, or MiniLM on this machine without a key. */
export function describeVoyage(voyage: VoyageSettings | null, miniLm: SharedEmbedder): Embedding {
  if (!voyage) return describeMiniLm(miniLm, NO_VOYAGE_KEY);
  const { name, dimensions, dollarsPerMillion } = voyageModel(voyage.model);
  return { embedder: { name: `${name}/${dimensions}`, dimensions, note: faultOf(voyage) }, dollarsPerMillion };
}

/** Why Voyage AI can't be used with these settings; null when it can be tried. */
export function faultOf(voyage: VoyageSettings): string | null {
  try {
    addressesFor(voyage);
    return null;
  } catch (error) {
    if (!(error instanceof MooringError)) throw error;
    return `${error.message} ${error.hint}`;
  }
}
