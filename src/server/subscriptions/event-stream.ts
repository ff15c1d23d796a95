import { DONE, iterated, type Polled, type PolledIterator, PolledPromise, polledFrom } from '../../util/polled.js';
import type { EventResult } from './shared-results.js';
import type { WrittenResult } from './written-result.js';

/** Results of a subscription as they come. */
export type Results = PolledIterator<WrittenResult>;

/** What becomes of events for one follower. */
export interface EventResolver {
  /** At once, where another follower had it made. */
  resolve(event: unknown): EventResult | Promise<EventResult>;
  /** A result as this follower gets it. */
  show(result: EventResult): WrittenResult;
  /** What it gets when the source fails. */
  fail(error: unknown): WrittenResult;
  /** Called when it is over. */
  end(): void;
}

/**
 * Results of a source's events, each asked for when it is wanted: a reader that doesn't read holds nothing. Ending it
 * doesn't wait for the next event. A source that fails ends with the error as its last result.
 */
export function mapEvents(source: Polled<unknown>, resolver: EventResolver): Results {
  let isOver = false;
  let wakeUp = () => {};
  const made = new PolledPromise<EventResult>(() => wakeUp());

  const end = () => {
    if (isOver) return;
    isOver = true;
    resolver.end();
    source.end();
  };
  // A source that is ended wakes who waits; where it ends because of an error, that is to be told first.
  const goOn = () => {
    if (!isOver) wakeUp();
  };
  const show = (result: EventResult): IteratorResult<WrittenResult, void> => ({
    done: false,
    value: resolver.show(result),
  });
  const next = (): IteratorResult<WrittenResult, void> | null => {
    if (made.isPending) return null;
    const result = made.take();
    if (result) return show(result);
    const event = source.poll(goOn);
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
  return iterated<WrittenResult>({
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

/** Sends JSON, and calls back when the system took it. */
export type Send = (json: string, sent: () => void) => void;

/**
 * Sends results as they come, each when the one before is on its way, and gives none: for a protocol that would write each
 * of them again.
 * @param send what comes when it is waited for
 * @param sendInTurn what is there already when the one before is on its way: one that is behind leaves others their share
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
