import { type FSWatcher, watch } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * How processes hear of each other's commits: a file in a folder of its own that is written after each one, and watched.
 * Watching the `-wal` itself would always be one commit late.
 */

/** How often a listener looks anyway, in milliseconds: a watch may be lost or impossible (network file systems). */
const LOOK_INTERVAL = 1_000;

/** The bell of a database file. */
export function bellPath(path: string): string {
  return join(dirname(path), 'bell', 'ring');
}

/** Calls `onRing` when a commit was made, now and then also when none was. Returns how to stop listening. */
export function listen(path: string, onRing: () => void): () => void {
  return listenTo(dirname(bellPath(path)), onRing);
}

/** Calls `onRing` when something in a folder changed, now and then also when nothing did. Returns how to stop. */
export function listenTo(folder: string, onRing: () => void): () => void {
  let watcher: FSWatcher | null = null;
  try {
    watcher = watch(folder, { persistent: false }, onRing);
    watcher.on('error', () => watcher?.close());
  } catch {
    // Without a watch (limits, file systems) the timer is enough, only slower.
  }
  const timer = setInterval(onRing, LOOK_INTERVAL).unref();
  return () => {
    clearInterval(timer);
    watcher?.close();
  };
}
