import { memories } from '../storage/collections.js';
import type { Store } from '../storage/store.js';
import { settlesWithin } from '../util/async.js';
import { lengthClass } from './index/length-class.js';
import type { ProjectIndex } from './index/project-index.js';

/** How long a search waits for the log to be applied, in ms: about what a person takes for at once. */
const PATIENCE_MS = 150;
/**
 * How long it waits for a few pending vectors, in ms. With the model loaded that takes some 20; the first search after a
 * start also waits for the model, which is better than an answer that misses what was just saved.
 */
const PENDING_PATIENCE_MS = 1_000;
/** Nor is what is longer: more than 16 KB. */
const SHORT = lengthClass(16_384);
/** More waiting memories than this aren't embedded in that time. */
const FEW = 16;
/** More entries than this aren't applied in that time. */
const MAX_LAG = 2_000;
/** How often the file is looked at for what another process embeds, in ms. */
const LOOK_MS = 20;

/** Applies what the log has since. When that is a lot, or the first build, it goes on after the search was answered. */
export async function catchUpInTime({ feed }: ProjectIndex): Promise<void> {
  const calmDown = feed.hurry();
  try {
    const caughtUp = feed.catchUp();
    caughtUp.catch(() => {});
    if (await settlesWithin(caughtUp, PATIENCE_MS)) return;
    if (!feed.isBuilding() && (await feed.lag()) <= MAX_LAG) await caughtUp;
  } finally {
    calmDown();
  }
}

/** Waits a little for the vectors of the few memories that were just saved, so that who wrote them finds them. */
export async function awaitFewPending({ embeddings, indexer }: ProjectIndex): Promise<void> {
  const end = performance.now() + PENDING_PATIENCE_MS;
  for (let isFirst = true; ; isFirst = false) {
    const waiting = embeddings.untried(FEW + 1, SHORT);
    const left = end - performance.now();
    if (waiting === 0 || waiting > FEW || left <= 0 || indexer.isResting()) return;
    if (isFirst) indexer.wake();
    await settlesWithin(indexer.progress(), Math.min(LOOK_MS, left));
  }
}

/** How many memories vectors don't find yet. */
export async function countPending({ file, embeddings, feed, records }: ProjectIndex, store: Store): Promise<number> {
  const { waiting, isBuilding } = file.read(() => ({ waiting: embeddings.pending(), isBuilding: feed.isBuilding() }));
  if (!isBuilding) return waiting;
  const stored = await store.collection(memories).count();
  return waiting + Math.max(0, stored - records.count('memories'));
}
