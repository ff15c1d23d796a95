import { StoreError } from '../../domain/errors.js';
import { withTimeout } from '../../util/async.js';
import { createThread, type Thread } from '../shared/thread.js';
import { folderTimeout } from './errors.js';
import type { FolderCounts, StoredFiles } from './projects.js';
import type { FileRequest } from './writer-thread.js';

/**
 * Looks at folders that come from elsewhere, in a thread of its own: one on a network disk that hangs, or with more in it
 * than anybody expects, holds up neither the event loop nor those who write. `root`: the folder that holds one for each
 * project.
 */
export interface Looker {
  /** Whether something is at a path in the root, or at the root's. @throws StoreError when the root doesn't answer */
  isThere(root: string, path: string): Promise<boolean>;
  /** What lies in one project's folder, as `findStored` says. @throws StoreError */
  find(root: string, folder: string): Promise<StoredFiles | null>;
  /** What lies in all of them, as `findOrTell` says. @throws StoreError when it isn't known in time */
  list(root: string, collections: readonly string[]): Promise<readonly StoredFiles[]>;
  /** How many documents each project's collections have, by their indexes. @throws StoreError when it isn't known in time */
  counts(root: string, collections: readonly string[]): Promise<readonly FolderCounts[]>;
  /** Ends its threads. Calling it again does nothing. */
  close(): Promise<void>;
}

export interface LookerOptions {
  /** How long a look may take, in milliseconds. Left out: 10 s. */
  readonly deadline?: number | undefined;
  /** How long all looks of a list may take. Left out: 60 s. */
  readonly listDeadline?: number | undefined;
  /** The thread's program. Left out: that of those who write. */
  readonly url?: URL | undefined;
}

const DEADLINE = 10_000;
const LIST_DEADLINE = 60_000;
/** How many projects are looked at before others have their turn. */
const TOGETHER = 50;
/** How many roots may hang, each with the thread that looked at it last, before no more is looked at. */
const MOST_STUCK = 4;

type Ask = FileRequest extends infer R ? (R extends FileRequest ? Omit<R, 'id'> : never) : never;
type Look = Extract<Ask, { readonly paths: readonly string[] }>['kind'];

/** A thread, and what resolves once a look of it hangs: nobody waits for it any more. */
interface Lane {
  readonly thread: Thread<Ask>;
  readonly hung: Promise<typeof HUNG>;
  leave(): void;
}

const HUNG = Symbol('hung');
const LATE = Symbol('late');

/** Starts the thread on first use. */
export function createLooker({
  deadline = DEADLINE,
  listDeadline = LIST_DEADLINE,
  url = new URL('./writer-thread.js', import.meta.url),
}: LookerOptions = {}): Looker {
  let lane: Lane | null = null;
  /** By root. */
  const stuck = new Map<string, Lane>();

  function enter(): Lane {
    let leave = () => {};
    const hung = new Promise<typeof HUNG>((resolve) => {
      leave = () => resolve(HUNG);
    });
    return { thread: createThread<Ask>({ url, name: 'mooring-looks', isReader: true, again: () => [] }), hung, leave };
  }

  async function look<T>(
    kind: Look,
    root: string,
    paths: readonly string[],
    names: readonly string[] = [],
  ): Promise<readonly T[]> {
    for (;;) {
      // What hangs is asked again only once it answers.
      if (stuck.has(root) || stuck.size >= MOST_STUCK) throw folderTimeout(root, deadline);
      lane ??= enter();
      const at = lane;
      const answer = at.thread.ask<readonly T[]>({ kind, handle: 0, paths, names });
      const outcome = await withTimeout(Promise.race([answer, at.hung]), deadline, (): typeof LATE => LATE);
      if (outcome === LATE) {
        // The thread takes one look after the other: the first that is late is the one that hangs.
        setAside(root, at, answer);
        throw folderTimeout(root, deadline);
      }
      // It waited behind another root, which hangs.
      if (outcome !== HUNG) return outcome;
    }
  }

  /** Looks at each project's folder. */
  async function lookAtAll<T>(kind: Look, root: string, names: readonly string[] = []): Promise<readonly T[]> {
    const start = performance.now();
    const folders = await look<string>('folders', root, [root]);
    const found: T[] = [];
    for (let at = 0; at < folders.length; at += TOGETHER) {
      if (performance.now() - start > listDeadline) throw folderTimeout(root, listDeadline);
      found.push(...(await look<T>(kind, root, folders.slice(at, at + TOGETHER), names)));
    }
    return found;
  }

  function setAside(root: string, at: Lane, answer: Promise<unknown>): void {
    if (lane === at) lane = null;
    stuck.set(root, at);
    at.leave();
    const end = () => {
      stuck.delete(root);
      void at.thread.close();
    };
    answer.then(end, end);
  }

  return {
    isThere: async (root, path) => (await look<boolean>('isThere', root, [path]))[0]!,
    find: async (root, folder) => revived((await look<StoredFiles | null>('find', root, [folder]))[0]!),
    async list(root, collections) {
      const found = await lookAtAll<StoredFiles | null>('findOrTell', root, collections);
      return found.map(revived).filter((each) => each !== null);
    },
    counts: (root, collections) => lookAtAll<FolderCounts>('counts', root, collections),
    async close() {
      const all = [...stuck.values(), ...(lane ? [lane] : [])];
      lane = null;
      await Promise.all(all.map(({ thread }) => thread.close()));
    },
  };
}

/** An error loses its kind between threads. */
function revived(found: StoredFiles | null): StoredFiles | null {
  if (!found?.fault) return found;
  const { code, message, hint } = found.fault;
  return { ...found, fault: new StoreError(code, message, hint) };
}
