import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check } from '../health.js';

/** Tries out a folder: a probe is written, synced, read and removed. The folder is made when there is none. */
export async function checkFolder(path: string): Promise<Check> {
  const start = performance.now();
  const probe = join(path, `.probe-${randomUUID()}`);
  const check = (outcome: Check['outcome'], message: string, hint: string | null): Check => ({
    name: 'WRITABLE',
    outcome,
    ms: performance.now() - start,
    message,
    hint,
  });
  try {
    await mkdir(path, { recursive: true });
    const file = await open(probe, 'wx');
    try {
      await file.writeFile('probe');
      await file.sync();
    } finally {
      await file.close();
    }
    const read = await readFile(probe, 'utf8');
    await rm(probe);
    if (read !== 'probe') throw new Error('what was written is not what was read');
    return check('PASSED', `${path} can be written and read.`, null);
  } catch (error) {
    await rm(probe, { force: true }).catch(() => undefined);
    const said = error instanceof Error ? error.message : String(error);
    return check(
      'FAILED',
      `${path} can't be used: ${said}.`,
      'Let the user that runs the server write to this folder.',
    );
  }
}
