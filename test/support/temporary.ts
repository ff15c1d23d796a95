import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { dropDatabase, freshDatabase } from './mongodb/mongodb.js';

/** Registers what is done at an end: of a test, or by hooks of a file whose tests share something. */
export type AtEnd = (close: () => Promise<void>) => void;

/** A folder that is removed at the end. @param atEnd - left out: of the test */
export async function makeFolder(atEnd: AtEnd = onTestFinished): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-test-'));
  atEnd(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Name of a database that is dropped when the test ends. */
export function makeDatabase(): string {
  const name = freshDatabase();
  onTestFinished(() => dropDatabase(name));
  return name;
}
