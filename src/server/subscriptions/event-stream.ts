import { DONE, iterated, type Polled, type PolledIterator, polledFrom } from '../../util/polled.js';
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
  let isMaking = false;
  let made: EventResult | null = null;
  let failure: { readonly error: unknown } | null = null;
  let wakeUp = () => {};

  const end = () => {
    if (isOver) return;
    isOver = true;
    resolver.end();
    source.end();
  };
  const settle = () => {
    isMaking = false;
    wakeUp();
  };
  const make = (result: Promise<EventResult>) => {
    isMaking = true;
    result.then(
      (value) => {
        made = value;
        settle();
      },
      (error: unknown) => {
        failure = { error };
        settle();
      },
    );
  };
  // A source that is ended wakes who waits; where it ends because of an error, that is to be told first.
  const goOn = () => {
    if (!isOver) wakeUp();
  };
  const next = (): IteratorResult<WrittenResult, void> | null => {
    if (failure) throw failure.error;
    if (!made && !isMaking) {
      const event = source.poll(goOn);
      if (!event) return null;
      if (event.done) {
        end();
        return DONE;
      }
      const result = resolver.resolve(event.value);
      if (result instanceof Promise) make(result);
      else made = result;
    }
    if (!made) return null;
    const value = resolver.show(made);
    made = null;
    return { done: false, value };
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
