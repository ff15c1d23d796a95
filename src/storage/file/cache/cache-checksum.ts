import { closeSync, existsSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { PRIVATE_FILE } from '../../../files/private-files.js';
import type { AnySpec } from '../../shared/collection-spec.js';
import type { SqliteConnection } from '../../sqlite/connection.js';

/**
 * Whether a cache is as it was left. SQLite doesn't notice a changed byte in a page, and a wrong cache would return
 * wrong records.
 */

const CHUNK_BYTES = 1_048_576;

export const checksumPath = (path: string) => `${path}.seal`;

/** Writes a checksum of a closed cache next to it. */
export function writeChecksum(path: string): void {
  try {
    // Another process continues to write to it: its bytes now prove nothing.
    if (!existsSync(`${path}-wal`)) writeFileSync(checksumPath(path), checksum(path), { mode: PRIVATE_FILE });
  } catch {
    // Without a checksum the next opening checks the cache itself.
  }
}

/**
 * Whether a cache is as it was when it was closed; the checksum is missing when it wasn't closed. It is removed: the
 * cache changes now.
 */
export function takeChecksum(path: string): 'whole' | 'broken' | 'missing' {
  const sealed = existsSync(checksumPath(path)) ? readFileSync(checksumPath(path), 'utf8') : null;
  rmSync(checksumPath(path), { force: true });
  if (sealed === null || existsSync(`${path}-wal`)) return 'missing';
  return sealed === checksum(path) ? 'whole' : 'broken';
}

/**
 * Whether the records of a cache that wasn't closed are those that were written, by SQLite's check and their checksums.
 */
export function isSound(db: SqliteConnection, specs: readonly AnySpec[]): boolean {
  if (db.pragma('integrity_check(1)', { simple: true }) !== 'ok') return false;
  for (const { name } of specs) {
    const rows = db
      .prepare(
        `select d.doc, d.version = (d.doc ->> '$.version') as agrees, f.sum from ${name} d join files f on f.collection = ? and f.id = d.id`,
      )
      .iterate(name) as Iterable<{ readonly doc: string; readonly agrees: number; readonly sum: number }>;
    for (const { doc, agrees, sum } of rows) if (agrees !== 1 || crc32(doc) !== sum) return false;
    const known = db.prepare(`select count(*) from files where collection = ? and id not in (select id from ${name})`);
    if (known.pluck().get(name) !== 0) return false;
  }
  return db.prepare('select 1 from log where before is not null and not json_valid(before)').get() === undefined;
}

function checksum(path: string): string {
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    let sum = 0;
    let size = 0;
    for (let count = readSync(file, chunk); count > 0; count = readSync(file, chunk)) {
      sum = crc32(chunk.subarray(0, count), sum);
      size += count;
    }
    return `${size} ${sum.toString(16)}\n`;
  } finally {
    closeSync(file);
  }
}
