import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../../src/storage/store.js';

interface Closable {
  close(): Promise<void>;
}

export interface TrackedStores {
  /** A new temporary folder, whose name starts with this. */
  folder(prefix: string): Promise<string>;
  /** Opens a store over these parts, which are closed after it, or at once when it can't be opened. */
  open<S extends Store>(parts: readonly Closable[], open: () => Promise<S>): Promise<S>;
  /** Closes the stores in the order they were opened in, then removes the folders. */
  cleanUp(): Promise<void>;
}

/** Shared by the store factories of all drivers: it tracks what to close and to remove. */
export function trackStores(): TrackedStores {
  const opened: Closable[] = [];
  const folders: string[] = [];
  return {
    async folder(prefix) {
      const folder = await mkdtemp(join(tmpdir(), prefix));
      folders.push(folder);
      return folder;
    },
    async open(parts, open) {
      try {
        const store = await open();
        opened.push(store, ...parts);
        return store;
      } catch (error) {
        for (const part of parts) await part.close();
        throw error;
      }
    },
    async cleanUp() {
      for (const each of opened.splice(0)) await each.close();
      for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
    },
  };
}
