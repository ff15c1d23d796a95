/**
 * A stream of values that is polled, without a promise for each value. Where thousands wait for the same value, their promises
 * are most of what it costs.
 */
export interface Polled<T> {
  /**
   * The next value. Null while there is none: then `wake` is called once, as soon as there may be one. Only one caller polls
   * at a time.
   * @throws what the source fails with; after that it is done
   */
  poll(wake: () => void): IteratorResult<T, void> | null;
  /** Ends the stream at once, whatever it waits for, and wakes a caller that waits. */
  end(): void;
}

/** The end of a stream. */
export const DONE: IteratorReturnResult<void> = { done: true, value: undefined };

/** A polled stream that can also be iterated by promises. */
export type PolledIterator<T> = Polled<T> & AsyncGenerator<T, void, void>;

/** Makes a polled stream iterable by promises as well. Only one caller waits at a time, by either. */
export function iterated<T>(polled: Polled<T>): PolledIterator<T> {
  return new Iterated(polled);
}

/** A class, as thousands live at a time: they share their methods. */
class Iterated<T> implements PolledIterator<T> {
  constructor(readonly polled: Polled<T>) {}

  poll(wake: () => void): IteratorResult<T, void> | null {
    return this.polled.poll(wake);
  }

  end(): void {
    this.polled.end();
  }

  next(): Promise<IteratorResult<T, void>> {
    return new Promise((resolve, reject) => {
      let isWaiting = true;
      const ask = () => {
        // Woken again, it would take a value that nobody receives.
        if (!isWaiting) return;
        try {
          const found = this.polled.poll(ask);
          isWaiting = !found;
          if (found) resolve(found);
        } catch (error) {
          isWaiting = false;
          reject(error);
        }
      };
      ask();
    });
  }

  async return(): Promise<IteratorResult<T, void>> {
    this.polled.end();
    return DONE;
  }

  async throw(error: unknown): Promise<IteratorResult<T, void>> {
    this.polled.end();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/** Any source as a polled stream; one that can only be iterated is iterated. */
export function polledFrom<T>(source: AsyncIterable<T>): Polled<T> {
  return source instanceof Iterated ? (source.polled as Polled<T>) : fromIterator(source[Symbol.asyncIterator]());
}

function fromIterator<T>(iterator: AsyncIterator<T>): Polled<T> {
  let wakeUp = () => {};
  let isOver = false;
  const next = new PolledPromise<IteratorResult<T, unknown>>(() => wakeUp());
  return {
    poll(wake) {
      if (isOver) return DONE;
      let found: IteratorResult<T, unknown> | null;
      try {
        found = next.take();
      } catch (error) {
        isOver = true;
        throw error;
      }
      if (!found) {
        wakeUp = wake;
        if (!next.isPending) next.follow(iterator.next());
        return null;
      }
      isOver = found.done === true;
      return found.done ? DONE : found;
    },
    end() {
      if (isOver) return;
      isOver = true;
      // A generator that waits for something takes this only after it; nobody waits for that.
      iterator.return?.().catch(() => undefined);
      wakeUp();
    },
  };
}

/**
 * A promise as polled state: its outcome is taken once it has settled, without awaiting. It follows one promise after the
 * other, with no closure for each, as thousands live at a time.
 */
export class PolledPromise<T> {
  /** Whether the promise hasn't settled. */
  isPending = false;
  private value: T | null = null;
  private failure: { readonly error: unknown } | null = null;

  /** @param onSettled called once for each promise, when its outcome can be taken */
  constructor(private readonly onSettled: () => void) {}

  /** Follows a promise. The outcome of the one before must have been taken. */
  follow(promise: Promise<T>): void {
    this.isPending = true;
    promise.then(this.fulfil, this.reject);
  }

  /** The value that the promise resolved with, once; null when there is none to take. @throws what it rejected with, once */
  take(): T | null {
    const { value, failure } = this;
    this.value = null;
    this.failure = null;
    if (failure) throw failure.error;
    return value;
  }

  private readonly fulfil = (value: T): void => {
    this.value = value;
    this.settle();
  };

  private readonly reject = (error: unknown): void => {
    this.failure = { error };
    this.settle();
  };

  private settle(): void {
    this.isPending = false;
    this.onSettled();
  }
}
