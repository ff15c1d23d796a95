import { dirname, join } from 'node:path';
import { saidBy } from '../../../domain/errors.js';
import { codeOf } from '../../../util/errors.js';
import type { JsonObject } from '../../../util/json.js';
import { isEqual } from '../../../util/json.js';
import type { Cache } from '../cache/cache.js';
import type { Touched } from '../cache/replay.js';
import { isSame, replaceFile, traceOf } from '../disk/atomic-file.js';
import { findPlainFile, namesInPlain, readPlain, removePlain, renamePlain } from '../disk/plain-file.js';
import type { Problems } from '../folder/problems.js';
import { type DocumentText, fileText, parseObject } from './json-text.js';
import { dayOf, EDITED, fileName, type Layout } from './layout.js';

/** The most bytes that a document's file may have: a record of the largest fields is a tenth of it. */
export const MOST_BYTES = 64 * 2 ** 20;

/** NUL, which lost blocks are read as, and the white space of JSON (RFC 8259). */
const BLANK: ReadonlySet<number> = new Set(Buffer.from('\0\t\n\r '));

/** The documents' files. All of it inside a transaction of the cache, under the folder's lock. */
export interface Documents {
  /**
   * Makes a record's file what the cache says of the record. A text there that a person wrote is kept beside it. What
   * can't be written now is a problem that is told, and is tried again: the log has the record.
   */
  settle(record: Touched): void;
  /** The same, but a person's text stays where it is: the next look takes it over. */
  settleOurs(record: Touched): void;
  /** Whether a file's bytes are the record as it was at some version, or nothing at all: no person's work. */
  isOurs(record: Touched, bytes: Buffer): boolean;
  pathOf(collection: string, dir: string, id: string): string;
  /** The folder inside its collection's where a record's file is, or has to be; null when there is neither. */
  findDir(record: Touched): string | null;
}

export function createDocuments(
  layout: Layout,
  cache: Cache,
  problems: Problems,
  onKeptBeside: (path: string) => void,
): Documents {
  const { folder } = layout;
  const { statement, files } = cache;
  const pathOf = (collection: string, dir: string, id: string) => join(folder, collection, dir, fileName(id));

  const settle = (record: Touched): void => settleBy(record, keepBeside);
  const settleOurs = (record: Touched): void => settleBy(record, null);

  /** `keep`: what is done with a person's text; null: it stays. */
  function settleBy(record: Touched, keep: ((path: string) => void) | null): void {
    const { collection, id } = record;
    try {
      const current = record.put ?? findCurrent(record);
      if (current) place(record, current, keep);
      else remove(record);
      problems.clear(`${collection}/${id}`);
    } catch (error) {
      if (codeOf(error).startsWith('SQLITE')) throw error;
      files.forget(collection, id);
      problems.set(
        `${collection}/${id}`,
        `The file of ${id} in ${join(folder, collection)} can't be written: ${saidBy(error)}. The log has the record, and the file is written once it can be.`,
      );
    }
  }

  function findCurrent(record: Touched): DocumentText | null {
    const doc = findDoc(record);
    return doc === null ? null : { doc, document: JSON.parse(doc) as JsonObject };
  }

  function findDoc({ collection, id }: Touched): string | null {
    return (statement(`select doc from ${collection} where id = ?`).pluck().get(id) as string | undefined) ?? null;
  }

  function findDir(record: Touched): string | null {
    const known = files.find(record.collection, record.id);
    if (known) return known.dir;
    const current = findCurrent(record);
    return current && dayOf(String(current.document.createdAt));
  }

  function place(record: Touched, { doc, document }: DocumentText, keep: ((path: string) => void) | null): void {
    const { collection, id } = record;
    const dir = dayOf(String(document.createdAt));
    const path = pathOf(collection, dir, id);
    const text = fileText(document);
    const known = files.find(collection, id);
    const stats = findPlainFile(folder, path);
    const now = stats && traceOf(stats);
    if (now && !(known?.dir === dir && isSame(known, now))) {
      const there = readPlain(folder, path, MOST_BYTES);
      if (there?.equals(Buffer.from(text))) {
        files.set(collection, id, dir, now, doc);
        problems.clear(path);
        return;
      }
      if (there !== null && !isOurs(record, there)) {
        if (!keep) return;
        keep(path);
      }
    }
    if (known && known.dir !== dir) removePlain(folder, pathOf(collection, known.dir, id));
    files.set(collection, id, dir, replaceFile(layout, path, text, false), doc);
    // What somebody had written there is beside it by now.
    problems.clear(path);
  }

  function remove({ collection, id }: Touched): void {
    const known = files.find(collection, id);
    if (!known) return;
    const path = pathOf(collection, known.dir, id);
    removePlain(folder, path);
    for (const name of namesInPlain(folder, dirname(path)))
      if (name.startsWith(`${fileName(id)}${EDITED}`)) removePlain(folder, join(dirname(path), name));
    files.forget(collection, id);
    problems.clear(path);
  }

  function isOurs(record: Touched, bytes: Buffer): boolean {
    if (bytes.every((byte) => BLANK.has(byte))) return true;
    const parsed = parseObject(bytes);
    if (!('object' in parsed)) return false;
    const { version } = parsed.object;
    const doc = findDoc(record);
    const images = statement('select before from log where record = ? and version = ? and before is not null')
      .pluck()
      .all(record.id, Number(version) + 1) as string[];
    return [...images, ...(doc === null ? [] : [doc])].some((image) => isEqual(JSON.parse(image), parsed.object));
  }

  function keepBeside(path: string): void {
    const beside = `${path}${EDITED}${new Date().toISOString().replace(/[:.]/g, '-')}`;
    renamePlain(folder, path, beside);
    onKeptBeside(beside);
  }

  return { settle, settleOurs, isOurs, pathOf, findDir };
}
