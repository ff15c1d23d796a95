import { join } from 'node:path';
import { saidBy } from '../../../domain/errors.js';
import { codeOf } from '../../../util/errors.js';
import type { JsonObject } from '../../../util/json/json.js';
import { isEqual } from '../../../util/json/json.js';
import type { Cache } from '../cache/cache.js';
import type { TouchedRecord } from '../cache/replay.js';
import { fingerprintOf, isSame, replaceFile } from '../disk/atomic-file.js';
import { findPlainFile, readPlain, removePlain } from '../disk/plain-file.js';
import type { EditedTexts } from '../edits/edited-text.js';
import type { Problems } from '../folder/problems.js';
import { type DocumentText, fileText, parseObject } from './json-text.js';
import { createKeptTexts, type KeptTexts } from './kept-texts.js';
import { dayOf, fileName, type Layout } from './layout.js';

/** The largest file of a document, in bytes: a record of the largest fields is a tenth of it. */
export const MOST_BYTES = 64 * 2 ** 20;

/** NUL, which lost blocks read as, and the white space of JSON (RFC 8259). */
const BLANK: ReadonlySet<number> = new Set(Buffer.from('\0\t\n\r '));

/** The documents' files. Everything inside a transaction of the cache, under the folder's lock. */
export interface DocumentFiles {
  /**
   * Writes a record's file as the cache has the record. A person's text in its place is kept next to it. A failure is
   * reported as a problem, and retried: the log has the record.
   */
  updateFile(record: TouchedRecord): void;
  /** The same for many records. */
  updateFiles(records: readonly TouchedRecord[]): void;
  /** The same, but a person's text stays in place: the next scan takes it over. */
  updateOwnFiles(records: readonly TouchedRecord[]): void;
  /** Whether a file's bytes are the record at some version, or blank: no person's work. */
  isOurs(record: TouchedRecord, bytes: Buffer): boolean;
  pathOf(collection: string, dir: string, id: string): string;
  /** The folder inside its collection's where a record's file is, or belongs; null when there is neither. */
  findDir(record: TouchedRecord): string | null;
}

export function createDocumentFiles(
  layout: Layout,
  cache: Cache,
  problems: Problems,
  texts: EditedTexts,
  onKept: (path: string) => void,
): DocumentFiles {
  const { folder } = layout;
  const { statement, files } = cache;
  const pathOf = (collection: string, dir: string, id: string) => join(folder, collection, dir, fileName(id));

  const updateFile = (record: TouchedRecord): void => updateFiles([record]);

  function updateFiles(records: readonly TouchedRecord[]): void {
    const kept = createKeptTexts(layout, texts.redact);
    for (const record of records) update(record, kept, (path, bytes) => onKept(kept.keep(path, bytes)));
  }

  function updateOwnFiles(records: readonly TouchedRecord[]): void {
    const kept = createKeptTexts(layout, texts.redact);
    for (const record of records) update(record, kept, null);
  }

  /** `keep`: handles a person's text; null: it stays. */
  function update(record: TouchedRecord, kept: KeptTexts, keep: ((path: string, bytes: Buffer) => void) | null): void {
    const { collection, id } = record;
    try {
      const current = record.put ?? findCurrent(record);
      if (current) place(record, current, keep);
      else remove(record, kept);
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

  function findCurrent(record: TouchedRecord): DocumentText | null {
    const doc = findDoc(record);
    return doc === null ? null : { doc, document: JSON.parse(doc) as JsonObject };
  }

  function findDoc({ collection, id }: TouchedRecord): string | null {
    return (statement(`select doc from ${collection} where id = ?`).pluck().get(id) as string | undefined) ?? null;
  }

  function findDir(record: TouchedRecord): string | null {
    const known = files.find(record.collection, record.id);
    if (known) return known.dir;
    const current = findCurrent(record);
    return current && dayOf(String(current.document.createdAt));
  }

  function place(
    record: TouchedRecord,
    { doc, document }: DocumentText,
    keep: ((path: string, bytes: Buffer) => void) | null,
  ): void {
    const { collection, id } = record;
    const dir = dayOf(String(document.createdAt));
    const path = pathOf(collection, dir, id);
    const text = fileText(document);
    const known = files.find(collection, id);
    const stats = findPlainFile(folder, path);
    const now = stats && fingerprintOf(stats);
    if (now && !(known?.dir === dir && isSame(known, now))) {
      const there = readPlain(folder, path, MOST_BYTES);
      if (there?.equals(Buffer.from(text))) {
        files.set(collection, id, dir, now, doc);
        problems.clear(path);
        return;
      }
      if (there !== null && !isOurs(record, there)) {
        if (!keep) return;
        keep(path, there);
      }
    }
    if (known && known.dir !== dir) removePlain(folder, pathOf(collection, known.dir, id));
    files.set(collection, id, dir, replaceFile(layout, path, text, false), doc);
    // A person's text that was there has been moved next to it.
    problems.clear(path);
  }

  function remove({ collection, id }: TouchedRecord, kept: KeptTexts): void {
    const known = files.find(collection, id);
    if (!known) return;
    const path = pathOf(collection, known.dir, id);
    removePlain(folder, path);
    kept.removeOf(path);
    files.forget(collection, id);
    problems.clear(path);
  }

  function isOurs(record: TouchedRecord, bytes: Buffer): boolean {
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

  return { updateFile, updateFiles, updateOwnFiles, isOurs, pathOf, findDir };
}
