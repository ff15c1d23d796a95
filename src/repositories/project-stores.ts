import { StoreError } from '../domain/errors.js';
import type { LogEntry } from '../domain/log-entry.js';
import type { Project, StorageMode } from '../domain/project.js';
import type { Store } from '../storage/store.js';
import type { OpenProject, ProjectStorage } from './storage.js';

/** The stores of the projects that this process works with: each opened once, when it is first asked for. */
export interface ProjectStores {
  /** The project's open store, its manifest as new as the project's record. @throws StoreError */
  get(project: Project): Promise<OpenProject>;
  /** Closes the store of the project with this key, if it is open. */
  letGo(projectKey: string): Promise<void>;
  /** Closes those of the projects in this mode. They open again when they are asked for. */
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
  /** When it was last asked for, in milliseconds of the monotonic clock. */
  askedAt: number;
  followers: number;
  manifest: { readonly version: number; readonly written: Promise<void> };
}

export function createProjectStores(storage: ProjectStorage): ProjectStores {
  const entries = new Map<string, Entry>();
  const closing = new Map<string, Promise<void>>();
  let isClosed = false;

  async function get(project: Project): Promise<OpenProject> {
    if (isClosed) throw new StoreError('STORE_UNAVAILABLE', 'The server is stopping.', 'Repeat it when it runs again.');
    let entry = entries.get(project.key);
    if (entry && hasMoved(entry.project, project)) {
      await letGo(project.key);
      entry = entries.get(project.key);
    }
    entry ??= enter(project);
    entry.askedAt = performance.now();
    if (project.version > entry.manifest.version) entry.manifest = refreshManifest(entry.opened, project);
    await entry.manifest.written;
    return entry.opened;
  }

  function enter(project: Project): Entry {
    // What is closing lets go of the same file first.
    const opened = Promise.resolve(closing.get(project.key))
      .then(() => storage.open(project))
      .then((open) => counted(open));
    const counted = ({ store, search }: OpenProject): OpenProject => ({ store: countFollowers(store, entry), search });
    const manifest = refreshManifest(opened, project);
    const entry: Entry = { project, opened, manifest, askedAt: performance.now(), followers: 0 };
    entries.set(project.key, entry);
    // The next request tries again; this one gets the error.
    opened.catch(() => entries.get(project.key) === entry && entries.delete(project.key));
    return entry;
  }

  async function letGo(projectKey: string): Promise<void> {
    const entry = entries.get(projectKey);
    if (entry) {
      entries.delete(projectKey);
      closing.set(projectKey, closeEntry(entry));
    }
    const over = closing.get(projectKey);
    await over?.finally(() => closing.get(projectKey) === over && closing.delete(projectKey));
  }

  async function letGoOf(mode: StorageMode): Promise<void> {
    const keys = [...entries].filter(([, { project }]) => project.storageMode === mode).map(([key]) => key);
    // One that can't be closed properly is let go all the same.
    await Promise.allSettled(keys.map(letGo));
  }

  async function closeIdle(idleMs: number): Promise<void> {
    for (const [key, entry] of entries) {
      const isIdle = () => entry.followers === 0 && performance.now() - entry.askedAt >= idleMs;
      if (!isIdle()) continue;
      const open = await entry.opened.catch(() => null);
      if (open && (await hasSettled(open)) && isIdle() && entries.get(key) === entry) await letGo(key);
    }
  }

  async function close(): Promise<void> {
    isClosed = true;
    const results = await Promise.allSettled([...entries.keys(), ...closing.keys()].map(letGo));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  return { get, letGo, letGoOf, closeIdle, close };
}

/** Whether the catalog routes the project to another store by now. A request that read it earlier doesn't move it back. */
function hasMoved(then: Project, now: Project): boolean {
  return now.epoch > then.epoch && now.storageMode !== then.storageMode;
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
