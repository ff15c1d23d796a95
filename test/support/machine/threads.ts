import { afterAll } from 'vitest';
import { createFileWriter } from '../../../src/storage/file/writer.js';
import { createReader } from '../../../src/storage/sqlite/reader.js';
import { createWriter } from '../../../src/storage/sqlite/writer.js';

/** Threads of stores. What is borrowed is given back by closing it, after the stores that use it; nobody else has it until then. */
export const borrowWriter = createLender(createWriter);
export const borrowReader = createLender(createReader);
export const borrowFileWriter = createLender(createFileWriter);

/** Lends to the tests of a file what one of them gave back: to start a thread takes longer than most tests do. */
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
