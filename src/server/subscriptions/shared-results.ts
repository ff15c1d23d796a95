import type { ExecutionResult } from 'graphql';
import { LIMITS } from '../execution/limits.js';
import type { WrittenResult } from './written-result.js';

/** Who asks for the results of events. */
export interface Follower {
  /** The same for all whose results of an event are the same. */
  readonly audience: string;
  /** How many results had been begun when it began to follow. */
  readonly since: number;
  /** Whether it doesn't wait any more. */
  readonly isGone: () => boolean;
}

/** One without errors is written for all of an audience. Errors are shown to each with its own request's id. */
export type EventResult = WrittenResult | ExecutionResult;

/** Makes the result of an event; nothing more of it once nobody waits for it. */
export type MakeResult = (isGone: () => boolean) => Promise<EventResult>;

/**
 * Results of events, each made once for all of an audience. One that was begun before a follower came isn't for that
 * follower: it may be older than what the follower has read. Results are kept for who asks later than others, the latest
 * as far as there is room, and none longer than its event.
 */
export interface SharedResults {
  /** How many were begun so far. */
  begun(): number;
  /** At once, when it was made for another. @throws what `make` throws */
  of(event: unknown, follower: Follower, make: MakeResult): EventResult | Promise<EventResult>;
}

interface Shared {
  readonly number: number;
  result: EventResult | Promise<EventResult>;
  /** Followers that wait for it; empty once it is made. */
  readonly waiting: Follower[];
}

type ResultsOfEvent = Map<string, Shared>;

interface Kept {
  /** Held by the event alone: what was purged isn't in memory any more. */
  readonly results: WeakRef<ResultsOfEvent>;
  readonly audience: string;
  readonly number: number;
  readonly chars: number;
}

/** What a result takes beside its text, in characters. */
const PER_RESULT = 500;

export function createSharedResults(): SharedResults {
  const events = new WeakMap<object, ResultsOfEvent>();
  const kept = new Set<Kept>();
  let chars = 0;
  let begun = 0;

  function begin(results: ResultsOfEvent, follower: Follower, make: MakeResult): Promise<EventResult> {
    const { audience } = follower;
    begun += 1;
    const number = begun;
    const waiting = [follower];
    const isGone = () => {
      while (waiting.at(-1)?.isGone()) waiting.pop();
      // It is left unfinished, so it is nothing for who comes later.
      if (waiting.length === 0) forget(results, audience, number);
      return waiting.length === 0;
    };
    const result = make(isGone);
    const shared: Shared = { number, result, waiting };
    results.set(audience, shared);
    result.then(
      (made) => {
        waiting.length = 0;
        shared.result = made;
        if ('stringify' in made) keep(results, audience, number, made.stringify().length);
        else forget(results, audience, number);
      },
      () => forget(results, audience, number),
    );
    return result;
  }

  function keep(results: ResultsOfEvent, audience: string, number: number, length: number): void {
    const size = length + PER_RESULT;
    kept.add({ results: new WeakRef(results), audience, number, chars: size });
    chars += size;
    for (const oldest of kept) {
      if (chars <= LIMITS.sharedChars) return;
      kept.delete(oldest);
      chars -= oldest.chars;
      forget(oldest.results.deref(), oldest.audience, oldest.number);
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
      const found = results.get(follower.audience);
      if (!found || found.number <= follower.since) return begin(results, follower, make);
      if (found.waiting.length > 0) found.waiting.push(follower);
      return found.result;
    },
  };
}

function forget(results: ResultsOfEvent | undefined, audience: string, number: number): void {
  if (results?.get(audience)?.number === number) results.delete(audience);
}
