import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * Compiles before the first test. Type errors are printed, not fatal: files are emitted all the same, and the type check
 * is a step of its own.
 */
export default function build(): void {
  const tsc = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
    stdio: 'inherit',
  });
  if (tsc.error || !existsSync('dist/src')) throw tsc.error ?? new Error('tsc emitted nothing.');
}
