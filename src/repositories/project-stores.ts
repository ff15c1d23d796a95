import { StoreError } from '../domain/errors.js';
import { type PlacedProject, placeKey, placeOf } from '../domain/place.js';
import type { Project, StorageMode } from '../domain/project.js';
import { areDescriptorsLeft } from '../files/descriptors.js';
import type { OpenOptions, OpenProject, ProjectStorage } from '../modes/contract.js';
import type { VectorDonor } from '../search/vectors/vector-index.js';
import { delay, withTimeout } from '../util/async.js';
import { createMutex } from '../util/mutex.js';
import { isNewer, writeManifest } from './manifest.js';
import { counted, isUnused, newUse, type Use } from './use.js';

/**
 * The stores of the projects that this process works with: each opened once, when it is first asked for. A project that
 * moves has one at each of its places, and none is in the way of another. Their number is bounded: those
 * that were used least recently are closed first; one that is in use, or followed, never is.
 */
export interface ProjectStores {
  /**
   * The open store at the place that the project's record names, its manifest as new as the record. A donor is lent to one
   * that is open already, too. @throws StoreError
   */
  get(project: Project, options?: OpenOptions): Promise<OpenProject>;
  /** Closes the stores of the project with this key, wherever they are. */
  letGo(projectKey: string): Promise<void>;
  /** Closes the one at the place that this record names, if it is open. */
  letGoAt(project: PlacedProject): Promise<void>;
  /** Closes those in this mode. They open again when they are asked for. */
  letGoOf(mode: StorageMode): Promise<void>;
  /**
   * Closes those that nobody has used for `idleMs`, nobody follows, and whose index has nothing to do.
   * They open again when they are asked for.
   */
  closeIdle(idleMs: number): Promise<void>;
  /** Closes all. Calling it again does nothing; opening afterwards is refused. */
  close(): Promise<void>;
}

/** How long an idle project's index may take to say that it has nothing to do, in milliseconds. */
const SETTLING_MS = 200;
/**
 * How many are open at once, unless more are used. One takes 9 file descriptors (LOCAL) or 12 (FILE), as counted in
 * `/proc/self/fd`, and a process may have some thousands: Node raises its limit to the hard one, often 4,096 or more.
 */
const MOST_OPEN = 200;
/** A request comes back to a project within this time, in milliseconds. */
const REST_MS = 1_000;
/** How long one that is opened waits for another to be closed, in milliseconds: then there are more. */
const PATIENCE_MS = 5_000;
/** How many are looked at for one to close. */
const CANDIDATES = 16;

interface Entry {
  readonly project: Project;
  readonly opened: Promise<OpenProject>;
  /** The greatest epoch that it was asked for with, and was seen to be what lies there. */
  epoch: number;
  readonly use: Use;
  /** It is open by now. */
  isOpen: boolean;
  /** It counts among those that are open. */
  hasRoom: boolean;
  /** Its index had something to do when it was looked at last. */
  isIndexing: boolean;
  donor: VectorDonor | undefined;
  manifest: { readonly of: { readonly version: number; readonly updatedAt: string }; readonly written: Promise<void> };
}

export function createProjectStores(storage: ProjectStorage, mostOpen = MOST_OPEN): ProjectStores {
  const entries = new Map<string, Entry>();
  const closing = new Map<string, { readonly project: Project; readonly over: Promise<void> }>();
  let isClosed = false;

  async function get(project: Project, { donor }: OpenOptions = {}): Promise<OpenProject> {
    const entry = await entryOf(project, donor);
    entry.donor = donor ?? entry.donor;
    if (isNewer(project, entry.manifest.of)) entry.manifest = refreshManifest(entry.opened, project);
    await entry.manifest.written;
    return entry.opened;
  }

  async function entryOf(project: Project, donor: VectorDonor | undefined): Promise<Entry> {
    const name = nameOf(project);
    const found = entries.get(name);
    if (found && project.epoch > found.epoch) {
      if (!(await wasReplaced(found, storage))) found.epoch = Math.max(found.epoch, project.epoch);
      else if (entries.get(name) === found) await letGoNamed(name);
    }
    if (isClosed) throw new StoreError('STORE_UNAVAILABLE', 'The server is stopping.', 'Repeat it when it runs again.');
    const entry = entries.get(name) ?? enter(name, project, donor);
    entry.use.lastAt = performance.now();
    return entry;
  }

  function enter(name: string, project: Project, donor: VectorDonor | undefined): Entry {
    // What is closing lets go of the same file first.
    const opened = Promise.resolve(closing.get(name)?.over)
      .then(() => makeRoom(entry))
      .then(() => storage.open(project, { donor: lent }))
      .then((open) => {
        entry.isOpen = true;
        return counted(open, use, relieve);
      });
    const manifest = refreshManifest(opened, project);
    const { epoch } = project;
    const use = newUse();
    const entry: Entry = {
      project,
      opened,
      epoch,
      manifest,
      donor,
      use,
      isOpen: false,
      hasRoom: false,
      isIndexing: false,
    };
    const lent = lend(entry);
    entries.set(name, entry);
    // The next request tries again; this one gets the error.
    opened.catch((error: unknown) => {
      if (entries.get(name) === entry) entries.delete(name);
      relieve(error);
    });
    return entry;
  }

  async function letGoNamed(name: string): Promise<void> {
    const entry = entries.get(name);
    if (entry) {
      entries.delete(name);
      closing.set(name, { project: entry.project, over: closeEntry(entry) });
    }
    const last = closing.get(name);
    await last?.over.finally(() => closing.get(name) === last && closing.delete(name));
  }

  async function letGoWhere(isMeant: (project: Project) => boolean): Promise<void> {
    const meant = [...entries, ...closing].filter(([, { project }]) => isMeant(project)).map(([name]) => name);
    // One that can't be closed properly is let go all the same, and holds up no other.
    const results = await Promise.allSettled([...new Set(meant)].map(letGoNamed));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  async function closeIdle(idleMs: number): Promise<void> {
    for (const named of entries) {
      if (isUnused(named[1].use, idleMs) && (await canClose(named, idleMs))) await letGoNamed(named[0]);
    }
  }

  async function canClose([name, entry]: readonly [string, Entry], idleMs: number): Promise<boolean> {
    const open = await entry.opened.catch(() => null);
    entry.isIndexing = open !== null && !(await hasSettled(open));
    return open !== null && !entry.isIndexing && isUnused(entry.use, idleMs) && entries.get(name) === entry;
  }

  // — no more than a number —

  const exclusively = createMutex();

  /** One after the other, so that many who come at once aren't let in at once. */
  function makeRoom(entry: Entry): Promise<void> {
    return exclusively(async () => {
      const end = performance.now() + PATIENCE_MS;
      while (!hasRoom() && !(await closeLeastUsed(1)) && !isClosed && performance.now() < end) {
        if (!(await restSoon())) break;
      }
      entry.hasRoom = true;
    });
  }

  /** File descriptors decide where they allow fewer projects. */
  const hasRoom = (): boolean =>
    [...entries.values()].filter((each) => each.hasRoom).length + closing.size < mostOpen && areDescriptorsLeft();

  /** Waits until one may be closed that was only just used. @returns whether one may be */
  async function restSoon(): Promise<boolean> {
    const now = performance.now();
    const rests = [...entries.values()]
      .filter(({ hasRoom, isIndexing, use }) => hasRoom && !isIndexing && use.followers === 0)
      .map(({ isOpen, use }) => (isOpen && isUnused(use, 0) ? use.lastAt : now) + REST_MS);
    if (rests.length === 0) return false;
    await delay(Math.max(0, Math.min(...rests) - now));
    return true;
  }

  /** Closes up to `count` of those that were used least recently. @returns whether it was any */
  async function closeLeastUsed(count: number): Promise<boolean> {
    const unused = [...entries]
      .filter(([, { isOpen, use }]) => isOpen && isUnused(use, REST_MS))
      .sort(([, a], [, b]) => a.use.lastAt - b.use.lastAt)
      .slice(0, count + CANDIDATES);
    const can = await Promise.all(unused.map((named) => canClose(named, REST_MS)));
    const meant = unused.filter(([, { use }], index) => can[index] && isUnused(use, REST_MS)).slice(0, count);
    const done = Promise.allSettled(meant.map(([name]) => letGoNamed(name)));
    // A place that doesn't answer holds up nobody else.
    await withTimeout(done, REST_MS, () => {});
    return meant.length > 0;
  }

  let isRelieving = false;

  /** What failed for want of file descriptors works when it is repeated, if somebody's can be had. */
  function relieve(error: unknown): void {
    if (isRelieving || !(error instanceof StoreError) || error.code !== 'STORE_UNAVAILABLE') return;
    if (areDescriptorsLeft()) return;
    isRelieving = true;
    const done = () => {
      isRelieving = false;
    };
    closeLeastUsed(CANDIDATES).then(done, done);
  }

  return {
    get,
    letGo: (projectKey) => letGoWhere(({ key }) => key === projectKey),
    letGoAt: (project) => letGoNamed(nameOf(project)),
    letGoOf: (mode) => letGoWhere(({ storageMode }) => storageMode === mode).catch(() => undefined),
    closeIdle,
    close() {
      isClosed = true;
      return letGoWhere(() => true);
    },
  };
}

/** Of a project at a place. */
function nameOf(project: PlacedProject): string {
  return `${project.key} ${placeKey(placeOf(project))}`;
}

/**
 * Whether another process removed what was opened there, and another store lies there by now: of a project that moved away
 * and came back. That has a later epoch, or a migration's; what is open can only be ahead of what is seen to lie there.
 */
async function wasReplaced({ project, opened }: Entry, storage: ProjectStorage): Promise<boolean> {
  try {
    const { store } = await opened;
    const before = await store.epoch();
    const lying = await storage.find(project);
    if (!lying || before !== (await store.epoch())) return false;
    return lying.epoch > before || (lying.epoch < 0 && before > 0);
  } catch {
    // Whoever uses it hears what is the matter.
    return false;
  }
}

/** The donor that the entry has by then. */
function lend(entry: Entry): VectorDonor {
  return {
    get model() {
      return entry.donor?.model ?? '';
    },
    read: async (hashes) => (await entry.donor?.read(hashes)) ?? new Map(),
    copyIndex: async (path, purpose, signal) => (await entry.donor?.copyIndex?.(path, purpose, signal)) ?? false,
  };
}

/** Whether the search has nothing to do. */
async function hasSettled({ search }: OpenProject): Promise<boolean> {
  const patience = AbortSignal.timeout(SETTLING_MS);
  // An index that can't be used does nothing that closing it would stop.
  return search.settled(patience).then(
    () => !patience.aborted,
    () => true,
  );
}

async function closeEntry({ opened, manifest }: Entry): Promise<void> {
  const open = await opened.catch(() => null);
  if (!open) return;
  await manifest.written;
  await open.search.close().finally(() => open.store.close());
}

function refreshManifest(opened: Promise<OpenProject>, project: Project): Entry['manifest'] {
  // A copy that can't be written (a read-only directory) must not keep anybody from reading; the next opening tries again.
  const written = opened.then(({ store }) => writeManifest(store, project)).catch(() => undefined);
  const { version, updatedAt } = project;
  return { of: { version, updatedAt }, written };
}
