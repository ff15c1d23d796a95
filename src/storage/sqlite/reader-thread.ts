import { parentPort } from 'node:worker_threads';
import type { AnySpec } from '../shared/collection-spec.js';
import { toFailure } from '../shared/writes.js';
import {
  connect,
  createStatements,
  type SqliteConnection,
  type Statement,
  takeRows,
  toStoreError,
} from './connection.js';
import { findHead, inspectSqlite } from './inspect.js';
import { inodeAt } from './open-file.js';

/** The reader thread: long reads, such as scans of all documents, don't block the event loop. */

export type ReaderRequest =
  /** The first column of a statement's rows: as many as fit into `most` characters. */
  | {
      readonly kind: 'read';
      readonly id: number;
      readonly path: string;
      readonly sql: string;
      readonly values: readonly (string | number | null)[];
      readonly most: number;
    }
  | { readonly kind: 'inspect'; readonly id: number; readonly path: string; readonly specs: readonly AnySpec[] }
  | { readonly kind: 'head'; readonly id: number; readonly path: string }
  | { readonly kind: 'close'; readonly id: number; readonly path: string };

interface OpenFile {
  readonly ino: number | null;
  readonly db: SqliteConnection;
  readonly statement: (sql: string) => Statement;
}

/** Most open files; the least recently used is closed for another. */
const MOST_FILES = 8;

const port = parentPort!;
const files = new Map<string, OpenFile>();

port.on('message', (request: ReaderRequest) => {
  try {
    port.postMessage([[request.id, { ok: true, value: handle(request) }]]);
  } catch (error) {
    port.postMessage([[request.id, { ok: false, failure: toFailure(toStoreError(error, request.path)) }]]);
  }
});

function handle(request: ReaderRequest): unknown {
  switch (request.kind) {
    case 'read':
      return takeRows(open(request.path).statement(request.sql), request.values, request.most);
    case 'inspect':
      return inspectSqlite(request.path, request.specs);
    case 'head':
      return findHead(request.path);
    case 'close':
      return close(request.path);
  }
}

function open(path: string): OpenFile {
  // Another file may be at the path by now.
  if (files.has(path) && files.get(path)!.ino !== inodeAt(path)) close(path);
  let file = files.get(path);
  files.delete(path);
  if (!file) {
    const ino = inodeAt(path);
    const db = connect({ path, readonly: true, create: false });
    file = { ino, db, statement: createStatements(db) };
  }
  files.set(path, file); // moved to the end, as the latest
  const [oldest] = files.keys();
  if (files.size > MOST_FILES) close(oldest!);
  return file;
}

function close(path: string): void {
  files.get(path)?.db.close();
  files.delete(path);
}
