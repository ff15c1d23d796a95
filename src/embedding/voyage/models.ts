/** The properties of a model. Tokens are counted by Voyage's own tokenizers. */
export interface VoyageModel {
  readonly name: string;
  readonly dimensions: number;
  /** Whether a request can choose the dimensions. */
  readonly isResizable: boolean;
  /** The most tokens of one text. */
  readonly window: number;
  /** The most tokens of all texts in a request. */
  readonly requestTokens: number;
  /** List price per million tokens, in US dollars; null when unknown. */
  readonly dollarsPerMillion: number | null;
  /** `LEGACY`: still served, but superseded. `UNKNOWN`: not in this list, so the properties are guesses. */
  readonly status: 'ACTIVE' | 'LEGACY' | 'UNKNOWN';
}

const DIMENSIONS = 1_024;
const WINDOW = 32_000;

/**
 * From Voyage's reference of the embeddings endpoint (docs.voyageai.com) and MongoDB's pages on models, prices and their
 * lifecycle (voyage-pricing, lifecycle), as of 2026-11-21. The tokens per request of voyage-code-4 aren't documented: assumed to
 * be those of voyage-code-3.
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

/** The properties of a model. An unlisted one is assumed to be like most; a response with other dimensions is then an error. */
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
