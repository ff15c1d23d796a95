import { StoreError } from '../domain/errors.js';
import type { LogEntry } from '../domain/log-entry.js';
import { placeKey, placeOf } from '../domain/place.js';
import type { Project, StorageMode } from '../domain/project.js';
import type { VectorDonor } from '../search/vector-index.js';
import type { Store } from '../storage/store.js';
import type { OpenOptions, OpenProject, ProjectStorage } from './storage.js';

/**
 * The stores of the projects that this process works with: each opened once, when it is first asked for. A project that
 * moves has one at each of its places, and none is in the way of another.
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
  letGoAt(project: Project): Promise<void>;
  /** Closes those in this mode. They open again when they are asked for. */
  letGoOf(mode: StorageMode): Promise<void>;
  /**
   * Closes those that nobody has asked for in so many milliseconds, nobody follows, and whose index has nothing to do.
   * They open again when they are asked for.
   */
  closeIdle(idleMs: number): Promise<void>;
  /** Closes all. Calling it again does nothing; opening afterwards is refused. */
  close(): Promise<void>;
}

/** How long an idle project's index may take to say that it has nothing to do, in milliseconds. */
const SETTLING_MS = 200;

interface Entry {
  readonly project: Project;
  readonly opened: Promise<OpenProject>;
  /** The greatest epoch that it was asked for with, and was seen to be what lies there. */
  epoch: number;
  /** When it was last asked for, in milliseconds of the monotonic clock. */
  askedAt: number;
  followers: number;
  donor: VectorDonor | undefined;
  manifest: { readonly version: number; readonly written: Promise<void> };
}

export function createProjectStores(storage: ProjectStorage): ProjectStores {
  const entries = new Map<string, Entry>();
  const closing = new Map<string, { readonly project: Project; readonly over: Promise<void> }>();
  let isClosed = false;

  async function get(project: Project, { donor }: OpenOptions = {}): Promise<OpenProject> {
    const entry = await entryOf(project, donor);
    entry.askedAt = performance.now();
    entry.donor = donor ?? entry.donor;
    if (project.version > entry.manifest.version) entry.manifest = refreshManifest(entry.opened, project);
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
    return entries.get(name) ?? enter(name, project, donor);
  }

  function enter(name: string, project: Project, donor: VectorDonor | undefined): Entry {
    // What is closing lets go of the same file first.
    const opened = Promise.resolve(closing.get(name)?.over)
      .then(() => storage.open(project, { donor: lent }))
      .then((open) => counted(open));
    const counted = ({ store, search }: OpenProject): OpenProject => ({ store: countFollowers(store, entry), search });
    const manifest = refreshManifest(opened, project);
    const { epoch } = project;
    const entry: Entry = { project, opened, epoch, manifest, donor, askedAt: performance.now(), followers: 0 };
    const lent = lend(entry);
    entries.set(name, entry);
    // The next request tries again; this one gets the error.
    opened.catch(() => entries.get(name) === entry && entries.delete(name));
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
    for (const [name, entry] of entries) {
      const isIdle = () => entry.followers === 0 && performance.now() - entry.askedAt >= idleMs;
      if (!isIdle()) continue;
      const open = await entry.opened.catch(() => null);
      if (open && (await hasSettled(open)) && isIdle() && entries.get(name) === entry) await letGoNamed(name);
    }
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
function nameOf(project: Project): string {
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
  };
}

/** The store, with its followers counted in the entry. */
function countFollowers(store: Store, entry: Entry): Store {
  async function* follow(after: number, signal: AbortSignal): AsyncGenerator<readonly LogEntry[]> {
    entry.followers += 1;
    try {
      yield* store.log.follow(after, signal);
    } finally {
      entry.followers -= 1;
    }
  }
  return { ...store, log: { ...store.log, follow } };
}

/** Whether the search has nothing to do. */
async function hasSettled({ search }: OpenProject): Promise<boolean> {
  const patience = AbortSignal.timeout(SETTLING_MS);
  await search.settled(patience);
  return !patience.aborted;
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
  return { version: project.version, written };
}

/**
 * Writes the store's copy of its project's record, unless that is as new already.
 * @param evenIfOlder for a project that was attached: its versions count anew
 * @throws StoreError
 */
export async function writeManifest(store: Store, project: Project, { evenIfOlder = false } = {}): Promise<void> {
  const manifest = evenIfOlder ? null : await store.manifest();
  if (manifest && manifest.id === project.id && Number(manifest.version) >= project.version) return;
  await store.writeManifest({ ...project });
}
