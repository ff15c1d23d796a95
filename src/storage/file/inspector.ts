import { StoreError } from '../../domain/errors.js';
import { withTimeout } from '../../util/async.js';
import { createThread, type Thread } from '../shared/thread.js';
import { folderTimeout } from './errors.js';
import type { FolderCounts, StoredFolder } from './projects.js';
import type { FileRequest } from './writer-thread.js';

/**
 * Inspects folders that come from elsewhere, in a thread of its own: one on a hanging network disk, or with
 * unexpectedly many entries, blocks neither the event loop nor the writers. `root`: the folder of all projects'
 * folders.
 */
export interface FolderInspector {
  /** Whether something is at a path in the root, or at the root's. @throws StoreError when the root doesn't answer */
  exists(root: string, path: string): Promise<boolean>;
  /** What one project's folder holds, as `findFolder` says. @throws StoreError */
  find(root: string, folder: string): Promise<StoredFolder | null>;
  /** What all of them hold, as `findWithFault` says. @throws StoreError when the root doesn't answer in time */
  list(root: string, collections: readonly string[]): Promise<readonly StoredFolder[]>;
  /**
   * How many documents each project's collections have, by their indexes. @throws StoreError when the root doesn't
   * answer in time
   */
  counts(root: string, collections: readonly string[]): Promise<readonly FolderCounts[]>;
  /** Ends its threads. Calling it again does nothing. */
  close(): Promise<void>;
}

export interface FolderInspectorOptions {
  /** How long one inspection may take, in milliseconds. Left out: 10 s. */
  readonly deadline?: number | undefined;
  /** How long all inspections of a list may take, in milliseconds. Left out: 60 s. */
  readonly listDeadline?: number | undefined;
  /** The thread's program. Left out: the writers'. */
  readonly url?: URL | undefined;
}

const DEADLINE = 10_000;
const LIST_DEADLINE = 60_000;
/** How many projects are inspected before other requests have their turn. */
const BATCH = 50;
/** How many roots may hang, each with the thread that inspected it last, before no more are inspected. */
const MOST_STUCK = 4;

type Ask = FileRequest extends infer R ? (R extends FileRequest ? Omit<R, 'id'> : never) : never;
type Question = Extract<Ask, { readonly paths: readonly string[] }>['kind'];

/** A thread, and a promise that resolves once an inspection hangs: nobody waits for it any more. */
interface Slot {
  readonly thread: Thread<Ask>;
  readonly hung: Promise<typeof HUNG>;
  markHung(): void;
}

const HUNG = Symbol('hung');
const LATE = Symbol('late');

/** Starts the thread on first use. */
export function createFolderInspector({
  deadline = DEADLINE,
  listDeadline = LIST_DEADLINE,
  url = new URL('./writer-thread.js', import.meta.url),
}: FolderInspectorOptions = {}): FolderInspector {
  let slot: Slot | null = null;
  /** By root. */
  const stuck = new Map<string, Slot>();

  function openSlot(): Slot {
    let markHung = () => {};
    const hung = new Promise<typeof HUNG>((resolve) => {
      markHung = () => resolve(HUNG);
    });
    return {
      thread: createThread<Ask>({ url, name: 'mooring-inspector', isReader: true, onStart: () => [] }),
      hung,
      markHung,
    };
  }

  async function inspect<T>(
    kind: Question,
    root: string,
    paths: readonly string[],
    names: readonly string[] = [],
  ): Promise<readonly T[]> {
    for (;;) {
      // A root that hangs is asked again only once it answers.
      if (stuck.has(root) || stuck.size >= MOST_STUCK) throw folderTimeout(root, deadline);
      slot ??= openSlot();
      const at = slot;
      const answer = at.thread.ask<readonly T[]>({ kind, handle: 0, paths, names });
      const outcome = await withTimeout(Promise.race([answer, at.hung]), deadline, (): typeof LATE => LATE);
      if (outcome === LATE) {
        // The thread does one inspection after the other: the first late one is the one that hangs.
        setAside(root, at, answer);
        throw folderTimeout(root, deadline);
      }
      // It waited behind another root, which hangs.
      if (outcome !== HUNG) return outcome;
    }
  }

  /** Inspects each project's folder. */
  async function inspectAll<T>(kind: Question, root: string, names: readonly string[] = []): Promise<readonly T[]> {
    const start = performance.now();
    const folders = await inspect<string>('folders', root, [root]);
    const found: T[] = [];
    for (let at = 0; at < folders.length; at += BATCH) {
      if (performance.now() - start > listDeadline) throw folderTimeout(root, listDeadline);
      found.push(...(await inspect<T>(kind, root, folders.slice(at, at + BATCH), names)));
    }
    return found;
  }

  function setAside(root: string, at: Slot, answer: Promise<unknown>): void {
    if (slot === at) slot = null;
    stuck.set(root, at);
    at.markHung();
    const end = () => {
      stuck.delete(root);
      void at.thread.close();
    };
    answer.then(end, end);
  }

  return {
    exists: async (root, path) => (await inspect<boolean>('exists', root, [path]))[0]!,
    find: async (root, folder) => revived((await inspect<StoredFolder | null>('find', root, [folder]))[0]!),
    async list(root, collections) {
      const found = await inspectAll<StoredFolder | null>('findWithFault', root, collections);
      return found.map(revived).filter((each) => each !== null);
    },
    counts: (root, collections) => inspectAll<FolderCounts>('counts', root, collections),
    async close() {
      const all = [...stuck.values(), ...(slot ? [slot] : [])];
      slot = null;
      await Promise.all(all.map(({ thread }) => thread.close()));
    },
  };
}

/** Errors lose their class between threads. */
function revived(found: StoredFolder | null): StoredFolder | null {
  if (!found?.fault) return found;
  const { code, message, hint } = found.fault;
  return { ...found, fault: new StoreError(code, message, hint) };
}
