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

/** Work in steps of some milliseconds at most. */
export type Stepwise<T> = Generator<undefined, T>;

/** Does all steps at once. */
export function allOf<T>(steps: Stepwise<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Does as many steps at a time as a slice holds. */
export async function inSlices<T>(steps: Stepwise<T>): Promise<T> {
  for (;;) {
    const hasTime = startSlice();
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (hasTime());
    await pause();
  }
}

export interface SlicedWrite<T, P> {
  readonly items: readonly T[];
  /** What is worked out before an item is written, when that takes longer than a slice; null when nothing is. */
  readonly prepare?: (item: T) => Stepwise<P> | null;
  /** Whether the items still hold, asked inside each transaction. */
  readonly isValid: () => boolean;
  /** Writes an item. `prepared`: what was worked out for it. */
  readonly apply: (item: T, prepared: P | undefined) => void;
  /** Notes in the same transaction how many of the items are written. */
  readonly mark: (done: number) => void;
  /** What comes between two slices. Left out: everybody else's turn. */
  readonly rest?: (() => Promise<void>) | undefined;
}

/** Writes items in transactions of one slice each. False when they no longer hold: what wasn't written by then isn't. */
export async function writeInSlices<T, P>(
  file: IndexFile,
  { items, prepare = () => null, isValid, apply, mark, rest = pause }: SlicedWrite<T, P>,
): Promise<boolean> {
  let done = 0;
  const isNextPrepared = (): boolean => prepare(items[done]!) !== null;
  const writeSlice = (prepared: P | undefined): boolean => {
    if (!isValid()) return false;
    const hasTime = startSlice(WRITING_MS);
    let own = prepared;
    while (done < items.length) {
      apply(items[done]!, own);
      own = undefined;
      done += 1;
      if (!hasTime() || (done < items.length && isNextPrepared())) break;
    }
    mark(done);
    return true;
  };
  for (;;) {
    const steps = done < items.length ? prepare(items[done]!) : null;
    const prepared = steps ? await inSlices(steps) : undefined;
    if (!file.write(() => writeSlice(prepared))) return false;
    if (done >= items.length) return true;
    await rest();
  }
}
