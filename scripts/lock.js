import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';

const LOOK_MS = 50;
/** Nobody holds it for so long: another process has the number of one that was killed. */
const LONGEST_MS = 120_000;

/**
 * Does some work while no other process does any under this lock; waits for its turn. A lock whose process is gone is taken
 * over, and so is one that is older than two minutes.
 */
export function withLock(path, work) {
  while (!take(path)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_MS);
  const release = () => rmSync(path, { force: true });
  // The work may end the process.
  process.once('exit', release);
  try {
    return work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function take(path) {
  const own = `${path}-${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    // A process that finds the lock finds its holder in it.
    linkSync(own, path);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isHeld(path)) rmSync(path, { force: true });
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

function isHeld(path) {
  try {
    if (Date.now() - statSync(path).mtimeMs > LONGEST_MS) return false;
    process.kill(Number(readFileSync(path, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
