import type { JsonObject } from '../../../util/json/json.js';
import type { AnySpec } from '../../shared/collection-spec.js';
import { uniqueKeysOf } from '../../shared/unique-keys.js';
import { isUniqueViolation, removeDocument, upsertSql } from '../../sqlite/apply.js';
import { insertEntry } from '../../sqlite/log.js';
import { eraseRecord, importEntries, keepable, raiseFloor } from '../../sqlite/log-history.js';
import { holdersSql } from '../../sqlite/query.js';
import type { DocumentText } from '../documents/json-text.js';
import type { Line, LineEntry } from '../log/log-line.js';
import type { Cache } from './cache.js';

/** A record that a commit wrote or removed. */
export interface TouchedRecord {
  readonly collection: string;
  readonly id: string;
  /** The document that the commit wrote; left out, the cache is asked for it. */
  readonly put?: DocumentText | undefined;
}

/** Brings the cache from before a commit to after it, by its line. Inside a transaction. */
export function createReplay(
  { statement }: Cache,
  specs: readonly AnySpec[],
): (line: Line) => readonly TouchedRecord[] {
  const names = new Set(specs.map(({ name }) => name));

  function replay(line: Line): readonly TouchedRecord[] {
    switch (line.kind) {
      case 'create':
      case 'epoch':
        statement('update head set epoch = ?').run(line.epoch);
        return [];
      case 'manifest':
        statement('update head set manifest = ?').run(JSON.stringify(line.manifest));
        return [];
      case 'trim':
        raiseFloor(statement, line.floor);
        return [];
      case 'commit':
        return line.entries.flatMap((entry) => replayEntry(entry, line));
      case 'import':
        return replayImport(line);
    }
  }

  function replayEntry(entry: LineEntry, { at, actor, requestId }: Extract<Line, { kind: 'commit' }>): TouchedRecord[] {
    const { collection, recordId, operation, after } = entry;
    if (!names.has(collection)) return [];
    if (operation === 'PURGE') {
      removeDocument(statement, { collection, id: recordId });
      eraseRecord(statement, recordId, entry.seq);
    } else if (after) put(collection, after);
    insertEntry(statement, { ...entry, at, actor, requestId });
    return [{ collection, id: recordId }];
  }

  function replayImport({ documents, entries, removed, floor }: Extract<Line, { kind: 'import' }>): TouchedRecord[] {
    const touched: TouchedRecord[] = [];
    for (const { collection, id } of removed) {
      if (!names.has(collection)) continue;
      removeDocument(statement, { collection, id });
      touched.push({ collection, id });
    }
    for (const { collection, document } of documents) {
      if (!names.has(collection)) continue;
      put(collection, document);
      touched.push({ collection, id: String(document.id) });
    }
    importEntries(statement, keepable(statement, entries, floor));
    if (floor !== undefined) raiseFloor(statement, floor);
    return touched;
  }

  function put(collection: string, document: JsonObject): void {
    const upsert = statement(upsertSql(collection));
    const doc = JSON.stringify(document);
    try {
      upsert.run(document.version, doc, document.id);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      // The record that has the key comes later in the same import, without it; or commits between are missing: the later
      // one was checked against records that aren't known any more.
      removeHolders(collection, document);
      upsert.run(document.version, doc, document.id);
    }
  }

  /** Removes other documents that hold a unique key of this one, whose own commit proves that they no longer do. */
  function removeHolders(collection: string, document: JsonObject): void {
    const spec = specs.find(({ name }) => name === collection);
    for (const key of spec ? uniqueKeysOf(spec, document) : []) {
      const { text, values } = holdersSql(key, String(document.id));
      statement(`delete from ${collection} where ${text}`).run(values);
    }
  }

  return replay;
}
