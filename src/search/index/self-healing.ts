import { existsSync } from 'node:fs';
import { StoreError } from '../../domain/errors.js';
import type { SearchLogger } from '../logger.js';
import { removeDrafts } from './index-copy.js';
import { asStoreError, type IndexFile, isDamage, isFileError, openIndexFile, setAside } from './index-file.js';
import type { ProjectIndex } from './project-index.js';

/** Keeps a working engine on the file at a path: one that is damaged, or lost, is replaced by a new one. */
export interface SelfHealingIndex {
  /** Does work with the engine; anew when the file had to be replaced meanwhile. @throws StoreError */
  use<T>(work: (engine: ProjectIndex) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface SelfHealingIndexOptions {
  readonly path: string;
  readonly logger: SearchLogger;
  /** Makes a file where there is none, if it can; an empty one is made otherwise. The signal aborts when nobody wants it any more. */
  readonly seed?: ((signal: AbortSignal) => Promise<void>) | undefined;
  readonly create: (file: IndexFile, onFileError: (error: unknown) => void) => ProjectIndex;
}

/** How often work is begun anew before its error is the caller's. */
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

  /** A file that can't be opened now is tried again by the next who asks. */
  function remember(engine: Promise<ProjectIndex>): Promise<ProjectIndex> {
    engine.catch(() => {
      if (opening === engine) opening = null;
    });
    return engine;
  }

  async function open(): Promise<ProjectIndex> {
    removeDrafts(path);
    if (seed && !existsSync(path)) await seed(stop.signal);
    if (isClosed()) throw closedError();
    const file = openIndexFile(path, logger);
    const engine = create(file, (error) => {
      if (isDamage(error)) replace(engine, error);
    });
    live = engine;
    return engine;
  }

  /** Closes an engine, sets its file aside if that is damaged and still the one at the path, and opens another. */
  function replace(engine: ProjectIndex, damage: unknown): void {
    if (live !== engine || isClosed()) return;
    live = null;
    opening = remember(
      (async () => {
        await engine.close();
        if (damage && engine.file.isCurrent()) setAside(path, logger, damage);
        return open();
      })(),
    );
  }

  async function use<T>(work: (engine: ProjectIndex) => Promise<T>): Promise<T> {
    for (let replacements = 0; ; replacements += 1) {
      let engine: ProjectIndex | null = null;
      try {
        engine = await current();
        return await work(engine);
      } catch (error) {
        if (isClosed()) throw closedError();
        if (engine && isDamage(error)) replace(engine, error);
        const isReplaced = engine !== null && engine !== live && isFileError(error);
        if (!isReplaced || replacements >= MAX_REPLACEMENTS) throw asStoreError(error);
      }
    }
  }

  return {
    use,
    async close() {
      stop.abort();
      const engine = await opening?.catch(() => null);
      await engine?.close();
    },
  };
}

function closedError(): StoreError {
  return new StoreError('STORE_UNAVAILABLE', "The project's search is closed.", 'Open the project again.');
}
