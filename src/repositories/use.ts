import type { LogEntry } from '../domain/log-entry.js';
import type { LogPosition } from '../domain/log-position.js';
import type { OpenProject } from '../modes/contract.js';
import type { CollectionSpec, Store } from '../storage/store.js';

/** Whether somebody uses an open project, and when somebody did last. */
export interface Use {
  /** Calls that are under way. */
  calls: number;
  /** Those who follow its log. */
  followers: number;
  /** In milliseconds of the monotonic clock. */
  lastAt: number;
}

export const newUse = (): Use => ({ calls: 0, followers: 0, lastAt: performance.now() });

/** Whether nobody has used it for `ms`. */
export function isUnused({ calls, followers, lastAt }: Use, ms: number): boolean {
  return calls === 0 && followers === 0 && performance.now() - lastAt >= ms;
}

/** What only waits, or ends it all, uses nothing. */
const UNCOUNTED = ['follow', 'settled', 'close'];

/** The same project, whose use is counted. `onFailure` is called with each error. */
export function counted({ store, search }: OpenProject, use: Use, onFailure: (error: unknown) => void): OpenProject {
  const count = <O extends object>(object: O): O => countCalls(object, use, onFailure);
  const collections = new Map<string, unknown>();
  const collection: Store['collection'] = (spec: CollectionSpec<never>) => {
    if (!collections.has(spec.name)) collections.set(spec.name, count(store.collection(spec)));
    return collections.get(spec.name) as never;
  };
  async function* follow(after: LogPosition, signal: AbortSignal): AsyncGenerator<readonly LogEntry[]> {
    use.followers += 1;
    try {
      yield* store.log.follow(after, signal);
    } finally {
      use.followers -= 1;
    }
  }
  return {
    store: {
      ...count({ ...store, collection: null }),
      collection,
      log: { ...count(store.log), follow },
    },
    search: { ...count(search), vectors: count(search.vectors) },
  };
}

/** An object whose functions give promises, with those of them counted that haven't settled. */
function countCalls<O extends object>(object: O, use: Use, onFailure: (error: unknown) => void): O {
  const members = Object.entries(object).map(([name, member]: [string, unknown]) => {
    if (typeof member !== 'function' || UNCOUNTED.includes(name)) return [name, member];
    return [
      name,
      async (...args: unknown[]) => {
        use.calls += 1;
        try {
          return await member(...args);
        } catch (error) {
          onFailure(error);
          throw error;
        } finally {
          use.calls -= 1;
          use.lastAt = performance.now();
        }
      },
    ];
  });
  return Object.fromEntries(members) as O;
}
