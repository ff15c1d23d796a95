import type { Store } from '../../storage/store.js';
import type { RejectHandler } from '../errors.js';
import { overlapping, readAhead } from './page-scheduling.js';
import { pagesOf, type StreamPage, streamsFrom } from './pages.js';
import { documentsAsOf, logUpTo } from './record-stream.js';
import { createTransfer } from './transfer.js';

/** A position in a project's streams: the collection, or `log`, and the last id or number. */
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
  /** Documents or entries written at a time. */
  readonly batchSize: number;
  /** Where to resume, as the last step said; null: at the start. */
  readonly from: At | null;
  /** The last entry of the log to copy: its head when copying began. Later ones are replayed. */
  readonly until: number;
  /** An id made when copying began: what was created since is replayed instead. Left out: everything found is copied. */
  readonly bound?: string | undefined;
  readonly onReject: RejectHandler;
  readonly signal?: AbortSignal | undefined;
}

/** What was written since the previous step. */
export interface CopyStep {
  /** Everything up to there is durable at the target: a checkpoint. */
  readonly at: At;
  /** Records or entries, without the rejected ones. */
  readonly copied: number;
  /** Approximate size as JSON. */
  readonly bytes: number;
}

/** Pages of documents written at a time: while a store syncs one, the next arrives, or joins its transaction. */
const LANES = 2;

/**
 * Copies every document in the order of collections and ids, then the log's entries, while writers continue: their
 * changes are replayed afterwards. Copying again from any step has the same result.
 * @throws the signal's reason, what `onReject` throws, RouteChangedError, StoreError
 */
export async function* copy(options: CopyOptions): AsyncGenerator<CopyStep> {
  const { source, target, epoch, batchSize, from, until, bound, onReject, signal } = options;
  const streams = streamsFrom([...documentsAsOf(source, until, bound), logUpTo(until)], from?.collection);
  const write = (page: StreamPage) => writePage(options, page);
  // While pages are written, the next one is read.
  const pages = untilAborted(readAhead(pagesOf(source, streams, from?.after ?? null, batchSize)), signal);
  // Followers of the target's log must see its entries in order.
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
