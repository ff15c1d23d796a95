import { StoreError } from '../domain/errors.js';
import type { Project } from '../domain/project.js';
import type { Store } from '../storage/store.js';
import type { OpenProject, ProjectStorage } from './storage.js';

/** The stores of the projects that this process works with: each opened once, when it is first asked for. */
export interface ProjectStores {
  /** The project's open store, its manifest as new as the project's record. @throws StoreError */
  get(project: Project): Promise<OpenProject>;
  /** Closes the store of the project with this key, if it is open. */
  letGo(projectKey: string): Promise<void>;
  /** Closes all. Calling it again does nothing; opening afterwards is refused. */
  close(): Promise<void>;
}

interface Entry {
  readonly project: Project;
  readonly opened: Promise<OpenProject>;
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
    if (project.version > entry.manifest.version) entry.manifest = refreshManifest(entry.opened, project);
    await entry.manifest.written;
    return entry.opened;
  }

  function enter(project: Project): Entry {
    const opened = storage.open(project);
    const entry: Entry = { project, opened, manifest: refreshManifest(opened, project) };
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
    await closing.get(projectKey)?.finally(() => closing.delete(projectKey));
  }

  async function close(): Promise<void> {
    isClosed = true;
    const results = await Promise.allSettled([...entries.keys(), ...closing.keys()].map(letGo));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  return { get, letGo, close };
}

/** Whether the catalog routes the project to another store by now. A request that read it earlier doesn't move it back. */
function hasMoved(then: Project, now: Project): boolean {
  return now.epoch > then.epoch && now.storageMode !== then.storageMode;
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

/** Writes the store's copy of its project's record, unless that is as new already. @throws StoreError */
export async function writeManifest(store: Store, project: Project): Promise<void> {
  const manifest = await store.manifest();
  if (manifest && manifest.id === project.id && Number(manifest.version) >= project.version) return;
  await store.writeManifest({ ...project });
}
