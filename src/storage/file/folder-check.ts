import { MooringError, saidBy } from '../../domain/errors.js';
import type { Check } from '../health.js';
import { makeFolder } from './folder/make-folder.js';
import { probeFolder } from './projects.js';

/** Checks a folder: a probe is written, synced, renamed, read and removed. The folder is made when there is none. */
export async function checkFolder(path: string): Promise<Check> {
  const start = performance.now();
  const check = (outcome: Check['outcome'], message: string, hint: string | null): Check => ({
    name: 'WRITABLE',
    outcome,
    ms: performance.now() - start,
    message,
    hint,
  });
  try {
    await makeFolder(path);
    await probeFolder(path);
    return check('PASSED', `${path} can be written and read.`, null);
  } catch (error) {
    if (error instanceof MooringError) return check('FAILED', error.message, error.hint);
    return check(
      'FAILED',
      `${path} can't be used: ${saidBy(error)}.`,
      'Let the user that runs the server write to this folder.',
    );
  }
}
