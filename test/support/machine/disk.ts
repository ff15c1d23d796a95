import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** Whether this user may mount a small file system to fill. */
export const canMount: boolean = (() => {
  try {
    execFileSync('unshare', ['--mount', 'true'], { stdio: 'ignore' });
    return process.getuid?.() === 0;
  } catch {
    return false;
  }
})();
if (!canMount) console.warn('Skipped: what needs a disk of its own. This user lacks the right to mount.');

/** Creates a folder and mounts a file system of this many megabytes there. Returns a function that unmounts it. */
export function mountDisk(folder: string, megabytes: number): () => void {
  mkdirSync(folder, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  return () => void execFileSync('umount', ['-l', folder]);
}

/** Makes a mounted file system read-only, or writable again. */
export function remountDisk(folder: string, how: 'ro' | 'rw'): void {
  execFileSync('mount', ['-o', `remount,${how}`, folder]);
}

/** Mounts a folder in another place as well, which is made. Returns how to take it away. */
export function bindFolder(folder: string, at: string): () => void {
  mkdirSync(at, { recursive: true });
  execFileSync('mount', ['--bind', folder, at]);
  return () => void execFileSync('umount', ['-l', at]);
}
