import type { Project } from '../domain/project.js';
import type { OpenProject, ProjectStorage } from '../modes/contract.js';
import type { VectorDonor } from '../search/vectors/vector-index.js';
import type { Activity } from './activity.js';
import type { ManifestState } from './manifest.js';

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
