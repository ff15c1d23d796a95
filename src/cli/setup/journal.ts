import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readTextFile, removeTextFile, writeTextFile } from './text-file.js';

/**
 * What setup did, in the user's home, so that it can be taken back, files to the byte. Of these it holds the changed places
 * only: a configuration may hold secrets. Each file and each project has a file of its own there: several setups may run.
 */

const EDIT = z.object({ offset: z.int().min(0), removed: z.string(), inserted: z.string() });
const WRITTEN = z.object({
  /** Of the text afterwards: another one was written by somebody else. */
  sha256: z.string(),
  edits: z.array(EDIT).readonly(),
  /** Tables and lists that were made around the entries. */
  made: z.array(z.array(z.string()).readonly()).readonly(),
  /** Whether the file was made, and which folders: the outermost first. */
  isNewFile: z.boolean(),
  newFolders: z.array(z.string()).readonly(),
});
const DECIDED = z.object({
  projectId: z.string(),
  before: z.enum(['OFF', 'MESSAGES', 'ALL']).nullable(),
  after: z.enum(['MESSAGES', 'ALL']),
});

/** One writing of a file. */
export type Written = Readonly<z.infer<typeof WRITTEN>>;
/** What setup made of a project's `capture`. */
export type Decided = Readonly<z.infer<typeof DECIDED>>;

/** Of one kind, by key. */
interface Notes<T> {
  /** Null when there is none. @param home Mooring's folder of the user */
  read(home: string, key: string): Promise<T | null>;
  /** Null: it was taken back. */
  write(home: string, key: string, value: T | null): Promise<void>;
}

/** By the path of the file; the oldest writing first. */
export const WRITINGS = notesOf('writings', z.array(WRITTEN).readonly());
/** By the host and the folder of the project. */
export const DECISIONS = notesOf('decision', DECIDED);

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;

function notesOf<T>(kind: string, schema: z.ZodType<T>): Notes<T> {
  const folderOf = (home: string) => join(home, 'setup');
  const open = (home: string, key: string) =>
    readTextFile(join(folderOf(home), `${kind}-${hashOf(key).slice(0, 32)}.json`));
  return {
    async read(home, key) {
      const { text } = await open(home, key);
      try {
        return schema.parse(JSON.parse(text)[kind]);
      } catch {
        // A damaged note is none: what setup wrote is then recognized by what it is.
        return null;
      }
    },
    async write(home, key, value) {
      const file = await open(home, key);
      if (value === null) {
        if (file.bytes) await removeTextFile(file, [home, folderOf(home)]);
        return;
      }
      await mkdir(folderOf(home), { recursive: true, mode: PRIVATE_FOLDER });
      await writeTextFile(file, `${JSON.stringify({ of: key, [kind]: value }, null, 2)}\n`, PRIVATE_FILE);
    },
  };
}
