import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PRIVATE_FILE } from '../files/private-files.js';
import { ancestorsOf } from '../util/project-folders.js';
import { hash } from './event/kept.js';
import type { Capture } from './projects.js';

/**
 * What was last captured of a folder's project, for when no server can say it: so that nothing is written to the disk that
 * the project doesn't keep.
 */
export interface Remembered {
  /** Of the folder, or the nearest above it. */
  find(cwd: string): Capture | null;
  /** @param capture null: there is no project, so nothing is known */
  set(cwd: string, capture: Capture | null): void;
}

export function createRemembered(folder: string): Remembered {
  const pathOf = (cwd: string) => join(folder, hash(cwd));

  function read(cwd: string): Capture | null {
    try {
      const text = readFileSync(pathOf(cwd), 'utf8');
      return text === 'OFF' || text === 'MESSAGES' || text === 'ALL' ? text : null;
    } catch {
      return null;
    }
  }

  return {
    find: (cwd) =>
      ancestorsOf(cwd)
        .map(read)
        .find((capture) => capture !== null) ?? null,
    set(cwd, capture) {
      if (read(cwd) === capture) return;
      const path = pathOf(cwd);
      try {
        if (capture === null) return rmSync(path, { force: true });
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
        const draft = `${path}.${process.pid}`;
        writeFileSync(draft, capture, { mode: PRIVATE_FILE });
        renameSync(draft, path);
      } catch {
        // It is only a hint.
      }
    },
  };
}
