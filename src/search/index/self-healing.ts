import { existsSync } from 'node:fs';
import { StoreError } from '../../domain/errors.js';
import type { SearchLogger } from '../contract.js';
import { removeDrafts } from './index-copy.js';
import { asStoreError, type IndexFile, isDamage, isFileError, openIndexFile, setAside } from './index-file.js';
import type { ProjectIndex } from './project-index.js';

/** A working index on the file at a path: a damaged or missing file is replaced by a new one. */
export interface SelfHealingIndex {
  /** Does work with the index, and repeats it if the file had to be replaced meanwhile. @throws StoreError */
  use<T>(work: (index: ProjectIndex) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface SelfHealingIndexOptions {
  readonly path: string;
  readonly logger: SearchLogger;
  /** Creates a missing file, if it can; an empty one is created otherwise. The signal aborts on close. */
  readonly seed?: ((signal: AbortSignal) => Promise<void>) | undefined;
  readonly create: (file: IndexFile, onFileError: (error: unknown) => void) => ProjectIndex;
}

/** How often work is repeated after a replacement before its error is thrown. */
const MAX_REPLACEMENTS = 3;

export function createSelfHealingIndex({ path, logger, seed, create }: SelfHealingIndexOptions): SelfHealingIndex {
  let live: ProjectIndex | null = null;
  let opening: Promise<ProjectIndex> | null = null;
  const stop = new AbortController();
  const isClosed = () => stop.signal.aborted;

  function current(): Promise<ProjectIndex> {
    if (isClosed()) return Promise.reject(closedError());
    if (live && !live.file.isCurrent()) replace(live, null);
    opening ??= remember(open());
    return opening;
  }

  /** If the file can't be opened now, the next call tries again. */
  function remember(index: Promise<ProjectIndex>): Promise<ProjectIndex> {
    index.catch(() => {
      if (opening === index) opening = null;
    });
    return index;
  }

  async function open(): Promise<ProjectIndex> {
    removeDrafts(path);
    if (seed && !existsSync(path)) await seed(stop.signal);
    if (isClosed()) throw closedError();
    const file = openIndexFile(path, logger);
    const index = create(file, (error) => {
      if (isDamage(error)) replace(index, error);
    });
    live = index;
    return index;
  }

  /** Closes an index, sets its file aside if that is damaged and still the one at the path, and opens another. */
  function replace(index: ProjectIndex, damage: unknown): void {
    if (live !== index || isClosed()) return;
    live = null;
    opening = remember(
      (async () => {
        await index.close();
        if (damage && index.file.isCurrent()) setAside(path, logger, damage);
        return open();
      })(),
    );
  }

  async function use<T>(work: (index: ProjectIndex) => Promise<T>): Promise<T> {
    for (let replacements = 0; ; replacements += 1) {
      let index: ProjectIndex | null = null;
      try {
        index = await current();
        return await work(index);
      } catch (error) {
        if (isClosed()) throw closedError();
        if (index && isDamage(error)) replace(index, error);
        const isReplaced = index !== null && index !== live && isFileError(error);
        if (!isReplaced || replacements >= MAX_REPLACEMENTS) throw asStoreError(error);
      }
    }
  }

  return {
    use,
    async close() {
      stop.abort();
      const index = await opening?.catch(() => null);
      await index?.close();
    },
  };
}

function closedError(): StoreError {
  return new StoreError('STORE_UNAVAILABLE', "The project's search is closed.", 'Open the project again.');
}
