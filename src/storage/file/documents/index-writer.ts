import { saidBy } from '../../../domain/errors.js';
import type { FolderState } from '../folder/state.js';
import { writeIndex } from './index-file.js';

/** The least time between two writes of an index, in milliseconds. */
const REST = 1_000;
/** The same as a multiple of how long the last one took: a large project's index is written less often. */
const REST_PER_WRITING = 20;

/** Writes the collections' index files after commits: throttled, and a last time when closed. */
export interface IndexWriter {
  mark(collections: Iterable<string>): void;
  /** Writes what is due, for the last time. */
  close(): Promise<void>;
  /** Ends without writing: the cache may be incomplete. */
  abandon(): void;
}

export function createIndexWriter(state: FolderState): IndexWriter {
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();
  let rest = REST;
  let isClosed = false;

  async function write(): Promise<void> {
    const start = performance.now();
    for (const spec of state.specs) {
      if (!waiting.delete(spec.name)) continue;
      try {
        await writeIndex(state.layout, state.parts.cache, spec);
        state.problems.clear(`index ${spec.name}`);
      } catch (error) {
        // It is retried after the next commit; nothing depends on it.
        state.problems.set(
          `index ${spec.name}`,
          `The index of the ${spec.name} can't be written: ${saidBy(error)}. It is retried with the next change; nothing is lost.`,
        );
      }
    }
    rest = Math.max(REST, (performance.now() - start) * REST_PER_WRITING);
  }

  function schedule(): void {
    if (timer || isClosed || waiting.size === 0) return;
    timer = setTimeout(() => {
      writing = write().finally(() => {
        timer = null;
        schedule();
      });
    }, rest).unref();
  }

  return {
    mark(collections) {
      for (const name of collections) waiting.add(name);
      schedule();
    },
    async close() {
      isClosed = true;
      if (timer) clearTimeout(timer);
      await writing;
      await write();
    },
    abandon() {
      isClosed = true;
      if (timer) clearTimeout(timer);
      waiting.clear();
    },
  };
}
