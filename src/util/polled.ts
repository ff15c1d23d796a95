/**
 * Values that come one after the other, asked for without a promise for each. Where thousands wait for the same value,
 * their promises are most of what it costs.
 */
export interface Polled<T> {
  /**
   * What is next, if it is there. Null while it isn't: then `wake` is called once, as soon as it may be. Only one asks at
   * a time.
   * @throws what the source fails with; after that it is done
   */
  poll(wake: () => void): IteratorResult<T, void> | null;
  /** Ends it at once, whatever it waits for; who waits is woken. */
  end(): void;
}

/** Nothing more comes. */
export const DONE: IteratorReturnResult<void> = { done: true, value: undefined };

/** Polled values, for those too who wait for them by promises. */
export type PolledIterator<T> = Polled<T> & AsyncGenerator<T, void, void>;

/** Lets polled values be waited for by promises too. Only one waits at a time, by either. */
export function iterated<T>(polled: Polled<T>): PolledIterator<T> {
  return new Iterated(polled);
}

/** Thousands of them live at a time: its methods are there once. */
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
        // Woken once more, it would take a value that nobody gets.
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

/** The values of any source, by promises where it knows nothing else. */
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
 * The outcome of one promise after the other, to be taken when it is there. Thousands live at a time, and each follows many
 * promises: it is one object, and makes nothing for each.
 */
export class PolledPromise<T> {
  /** Whether the promise that it follows hasn't settled. */
  isPending = false;
  private value: T | null = null;
  private failure: { readonly error: unknown } | null = null;

  /** @param onSettled called once for each promise, when its outcome can be taken */
  constructor(private readonly onSettled: () => void) {}

  /** Follows a promise; one at a time, and the outcome of the one before is taken. */
  follow(promise: Promise<T>): void {
    this.isPending = true;
    promise.then(this.fulfil, this.reject);
  }

  /** What the promise resolved with, once; null while there is nothing to take. @throws what it rejected with, once */
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
