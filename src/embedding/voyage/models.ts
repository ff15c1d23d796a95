/** What is known of a model. Tokens as Voyage's own tokenizers count them. */
export interface VoyageModel {
  readonly name: string;
  readonly dimensions: number;
  /** Whether the dimensions can be asked for. */
  readonly isResizable: boolean;
  /** The most tokens of one text. */
  readonly window: number;
  /** The most tokens of all texts of a request. */
  readonly requestTokens: number;
  /** List price of a million tokens, in US dollars; null when it isn't known. */
  readonly dollarsPerMillion: number | null;
  /** `LEGACY`: still served, and replaced by a newer one. `UNKNOWN`: not in this list, so the facts are guesses. */
  readonly status: 'ACTIVE' | 'LEGACY' | 'UNKNOWN';
}

export const DEFAULT_VOYAGE_MODEL = 'voyage-3-large';

const DIMENSIONS = 1_024;
const WINDOW = 32_000;

/**
 * Facts from Voyage's reference of the embeddings endpoint (docs.voyageai.com) and MongoDB's pages of models, prices and
 * their lifecycle (voyage-pricing, lifecycle), as of 2026-11-21. The tokens per request of voyage-code-4 aren't stated:
 * they are taken to be those of voyage-code-3.
 */
export const VOYAGE_MODELS: readonly VoyageModel[] = [
  model('voyage-4-large', 'ACTIVE', 120_000, 0.12),
  model('voyage-4', 'ACTIVE', 320_000, 0.06),
  model('voyage-4-lite', 'ACTIVE', 1_000_000, 0.02),
  model('voyage-code-4', 'ACTIVE', 120_000, null),
  model('voyage-3-large', 'LEGACY', 120_000, 0.18),
  model('voyage-3.5', 'LEGACY', 320_000, 0.06),
  model('voyage-3.5-lite', 'LEGACY', 1_000_000, 0.02),
  model('voyage-code-3', 'LEGACY', 120_000, 0.18),
  { ...model('voyage-finance-2', 'LEGACY', 120_000, 0.12), isResizable: false },
  { ...model('voyage-law-2', 'LEGACY', 120_000, 0.12), isResizable: false, window: 16_000 },
];

/** The facts of a model. One that isn't in the list is taken to be like most: an answer of other dimensions is refused. */
export function voyageModel(name: string): VoyageModel {
  const known = VOYAGE_MODELS.find((each) => each.name === name);
  return known ?? { ...model(name, 'UNKNOWN', 120_000, null), isResizable: false, window: 16_000 };
}

function model(
  name: string,
  status: VoyageModel['status'],
  requestTokens: number,
  dollarsPerMillion: number | null,
): VoyageModel {
  return { name, dimensions: DIMENSIONS, isResizable: true, window: WINDOW, requestTokens, dollarsPerMillion, status };
}
