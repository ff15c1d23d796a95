import { nextTurn } from '../../util/async.js';
import type { IndexFile } from './index-file.js';

/** The longest that background work holds the event loop at a time, in ms: a fifth of the 20 ms that a request may notice. */
export const SLICE_MS = 4;
/** The part of a slice used for writing, in ms; the rest is for the commit. */
const WRITING_MS = SLICE_MS * 0.7;

/** Starts a slice. Returns a function that says whether there is time left in it. */
export function startSlice(ms = SLICE_MS): () => boolean {
  const end = performance.now() + ms;
  return () => performance.now() < end;
}

/** Work in steps of a few milliseconds. */
export type Stepwise<T> = Generator<undefined, T>;

/** Runs all steps without yielding. */
export function allOf<T>(steps: Stepwise<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Runs the steps in slices, yielding between them. */
async function inSlices<T>(steps: Stepwise<T>): Promise<T> {
  for (;;) {
    const hasTime = startSlice();
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (hasTime());
    await nextTurn();
  }
}

export interface SlicedWrite<T, P> {
  readonly items: readonly T[];
  /** Computes something before an item is written, where that takes longer than a slice; null where nothing is needed. */
  readonly prepare?: (item: T) => Stepwise<P> | null;
  /** Whether the items are still valid; called in each transaction. */
  readonly isValid: () => boolean;
  /** Writes an item. `prepared`: the result of `prepare`. */
  readonly apply: (item: T, prepared: P | undefined) => void;
  /** Records, in the same transaction, how many items are written. */
  readonly mark: (done: number) => void;
  /** Called between slices. Left out, it yields. */
  readonly rest?: (() => Promise<void>) | undefined;
}

/** Writes items in transactions of one slice each. False when the items became invalid: the remaining ones aren't written. */
export async function writeInSlices<T, P>(
  file: IndexFile,
  { items, prepare = () => null, isValid, apply, mark, rest = nextTurn }: SlicedWrite<T, P>,
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
    await file.writable();
    if (!file.write(() => writeSlice(prepared))) return false;
    if (done >= items.length) return true;
    await rest();
  }
}
