import { constants } from 'node:buffer';
import { closeSync, readSync } from 'node:fs';
import { StoreError } from '../../../domain/errors.js';
import { codeOf } from '../../../util/errors.js';
import { openPlain, READ } from '../disk/plain-file.js';
import { decodeLine, type Line } from './log-line.js';

const CHUNK_BYTES = 1_048_576;

/** A line of the log as it was read. */
export interface ReadLine {
  /** Null when it can't be trusted. Parsed on access. */
  readonly line: Line | null;
  readonly bytes: Buffer;
  /** Where the next line begins. */
  readonly end: number;
  /** Whether it has an end of line; one without was never committed. */
  readonly isWhole: boolean;
  readonly path: string;
}

function wholeLine(bytes: Buffer, end: number, path: string): ReadLine {
  return {
    get line() {
      return decodeLine(bytes);
    },
    bytes,
    end,
    isWhole: true,
    path,
  };
}

/**
 * The lines of a segment of the log in a project's folder, from an offset on, read piece by piece. @throws like the
 * log, also when a line is longer than any that can be read
 */
export function* readLines(folder: string, path: string, offset: number): Generator<ReadLine> {
  let file: number;
  try {
    file = openPlain(folder, path, READ);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  try {
    /** Of the line that isn't complete yet. */
    let parts: Buffer[] = [];
    let end = offset;
    for (let position = offset; ; ) {
      if (position - end > constants.MAX_STRING_LENGTH) throw tooLarge(path, constants.MAX_STRING_LENGTH);
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const count = readSync(file, chunk, 0, CHUNK_BYTES, position);
      if (count === 0) break;
      const read = chunk.subarray(0, count);
      let start = 0;
      for (let at = read.indexOf(10); at !== -1; at = read.indexOf(10, start)) {
        const bytes = Buffer.concat([...parts, read.subarray(start, at)]);
        parts = [];
        start = at + 1;
        end = position + start;
        yield wholeLine(bytes, end, path);
      }
      if (start < count) parts.push(read.subarray(start));
      position += count;
    }
    if (parts.length > 0) yield { line: null, bytes: Buffer.concat(parts), end, isWhole: false, path };
  } finally {
    closeSync(file);
  }
}

function tooLarge(path: string, most: number): StoreError {
  return new StoreError(
    'STORE_UNSUITABLE',
    `${path} has a line of more than ${Math.floor(most / 2 ** 20)} MB, which no commit makes: the rest wasn't read.`,
    'Put the file back from a backup, or move it out of the folder; then repeat the request.',
  );
}
