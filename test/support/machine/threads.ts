import { afterAll } from 'vitest';
import { createFileWriter } from '../../../src/storage/file/writer.js';
import { createReader } from '../../../src/storage/sqlite/reader.js';
import { createWriter } from '../../../src/storage/sqlite/writer.js';

/** Threads of stores. A borrowed one is returned by closing it, after the stores that use it; it isn't shared until then. */
export const borrowWriter = createLender(createWriter);
export const borrowReader = createLender(createReader);
export const borrowFileWriter = createLender(createFileWriter);

/** Reuses threads among the tests of a file: starting one takes longer than most tests. */
function createLender<Thread extends { close(): Promise<void> }>(start: () => Thread): () => Thread {
  const idle: Thread[] = [];
  afterAll(() => Promise.all(idle.splice(0).map((thread) => thread.close())));
  return () => {
    const thread = idle.pop() ?? start();
    let isLent = true;
    return {
      ...thread,
      async close() {
        if (isLent) idle.push(thread);
        isLent = false;
      },
    };
  };
}
