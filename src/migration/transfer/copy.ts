import type { Store } from '../../storage/store.js';
import type { RejectHandler } from '../errors.js';
import { overlapping, pagesOf, readAhead, type StreamPage, streamsFrom } from './pages.js';
import { documentsAsOf, logUpTo } from './record-stream.js';
import { createTransfer } from './transfer.js';

/** Where a walk over both sides is: in which collection, or `log`, and after which id or number. */
export interface At {
  readonly collection: string;
  /** Null: at its start. */
  readonly after: string | null;
}

export interface CopyOptions {
  readonly source: Store;
  readonly target: Store;
  /** The target's, negative. */
  readonly epoch: number;
  /** How many documents, or entries, are written at a time. */
  readonly batchSize: number;
  /** Where to go on, as a step said; null: from the start. */
  readonly from: At | null;
  /** The last entry of the log that is copied: its head when copying began. What came later is replayed. */
  readonly until: number;
  /** An id made when copying began: what was created since isn't copied, but replayed. Left out: what there is is copied. */
  readonly bound?: string | undefined;
  readonly onReject: RejectHandler;
  readonly signal?: AbortSignal | undefined;
}

/** What was written since the step before. */
export interface CopyStep {
  /** Everything up to there is durable at the target: a checkpoint. */
  readonly at: At;
  /** Records or entries; those that were rejected aren't among them. */
  readonly copied: number;
  /** About, as JSON. */
  readonly bytes: number;
}

/** So many pages of documents are written at a time: while a store syncs one, the next is on its way to it, or joins it. */
const LANES = 2;

/**
 * Copies every document in the order of collections and ids, then the log's entries, while writers go on: what they change
 * is replayed afterwards. Copying again from any step gives the same.
 * @throws the signal's reason, what `onReject` throws, RouteChangedError, StoreError
 */
export async function* copy(options: CopyOptions): AsyncGenerator<CopyStep> {
  const { source, target, epoch, batchSize, from, until, bound, onReject, signal } = options;
  const streams = streamsFrom([...documentsAsOf(source, until, bound), logUpTo(until)], from?.collection);
  const write = (page: StreamPage) => writePage(options, page);
  // While pages are written, the next is read.
  const pages = untilAborted(readAhead(pagesOf(source, streams, from?.after ?? null, batchSize)), signal);
  // Whoever follows the target's log must not see an entry before those that come before it.
  yield* overlapping(pages, write, ({ stream }) => (stream.isLog ? 1 : LANES));
  signal?.throwIfAborted();
  const { floor } = await source.log.head();
  if (floor === 0) return;
  const transfer = createTransfer({ source, target, epoch, onReject });
  await transfer.write({ items: [], removed: [], floor: Math.min(floor, until) });
}

async function writePage(
  { source, target, epoch, onReject }: CopyOptions,
  { stream, items }: StreamPage,
): Promise<CopyStep> {
  let rejected = 0;
  const transfer = createTransfer({
    source,
    target,
    epoch,
    onReject: async (reject) => {
      await onReject(reject);
      rejected += 1;
    },
  });
  await transfer.write({ items, removed: [] });
  return {
    at: { collection: stream.name, after: items.at(-1)!.key },
    copied: Math.max(0, items.length - rejected),
    bytes: items.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

async function* untilAborted<T>(pages: AsyncGenerator<T>, signal: AbortSignal | undefined): AsyncGenerator<T> {
  for await (const page of pages) {
    signal?.throwIfAborted();
    yield page;
  }
}
