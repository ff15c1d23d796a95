import type { LogEntry } from '../domain/log-entry.js';
import type { LogPosition } from '../domain/log-position.js';
import type { OpenProject } from '../modes/contract.js';
import type { CollectionSpec, Store } from '../storage/store.js';

/** Whether an open project is in use, and when it last was. */
export interface Activity {
  /** Calls in progress. */
  calls: number;
  /** Followers of its log. */
  followers: number;
  /** In milliseconds of the monotonic clock. */
  lastAt: number;
}

export const newActivity = (): Activity => ({ calls: 0, followers: 0, lastAt: performance.now() });

/** Whether the project has not been in use for `ms`. */
export function isIdle({ calls, followers, lastAt }: Activity, ms: number): boolean {
  return calls === 0 && followers === 0 && performance.now() - lastAt >= ms;
}

/** Calls that only wait, or that close the project, are no use of it. */
const UNTRACKED = ['follow', 'settled', 'close'];

/** The same project, with its activity tracked. `onFailure` is called with each error. */
export function trackActivity(
  { store, search }: OpenProject,
  activity: Activity,
  onFailure: (error: unknown) => void,
): OpenProject {
  const track = <O extends object>(object: O): O => trackCalls(object, activity, onFailure);
  const collections = new Map<string, unknown>();
  const collection: Store['collection'] = (spec: CollectionSpec<never>) => {
    if (!collections.has(spec.name)) collections.set(spec.name, track(store.collection(spec)));
    return collections.get(spec.name) as never;
  };
  async function* follow(after: LogPosition, signal: AbortSignal): AsyncGenerator<readonly LogEntry[]> {
    activity.followers += 1;
    try {
      yield* store.log.follow(after, signal);
    } finally {
      activity.followers -= 1;
    }
  }
  return {
    store: {
      ...track({ ...store, collection: null }),
      collection,
      log: { ...track(store.log), follow },
    },
    search: { ...track(search), vectors: track(search.vectors) },
  };
}

/** An object with async functions, its unsettled calls counted. */
function trackCalls<O extends object>(object: O, activity: Activity, onFailure: (error: unknown) => void): O {
  const members = Object.entries(object).map(([name, member]: [string, unknown]) => {
    if (typeof member !== 'function' || UNTRACKED.includes(name)) return [name, member];
    return [
      name,
      async (...args: unknown[]) => {
        activity.calls += 1;
        try {
          return await member(...args);
        } catch (error) {
          onFailure(error);
          throw error;
        } finally {
          activity.calls -= 1;
          activity.lastAt = performance.now();
        }
      },
    ];
  });
  return Object.fromEntries(members) as O;
}
