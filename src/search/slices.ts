import { setImmediate as nextTurn } from 'node:timers/promises';
import type { IndexFile } from './index-file.js';

/** The longest that work in the background holds the event loop at a time, in ms: a fifth of the 20 ms that a request may feel. */
export const SLICE_MS = 4;
/** So much of it is for writing, in ms; the rest is for committing what was written. */
const WRITING_MS = SLICE_MS * 0.7;

/** Lets everybody else have a turn. */
export async function pause(): Promise<void> {
  await nextTurn();
}

/** A claim that there is time left in this slice, which begins now. */
export function startSlice(ms = SLICE_MS): () => boolean {
  const end = performance.now() + ms;
  return () => performance.now() < end;
}

export interface SlicedWrite<T> {
  readonly items: readonly T[];
  /** Whether the items still hold, asked inside each transaction. */
  readonly isValid: () => boolean;
  readonly apply: (item: T) => void;
  /** Notes in the same transaction how many of the items are written. */
  readonly mark: (done: number) => void;
  /** What comes between two slices. Left out: everybody else's turn. */
  readonly rest?: (() => Promise<void>) | undefined;
}

/** Writes items in transactions of one slice each. False when they no longer hold: what wasn't written by then isn't. */
export async function writeInSlices<T>(
  file: IndexFile,
  { items, isValid, apply, mark, rest = pause }: SlicedWrite<T>,
): Promise<boolean> {
  let done = 0;
  const writeSlice = (): boolean => {
    if (!isValid()) return false;
    const hasTime = startSlice(WRITING_MS);
    do {
      const item = items[done];
      if (item === undefined) break;
      apply(item);
      done += 1;
    } while (hasTime());
    mark(done);
    return true;
  };
  while (file.write(writeSlice)) {
    if (done >= items.length) return true;
    await rest();
  }
  return false;
}
