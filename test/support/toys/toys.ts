import { once, setMaxListeners } from 'node:events';
import { NotFoundError } from '../../../src/domain/errors.js';
import type { Caller } from '../../../src/server/http/actor.js';

/** What the toy's resolvers work with. */
export interface ToyContext {
  readonly caller: Caller;
  readonly toys: Toys;
}

/** Controls for tests. */
export interface Toys {
  /** Sends an event to every subscriber. */
  publish(event: number | Error): void;
  /** How many generators are running. */
  readonly followers: number;
  /** Blocks `slow` until called. */
  release(): void;
  /** Resolves when `slow` has begun. */
  readonly slowBegan: Promise<void>;
}

/** What the resolvers see of them. */
export interface Internals extends Toys {
  readonly events: EventTarget;
  followers: number;
  begin(): void;
  readonly released: Promise<void>;
}

export function createToys(): Toys {
  const events = new EventTarget();
  setMaxListeners(0, events);
  const [released, release] = signal();
  const [slowBegan, begin] = signal();
  const toys: Internals = {
    events,
    followers: 0,
    publish: (detail) => void events.dispatchEvent(new CustomEvent('tick', { detail })),
    release,
    begin,
    released,
    slowBegan,
  };
  return toys;
}

function signal(): [Promise<void>, () => void] {
  let settle: (() => void) | undefined;
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return [settled, () => settle?.()];
}

/** Numbers at once up to `upTo`, or those that are published, until the signal. */
export async function* ticks(
  { upTo, bytes, fail }: { upTo?: number; bytes: number; fail?: boolean },
  { signal }: Caller,
  toys: Internals,
) {
  const load = 'x'.repeat(bytes);
  toys.followers++;
  try {
    if (fail) throw new NotFoundError('b404');
    if (upTo !== undefined) for (let n = 1; n <= upTo; n++) yield { n, load };
    else {
      const waiting: (number | Error)[] = [];
      const collect = (event: Event) => void waiting.push((event as CustomEvent<number | Error>).detail);
      toys.events.addEventListener('tick', collect);
      while (!signal.aborted) {
        for (const n of waiting.splice(0)) {
          if (n instanceof Error) throw n;
          yield { n, load };
        }
        if (waiting.length === 0) await once(toys.events, 'tick', { signal }).catch(() => undefined);
      }
      toys.events.removeEventListener('tick', collect);
    }
  } finally {
    toys.followers--;
  }
}
