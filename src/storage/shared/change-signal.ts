import { type FSWatcher, watch } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * How processes notify each other of commits: a file in a folder of its own, written after each commit and watched.
 * Watching the `-wal` itself would always be one commit late.
 */

/** How often a watch calls back without a change, in milliseconds: it may be lost or impossible (network file systems). */
const CHECK_INTERVAL = 1_000;

/** The signal file of a database. */
export function signalPath(path: string): string {
  return join(dirname(path), 'bell', 'ring');
}

/** Calls `onSignal` after each commit to a database, now and then also without one. Returns how to stop. */
export function watchSignal(path: string, onSignal: () => void): () => void {
  return watchFolder(dirname(signalPath(path)), onSignal);
}

/** Calls `onChange` when something in a folder changes, now and then also when nothing does. Returns how to stop. */
export function watchFolder(folder: string, onChange: () => void): () => void {
  let watcher: FSWatcher | null = null;
  try {
    watcher = watch(folder, { persistent: false }, onChange);
    watcher.on('error', () => watcher?.close());
  } catch {
    // Without a watch (limits, file systems) the timer is enough, only slower.
  }
  const timer = setInterval(onChange, CHECK_INTERVAL).unref();
  return () => {
    clearInterval(timer);
    watcher?.close();
  };
}
