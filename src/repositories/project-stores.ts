import { StoreError } from '../domain/errors.js';
import { type PlacedProject, placeKey, placeOf } from '../domain/place.js';
import type { Project, StorageMode } from '../domain/project.js';
import type { OpenOptions, OpenProject, ProjectStorage } from '../modes/contract.js';
import type { VectorDonor } from '../search/vectors/vector-index.js';
import {
  closeEntry,
  donorOf,
  hasSettled,
  isIdle,
  isNewer,
  newActivity,
  type OpenEntry,
  refreshManifest,
  trackActivity,
  wasReplaced,
} from './open-entry.js';
import { createStoreLimit } from './store-limit.js';

/**
 * The stores of the projects that this process works with: each is opened once, on the first request for it. A project that
 * moves has one at each of its places, independent of each other. Their number is bounded (`store-limit.ts`).
 */
export interface ProjectStores {
  /**
   * The open store at the place that the project's record names, its manifest as new as the record. A vector donor also
   * applies to a store that is already open. @throws StoreError
   */
  get(project: Project, options?: OpenOptions): Promise<OpenProject>;
  /** Closes the stores of the project with this key, at all places. */
  closeProject(projectKey: string): Promise<void>;
  /** Closes the one at the place that this record names, if it is open. */
  closeAt(project: PlacedProject): Promise<void>;
  /** Closes those in this mode. They open again on demand. */
  closeMode(mode: StorageMode): Promise<void>;
  /** Closes those that were idle for `idleMs`, and whose index has no work left. They open again on demand. */
  closeIdle(idleMs: number): Promise<void>;
  /** Closes all. Calling it again does nothing; opening afterwards is refused. */
  close(): Promise<void>;
}

/**
 * How many are open at once, unless more are in use. One takes 9 file descriptors (LOCAL) or 12 (FILE), as counted in
 * `/proc/self/fd`, and a process may have some thousands: Node raises its limit to the hard one, often 4,096 or more.
 */
const MOST_OPEN = 200;

export function createProjectStores(storage: ProjectStorage, mostOpen = MOST_OPEN): ProjectStores {
  const entries = new Map<string, OpenEntry>();
  const closing = new Map<string, { readonly project: Project; readonly over: Promise<void> }>();
  let isClosed = false;
  const { makeRoom, relieve } = createStoreLimit(
    { entries, closing: () => closing.size, isClosed: () => isClosed, canClose, close: closeNamed },
    mostOpen,
  );

  async function get(project: Project, { donor }: OpenOptions = {}): Promise<OpenProject> {
    const entry = await entryOf(project, donor);
    entry.donor = donor ?? entry.donor;
    if (isNewer(project, entry.manifest.of)) entry.manifest = refreshManifest(entry.opened, project);
    await entry.manifest.written;
    return entry.opened;
  }

  async function entryOf(project: Project, donor: VectorDonor | undefined): Promise<OpenEntry> {
    const name = nameOf(project);
    const found = entries.get(name);
    if (found && project.epoch > found.epoch) {
      if (!(await wasReplaced(found, storage))) found.epoch = Math.max(found.epoch, project.epoch);
      else if (entries.get(name) === found) await closeNamed(name);
    }
    if (isClosed) throw new StoreError('STORE_UNAVAILABLE', 'The server is stopping.', 'Repeat it when it runs again.');
    const entry = entries.get(name) ?? openNamed(name, project, donor);
    entry.activity.lastAt = performance.now();
    return entry;
  }

  function openNamed(name: string, project: Project, donor: VectorDonor | undefined): OpenEntry {
    // A store that is being closed releases the same file first.
    const opened = Promise.resolve(closing.get(name)?.over)
      .then(() => makeRoom(entry))
      .then(() => storage.open(project, { donor: current }))
      .then((open) => {
        entry.isOpen = true;
        return trackActivity(open, activity, relieve);
      });
    const activity = newActivity();
    const entry: OpenEntry = {
      project,
      opened,
      epoch: project.epoch,
      activity,
      isOpen: false,
      isCounted: false,
      isIndexing: false,
      donor,
      manifest: refreshManifest(opened, project),
    };
    const current = donorOf(entry);
    entries.set(name, entry);
    // This request gets the error; the next one tries again.
    opened.catch((error: unknown) => {
      if (entries.get(name) === entry) entries.delete(name);
      relieve(error);
    });
    return entry;
  }

  async function closeNamed(name: string): Promise<void> {
    const entry = entries.get(name);
    if (entry) {
      entries.delete(name);
      closing.set(name, { project: entry.project, over: closeEntry(entry) });
    }
    const last = closing.get(name);
    await last?.over.finally(() => closing.get(name) === last && closing.delete(name));
  }

  async function closeWhere(isMeant: (project: Project) => boolean): Promise<void> {
    const meant = [...entries, ...closing].filter(([, { project }]) => isMeant(project)).map(([name]) => name);
    // A store that fails to close is dropped all the same, and delays no other.
    const results = await Promise.allSettled([...new Set(meant)].map(closeNamed));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  async function closeIdle(idleMs: number): Promise<void> {
    for (const named of entries) {
      if (isIdle(named[1].activity, idleMs) && (await canClose(named, idleMs))) await closeNamed(named[0]);
    }
  }

  async function canClose([name, entry]: readonly [string, OpenEntry], idleMs: number): Promise<boolean> {
    const open = await entry.opened.catch(() => null);
    entry.isIndexing = open !== null && !(await hasSettled(open));
    return open !== null && !entry.isIndexing && isIdle(entry.activity, idleMs) && entries.get(name) === entry;
  }

  return {
    get,
    closeProject: (projectKey) => closeWhere(({ key }) => key === projectKey),
    closeAt: (project) => closeNamed(nameOf(project)),
    closeMode: (mode) => closeWhere(({ storageMode }) => storageMode === mode).catch(() => undefined),
    closeIdle,
    close() {
      isClosed = true;
      return closeWhere(() => true);
    },
  };
}

/** Names a project at a place. */
function nameOf(project: PlacedProject): string {
  return `${project.key} ${placeKey(placeOf(project))}`;
}
