import { DONE, iterated, type Polled, type PolledIterator, PolledPromise, polledFrom } from '../../util/polled.js';
import type { EventResult, SerializedResult } from './shared-results.js';

/** Results of a subscription as they come. */
export type Results = PolledIterator<SerializedResult>;

/** Resolves events for one follower. */
export interface EventResolver {
  /** Synchronous where it was made for another follower already. */
  resolve(event: unknown): EventResult | Promise<EventResult>;
  /** A result as this follower gets it. */
  show(result: EventResult): SerializedResult;
  /** The result that reports a failure of the source. */
  fail(error: unknown): SerializedResult;
  /** Why it must end now; null while it may go on. Nothing is shown after that. */
  interruption(): Error | null;
  /** Calls back once when there is an interruption. @returns stops that */
  onInterruption(wake: () => void): () => void;
  /** Called when it is over. */
  end(): void;
}

/**
 * Results of a source's events, each made on demand: a reader that doesn't read holds nothing. Ending it doesn't wait for the
 * next event. A source that fails ends with the error as its last result.
 */
export function mapEvents(source: Polled<unknown>, resolver: EventResolver): Results {
  let isOver = false;
  let wakeUp = () => {};
  const made = new PolledPromise<EventResult>(() => wakeUp());

  const end = () => {
    if (isOver) return;
    isOver = true;
    release();
    resolver.end();
    source.end();
  };
  // Ending the source wakes the reader; where an error ended it, the error is reported first.
  const resume = () => {
    if (!isOver) wakeUp();
  };
  const show = (result: EventResult): IteratorResult<SerializedResult, void> => ({
    done: false,
    value: resolver.show(result),
  });
  const release = resolver.onInterruption(() => wakeUp());
  const next = (): IteratorResult<SerializedResult, void> | null => {
    const interruption = resolver.interruption();
    if (interruption) throw interruption;
    if (made.isPending) return null;
    const result = made.take();
    if (result) return show(result);
    const event = source.poll(resume);
    if (!event) return null;
    if (event.done) {
      end();
      return DONE;
    }
    const resolved = resolver.resolve(event.value);
    if (!(resolved instanceof Promise)) return show(resolved);
    made.follow(resolved);
    return null;
  };
  return iterated<SerializedResult>({
    poll(wake) {
      if (isOver) return DONE;
      wakeUp = wake;
      try {
        return next();
      } catch (error) {
        end();
        return { done: false, value: resolver.fail(error) };
      }
    },
    end() {
      end();
      wakeUp();
    },
  });
}

/** Sends JSON, and calls back when the operating system has accepted it. */
export type Send = (json: string, sent: () => void) => void;

/**
 * Sends results as they come, each when the previous one is sent, and yields none: for a protocol that would serialize each of
 * them again.
 * @param send for a result that arrives while the client waits
 * @param sendInTurn for a result that is ready when the previous one is sent: a client that lags behind takes its turn
 */
export function sendResults(results: Results, send: Send, sendInTurn: Send): AsyncGenerator<never, void, void> {
  const source = polledFrom(results);
  let isSending = false;
  let wakeUp = () => {};
  const advance = (by: Send): IteratorReturnResult<void> | null => {
    if (isSending) return null;
    const result = source.poll(woken);
    if (!result || result.done) return result;
    isSending = true;
    by(result.value.stringify(), sent);
    return null;
  };
  const woken = () => {
    if (advance(send)) wakeUp();
  };
  const sent = () => {
    isSending = false;
    if (advance(sendInTurn)) wakeUp();
  };
  return iterated<never>({
    poll(wake) {
      wakeUp = wake;
      return advance(sendInTurn);
    },
    end: () => source.end(),
  });
}
