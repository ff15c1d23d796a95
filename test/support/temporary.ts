import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { dropDatabase, freshDatabase } from './mongodb/mongodb.js';

/** A folder that is removed when the test ends. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Name of a database that is dropped when the test ends. */
export function makeDatabase(): string {
  const name = freshDatabase();
  onTestFinished(() => dropDatabase(name));
  return name;
}
