import { codeOf } from '../../../util/errors.js';
import type { JsonObject } from '../../../util/json.js';
import type { AnySpec } from '../../shared/spec.js';
import { insertEntry } from '../../sqlite/log.js';
import { eraseRecord, importEntries, keepable, raiseFloor } from '../../sqlite/maintenance.js';
import type { DocumentText } from '../documents/json-text.js';
import type { Line, LineEntry } from '../log/log-line.js';
import type { Cache } from './cache.js';

/** A record that a commit wrote or removed. */
export interface Touched {
  readonly collection: string;
  readonly id: string;
  /** What the commit put there; left out, the cache is asked for it. */
  readonly put?: DocumentText | undefined;
}

/** Brings the cache from before a commit to after it, as its line says. Inside a transaction. */
export function createReplay({ statement }: Cache, specs: readonly AnySpec[]): (line: Line) => readonly Touched[] {
  const names = new Set(specs.map(({ name }) => name));

  function replay(line: Line): readonly Touched[] {
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

  function replayEntry(entry: LineEntry, { at, actor, requestId }: Extract<Line, { kind: 'commit' }>): Touched[] {
    const { collection, recordId, operation, after } = entry;
    if (!names.has(collection)) return [];
    if (operation === 'PURGE') {
      remove(collection, recordId);
      eraseRecord(statement, recordId, entry.seq);
    } else if (after) put(collection, after);
    insertEntry(statement, { ...entry, at, actor, requestId });
    return [{ collection, id: recordId }];
  }

  function replayImport({ documents, entries, removed, floor }: Extract<Line, { kind: 'import' }>): Touched[] {
    const touched: Touched[] = [];
    for (const { collection, id } of removed) {
      if (!names.has(collection)) continue;
      remove(collection, id);
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
    const run = () =>
      statement(
        `insert into ${collection} (version, doc, id) values (?, ?, ?) on conflict (id) do update set version = excluded.version, doc = excluded.doc`,
      ).run(document.version, JSON.stringify(document), document.id);
    try {
      run();
    } catch (error) {
      if (codeOf(error) !== 'SQLITE_CONSTRAINT_UNIQUE') throw error;
      // The record that has the key comes later in the same import, without it; or commits between are missing: the later
      // one was checked against records that aren't known any more.
      dropHolders(collection, document);
      run();
    }
  }

  /** Lets go of what holds a unique key of the document; the document's own commit proves that it doesn't any more. */
  function dropHolders(collection: string, document: JsonObject): void {
    for (const { fields, among } of specs.find(({ name }) => name === collection)?.unique ?? []) {
      if (among === 'live' && document.deletedAt !== null) continue;
      const where = [...fields.map((field) => `${field} = ?`), ...(among === 'live' ? ['deletedAt is null'] : [])];
      statement(`delete from ${collection} where ${where.join(' and ')} and id <> ?`).run(
        ...fields.map((field) => document[field]),
        document.id,
      );
    }
  }

  const remove = (collection: string, id: string) => statement(`delete from ${collection} where id = ?`).run(id);

  return replay;
}
