import type { ExecutionResult } from 'graphql';
import { LIMITS } from '../limits.js';

/** A receiver of the results of events. */
export interface Follower {
  /** Equal for all followers whose results of an event are the same. */
  readonly resultKey: string;
  /** How many results had been begun when it began to follow. */
  readonly since: number;
  /** Whether it no longer waits. */
  readonly isGone: () => boolean;
}

/** A result that is serialized once, however many clients it is sent to. It must not be changed. */
export interface SerializedResult extends ExecutionResult {
  /** Its JSON, errors last. Yoga calls it by this name. */
  stringify(): string;
}

/** One without errors is shared, as JSON, by all with its key. Errors are shown to each follower with its own request id. */
export type EventResult = SerializedResult | ExecutionResult;

/** Makes the result of an event; stops once nobody waits for it. */
export type MakeResult = (isGone: () => boolean) => Promise<EventResult>;

/**
 * Results of events, each made once per result key. One that was begun before a follower came isn't for that follower: it may
 * be older than what the follower has read. The latest results are kept for slower followers, up to a total size, and none
 * longer than its event.
 */
export interface SharedResults {
  /** How many have been begun so far. */
  begun(): number;
  /** Synchronous when it was made for another follower already. @throws what `make` throws */
  of(event: unknown, follower: Follower, make: MakeResult): EventResult | Promise<EventResult>;
}

interface Shared {
  readonly number: number;
  result: EventResult | Promise<EventResult>;
  /** Followers waiting for it; empty once it is made. */
  readonly waiting: Follower[];
}

type ResultsOfEvent = Map<string, Shared>;

interface Kept {
  /** Held only by the event: once that is purged, it leaves memory. */
  readonly results: WeakRef<ResultsOfEvent>;
  readonly resultKey: string;
  readonly number: number;
  readonly chars: number;
}

/** Memory of a result in addition to its text, counted in characters. */
const PER_RESULT = 500;

export function createSharedResults(): SharedResults {
  const events = new WeakMap<object, ResultsOfEvent>();
  const kept = new Set<Kept>();
  let chars = 0;
  let begun = 0;

  function begin(results: ResultsOfEvent, follower: Follower, make: MakeResult): Promise<EventResult> {
    const { resultKey } = follower;
    begun += 1;
    const number = begun;
    const waiting = [follower];
    const isGone = () => {
      while (waiting.at(-1)?.isGone()) waiting.pop();
      // It stays unfinished, so later followers can't use it.
      if (waiting.length === 0) forget(results, resultKey, number);
      return waiting.length === 0;
    };
    const result = make(isGone);
    const shared: Shared = { number, result, waiting };
    results.set(resultKey, shared);
    result.then(
      (made) => {
        waiting.length = 0;
        shared.result = made;
        if ('stringify' in made) keep(results, resultKey, number, made.stringify().length);
        else forget(results, resultKey, number);
      },
      () => forget(results, resultKey, number),
    );
    return result;
  }

  function keep(results: ResultsOfEvent, resultKey: string, number: number, length: number): void {
    const size = length + PER_RESULT;
    kept.add({ results: new WeakRef(results), resultKey, number, chars: size });
    chars += size;
    for (const oldest of kept) {
      if (chars <= LIMITS.sharedChars) return;
      kept.delete(oldest);
      chars -= oldest.chars;
      forget(oldest.results.deref(), oldest.resultKey, oldest.number);
    }
  }

  return {
    begun: () => begun,
    of(event, follower, make) {
      if (typeof event !== 'object' || event === null) return make(follower.isGone);
      let results = events.get(event);
      if (!results) {
        results = new Map();
        events.set(event, results);
      }
      const found = results.get(follower.resultKey);
      if (!found || found.number <= follower.since) return begin(results, follower, make);
      if (found.waiting.length > 0) found.waiting.push(follower);
      return found.result;
    },
  };
}

function forget(results: ResultsOfEvent | undefined, resultKey: string, number: number): void {
  if (results?.get(resultKey)?.number === number) results.delete(resultKey);
}

export function serializedOnce({ errors, ...rest }: ExecutionResult): SerializedResult {
  const result = errors ? { ...rest, errors } : rest;
  let text: string | undefined;
  return {
    ...result,
    stringify: () => {
      text ??= JSON.stringify(result);
      return text;
    },
  };
}
