import type { LogEntry } from '../domain/log-entry.js';
import type { LogPosition } from '../domain/log-position.js';
import { manifestOf, type Project } from '../domain/project.js';
import type { RecordBase } from '../domain/record.js';
import type { OpenProject, ProjectStorage } from '../modes/contract.js';
import type { VectorDonor } from '../search/vectors/vector-index.js';
import type { Collection, CollectionSpec, Store } from '../storage/store.js';
import type { JsonObject } from '../util/json/json.js';

/** One store of a project that is open, or being opened. */
export interface OpenEntry {
  readonly project: Project;
  readonly opened: Promise<OpenProject>;
  /** The greatest epoch that it was requested with and was verified to be the stored one. */
  epoch: number;
  readonly activity: Activity;
  /** Whether opening has finished. */
  isOpen: boolean;
  /** Whether it counts towards the limit of open stores. */
  isCounted: boolean;
  /** Whether its index had work left at the last check. */
  isIndexing: boolean;
  donor: VectorDonor | undefined;
  manifest: ManifestState;
}

/** How long an idle project's index may take to report that it has no work left, in milliseconds. */
const SETTLING_MS = 200;

/** Whether the search has no work left. */
export async function hasSettled({ search }: OpenProject): Promise<boolean> {
  const patience = AbortSignal.timeout(SETTLING_MS);
  // An unusable index does nothing that closing would interrupt.
  return search.settled(patience).then(
    () => !patience.aborted,
    () => true,
  );
}

/**
 * Whether another process removed the opened store, and another one is stored at its place now: of a project that moved away
 * and came back. That one has a later epoch, or a migration's; the open one can only be ahead of the stored epoch.
 */
export async function wasReplaced({ project, opened }: OpenEntry, storage: ProjectStorage): Promise<boolean> {
  try {
    const { store } = await opened;
    const before = await store.epoch();
    const stored = await storage.find(project);
    if (!stored || before !== (await store.epoch())) return false;
    return stored.epoch > before || (stored.epoch < 0 && before > 0);
  } catch {
    // The next read or write reports the error.
    return false;
  }
}

/** A donor that stands for the one that the entry has at the time of the call. */
export function donorOf(entry: OpenEntry): VectorDonor {
  return {
    get model() {
      return entry.donor?.model ?? '';
    },
    read: async (hashes) => (await entry.donor?.read(hashes)) ?? new Map(),
    copyIndex: async (path, purpose, signal) => (await entry.donor?.copyIndex?.(path, purpose, signal)) ?? false,
  };
}

/** Closes the search, then the store, once its manifest is written. */
export async function closeEntry({ opened, manifest }: OpenEntry): Promise<void> {
  const open = await opened.catch(() => null);
  if (!open) return;
  await manifest.written;
  await open.search.close().finally(() => open.store.close());
}

/** Which version of a project's record an open store's manifest was last brought up to. */
export interface ManifestState {
  readonly of: { readonly version: number; readonly updatedAt: string };
  /** Resolves when the manifest is written, or couldn't be. */
  readonly written: Promise<void>;
}

/**
 * Writes the store's copy of its project's record, unless that is as new already.
 * @param evenIfOlder for a project that was attached: its versions start again
 * @throws StoreError
 */
export async function writeManifest(store: Store, project: Project, { evenIfOlder = false } = {}): Promise<void> {
  const manifest = evenIfOlder ? null : await store.manifest();
  if (manifest && manifest.id === project.id && !isNewer(project, manifest)) return;
  await store.writeManifest(manifestOf(project));
}

/** Brings the manifest of a store up to its project's record once the store is open. */
export function refreshManifest(opened: Promise<OpenProject>, project: Project): ManifestState {
  // A manifest that can't be written (a read-only directory) must not prevent reading; the next opening tries again.
  const written = opened.then(({ store }) => writeManifest(store, project)).catch(() => undefined);
  const { version, updatedAt } = project;
  return { of: { version, updatedAt }, written };
}

/**
 * Whether a project's record is newer than one that was read before, or a copy of it. Times count too: a catalog restored to
 * an older state assigns the versions that it lost a second time.
 */
export function isNewer(project: Project, { version, updatedAt }: JsonObject): boolean {
  return project.version > Number(version) || project.updatedAt > String(updatedAt);
}

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
  const collection: Store['collection'] = <T extends RecordBase>(spec: CollectionSpec<T>) => {
    if (!collections.has(spec.name)) collections.set(spec.name, track(store.collection(spec)));
    return collections.get(spec.name) as Collection<T>;
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
