import type { Memory } from '../../domain/memory.js';
import type { Estimate } from '../../domain/migration.js';
import type { ModeDescription, OpenProject } from '../../modes/contract.js';
import { memories } from '../../storage/collections.js';
import { LOG, SPECS } from '../transfer/record-stream.js';
import { bytesOf, type Rates, type Sample, type Trial } from './trial.js';

/** The counts of a project, and a sample of its records. */
export interface Survey {
  /** Records of each collection, deleted ones included, and entries of the `log`. */
  readonly counts: ReadonlyMap<string, number>;
  /** Memories that have vectors, or are waiting for them. */
  readonly vectors: number;
  readonly sample: Sample;
}

/** The embedding models of both sides of a move. */
export interface Models {
  readonly from: ModeDescription;
  readonly to: ModeDescription;
  /** How long one tiny embedding took when the target was checked, in ms; null when none was made. */
  readonly pingMs: number | null;
}

/**
 * English has about five bytes to a token and code four (the tokenizers of Voyage AI): an estimate too high rather than too
 * low.
 */
const BYTES_PER_TOKEN = 4;
/** Bytes of text that all-MiniLM-L6-v2 embeds a second in this process, as measured on two cores. */
const LOCAL_BYTES_PER_SECOND = 57_000;
/** Tokens a second of voyage-3-large within the provider's basic limit: 3 million a minute (docs.voyageai.com, rate limits). */
const PAID_TOKENS_PER_SECOND = 50_000;
/** Texts in one request, and concurrent requests, as the Voyage AI embedder sends them. */
const TEXTS_PER_REQUEST = 100;
const REQUESTS_AT_ONCE = 4;

/** Counts a project's records and the memories to embed. @throws StoreError */
export async function countProject({ store, search }: OpenProject): Promise<Omit<Survey, 'sample'>> {
  const counts = new Map<string, number>();
  for (const spec of SPECS) counts.set(spec.name, await store.collection(spec).count([], 'INCLUDE'));
  counts.set(LOG, (await store.log.head()).seq);
  const live = await store.collection(memories).count();
  // The index is derived: if it can't say what it skipped, that must not prevent the move.
  const skipped = await search.counts().then(
    (found) => found.skipped,
    () => 0,
  );
  return { counts, vectors: Math.max(0, live - skipped) };
}

/** Estimates a move. `trial`: null when none could be made; the time is then unknown. */
export function makeEstimate(survey: Survey | null, models: Models, trial: Trial | null): Estimate {
  const { from, to } = models;
  const isSameModel = from.embedder.name === to.embedder.name;
  const base = { isSameModel, fromModel: from.embedder.name, toModel: to.embedder.name };
  if (!survey) return { ...base, collections: [], bytes: 0, vectors: 0, tokens: 0, dollars: null, seconds: null };
  const collections = [...survey.counts].map(([name, records]) => ({
    name,
    records,
    bytes: Math.round(records * averageBytes(survey.sample, name)),
  }));
  const embedding = embeddingOf(survey, models);
  return {
    ...base,
    collections,
    bytes: collections.reduce((sum, { bytes }) => sum + bytes, 0),
    vectors: survey.vectors,
    tokens: embedding.tokens,
    dollars: embedding.dollars,
    seconds: trial && Math.ceil(copySeconds(survey, trial) + embedding.seconds),
  };
}

/** The largest record or entry of the sample, in bytes; null when the sample is empty. */
export function largestOf({ documents, entries }: Sample): { readonly id: string; readonly bytes: number } | null {
  const all = [
    ...documents.map(({ document }) => ({ id: document.id, bytes: bytesOf(document) })),
    ...entries.map((entry) => ({ id: entry.recordId, bytes: bytesOf(entry) })),
  ];
  return all.reduce<(typeof all)[number] | null>((a, b) => (a && a.bytes >= b.bytes ? a : b), null);
}

function averageBytes({ documents, entries }: Sample, collection: string): number {
  if (collection === LOG) return average(entries.map(bytesOf));
  return average(documents.filter((each) => each.collection === collection).map(({ document }) => bytesOf(document)));
}

/** The cost of making the vectors: nothing when they are copied. */
export function embeddingOf(
  { sample, vectors }: Survey,
  { from, to, pingMs }: Models,
): { readonly tokens: number; readonly dollars: number | null; readonly seconds: number } {
  if (from.embedder.name === to.embedder.name || vectors === 0) return { tokens: 0, dollars: 0, seconds: 0 };
  const contents = sample.documents
    .filter(({ collection, document }) => collection === memories.name && document.deletedAt === null)
    .map(({ document }) => Buffer.byteLength((document as Memory).content));
  const bytes = vectors * average(contents);
  const price = to.dollarsPerMillion;
  if (price === 0) return { tokens: 0, dollars: 0, seconds: bytes / LOCAL_BYTES_PER_SECOND };
  const tokens = Math.ceil(bytes / BYTES_PER_TOKEN);
  const rounds = Math.ceil(vectors / TEXTS_PER_REQUEST / REQUESTS_AT_ONCE);
  const seconds = Math.max((rounds * (pingMs ?? 0)) / 1_000, tokens / PAID_TOKENS_PER_SECOND);
  return { tokens, dollars: price === null ? null : (tokens * price) / 1_000_000, seconds };
}

/** Copying is as fast as the slower side, and so is comparing, which reads both. */
function copySeconds({ counts, sample }: Survey, { write, read }: Trial): number {
  const entries = counts.get(LOG) ?? 0;
  const documents = [...counts.values()].reduce((sum, count) => sum + count, 0) - entries;
  const at = (a: Rates, b: Rates) =>
    documents / Math.min(a.documents, b.documents) + entries / Math.min(a.entries, b.entries);
  return at(sample.read, write) + at(sample.read, read);
}

function average(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
