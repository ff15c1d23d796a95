import { spawnSync } from 'node:child_process';

/** Compiles before the first test, if something changed. The type check is a step of its own. */
export default function build(): void {
  const { status, error } = spawnSync(process.execPath, ['scripts/build.js'], { stdio: 'inherit' });
  if (error || status !== 0) throw error ?? new Error('The compiler failed; it said why above.');
}
