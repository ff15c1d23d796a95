import { closeSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { parentPort, receiveMessageOnPort } from 'node:worker_threads';
import { makePrivateFolder, PRIVATE_FILE } from '../../files/private-files.js';
import { signalPath } from '../shared/change-signal.js';
import type { AnySpec } from '../shared/collection-spec.js';
import { type ImportWrite, type StoreWrite, toFailure, type WriteFailure, type WriteResult } from '../shared/writes.js';
import { createApply, WriteRefused } from './apply.js';
import { connect, doApart, type SqliteConnection, toStoreError } from './connection.js';
import { inodeAt, noSuchFile } from './open-file.js';
import { applySchema } from './schema.js';
import { createScrub, type Scrub, truncateWal } from './scrub.js';

/**
 * The writer thread: every write of this process goes through it, so the event loop never waits for the disk. Writes to
 * one file that wait together share a transaction and its one fsync.
 */

export type WriterRequest =
  | {
      readonly kind: 'open';
      readonly id: number;
      readonly path: string;
      readonly specs: readonly AnySpec[];
      readonly epoch: number;
      readonly create: boolean;
    }
  | { readonly kind: 'write'; readonly id: number; readonly path: string; readonly write: StoreWrite }
  | { readonly kind: 'close'; readonly id: number; readonly path: string };

interface OpenFile {
  readonly specs: readonly AnySpec[];
  readonly ino: number | null;
  readonly db: SqliteConnection;
  readonly apply: (write: StoreWrite) => number;
  readonly scrub: Scrub;
  readonly signal: number;
}

const port = parentPort!;
const files = new Map<string, OpenFile>();

port.on('message', (first: WriterRequest) => {
  const waiting = [first];
  for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port))
    waiting.push(next.message as WriterRequest);
  const replies: [number, WriteResult][] = [];
  for (let start = 0; start < waiting.length; ) {
    const { kind, path } = waiting[start]!;
    let end = start + 1;
    while (kind === 'write' && end < waiting.length && waiting[end]!.kind === 'write' && waiting[end]!.path === path)
      end += 1;
    replies.push(...handle(waiting.slice(start, end)));
    start = end;
  }
  port.postMessage(replies);
});

/** One opening or closing, or writes to one file. */
function handle(requests: readonly WriterRequest[]): [number, WriteResult][] {
  const request = requests[0]!;
  const { path } = request;
  try {
    if (request.kind === 'write') return writeTogether(path, requests as Extract<WriterRequest, { kind: 'write' }>[]);
    if (request.kind === 'open') open(request);
    else close(path);
    return [[request.id, { ok: true, value: 0 }]];
  } catch (error) {
    const failure = failureOf(error, path);
    return requests.map(({ id }) => [id, { ok: false, failure }]);
  }
}

function open({ path, specs, epoch, create }: Omit<Extract<WriterRequest, { kind: 'open' }>, 'kind' | 'id'>): void {
  const opened = files.get(path);
  if (opened && opened.ino === inodeAt(path)) return;
  // Another file is at the path by now.
  if (opened) close(path);
  if (create) makePrivateFolder(dirname(path));
  // Read first: if another file replaces it meanwhile, that is noticed later.
  const ino = inodeAt(path);
  const db = connect({ path, readonly: false, create });
  try {
    applySchema(db, specs, epoch, path);
    const scrub = createScrub(db);
    scrub.now();
    makePrivateFolder(dirname(signalPath(path)));
    const signal = openSync(signalPath(path), 'w', PRIVATE_FILE);
    files.set(path, { specs, ino: ino ?? inodeAt(path), db, apply: createApply(db, specs), scrub, signal });
  } catch (error) {
    db.close();
    throw error;
  }
}

function close(path: string): void {
  const file = files.get(path);
  files.delete(path);
  if (!file) return;
  closeSync(file.signal);
  file.scrub.close();
  file.db.close();
}

function writeTogether(
  path: string,
  requests: readonly Extract<WriterRequest, { kind: 'write' }>[],
): [number, WriteResult][] {
  const file = currentFile(path);
  const results: [number, WriteResult][] = [];
  file.db.exec('begin immediate');
  try {
    for (const { id, write } of requests) results.push([id, attempt(file, path, write, requests.length > 1)]);
    file.db.exec('commit');
  } catch (error) {
    if (file.db.inTransaction) file.db.exec('rollback');
    throw error;
  }
  const done = requests.filter((_, index) => results[index]![1].ok);
  if (done.some(({ write }) => erases(write))) file.scrub.soon();
  else if (done.some(({ write }) => write.kind === 'import' && removesTexts(write))) truncateWal(file.db);
  else if (done.some(({ write }) => write.kind === 'epoch')) file.scrub.later();
  writeSync(file.signal, '.', 0);
  return results;
}

/** The open file, after reopening it if another is at the path: nobody would see what is written into the old one. */
function currentFile(path: string): OpenFile {
  const file = files.get(path);
  if (!file) throw new Error('it was closed');
  const ino = inodeAt(path);
  if (ino === null) throw noSuchFile(path);
  if (ino !== file.ino) open({ path, specs: file.specs, epoch: 0, create: false });
  return files.get(path)!;
}

/** One write, which is refused alone. @throws what ended the transaction for all that share it */
function attempt(file: OpenFile, path: string, write: StoreWrite, isShared: boolean): WriteResult {
  const done = doApart(file.db, isShared, file.apply, write);
  return 'error' in done ? { ok: false, failure: failureOf(done.error, path) } : { ok: true, value: done.value };
}

/** Whether a write may have erased something. What a move's many imports erased is removed once its store takes over. */
function erases(write: StoreWrite): boolean {
  if (write.kind === 'commit') return write.changes.some(({ kind }) => kind === 'remove');
  return write.kind === 'trim' || write.kind === 'images';
}

/** Whether an import may have erased something, so that it must not stay in the write-ahead log. */
function removesTexts({ removed, entries, floor }: ImportWrite): boolean {
  return removed.length > 0 || floor !== undefined || entries.some(({ operation }) => operation === 'PURGE');
}

function failureOf(error: unknown, path: string): WriteFailure {
  if (error instanceof WriteRefused) return error.failure;
  return toFailure(toStoreError(error, path));
}
