import { statSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { RouteChangedError } from '../../domain/errors.js';
import { isAbsent } from '../../util/errors.js';
import type { ThreadReply } from '../shared/thread.js';
import { type StoreWrite, toFailure, type WriteFailure, type WriteResult } from '../shared/writes.js';
import { toFileError } from './errors.js';
import { type Folder, type FolderOptions, openFolder } from './folder/folder.js';
import {
  countsIn,
  destroyFiles,
  findFolder,
  findWithFault,
  projectFoldersIn,
  type RemovalTarget,
  type StoredFolder,
} from './projects.js';

/**
 * The thread of projects' folders: reading, parsing and syncing files never blocks the event loop. Each folder waits
 * for its own lock; the others continue.
 */

/** `handle`: the caller's number of the folder. */
export type FileRequest = { readonly id: number; readonly handle: number } & (
  | { readonly kind: 'open'; readonly options: FolderOptions }
  | { readonly kind: 'write'; readonly write: StoreWrite }
  | { readonly kind: 'destroy'; readonly options: RemovalTarget }
  | {
      readonly kind: 'exists' | 'folders' | 'find' | 'findWithFault' | 'counts';
      readonly paths: readonly string[];
      /** Names of collections. */
      readonly names: readonly string[];
    }
  | { readonly kind: 'refresh' | 'renew' | 'health' | 'close' }
);

type Answer = ThreadReply<unknown>[number][1];

const port = parentPort!;
const folders = new Map<number, { readonly place: string; readonly opening: Promise<Folder> }>();
/** Answers that are sent together. */
let ready: [number, Answer][] = [];

/** Requests that aren't begun yet. */
let asked: FileRequest[] = [];

port.on('message', (request: FileRequest) => {
  // Requests that came meanwhile begin together, so that writes to a folder share a sync; before that, timers and
  // watches have their turn, however many requests there are.
  if (asked.push(request) === 1) setImmediate(beginAll);
});

function beginAll(): void {
  const requests = asked;
  asked = [];
  for (const request of requests) begin(request);
}

function begin(request: FileRequest): void {
  handle(request).then(
    (answer) => reply(request.id, answer),
    (error: unknown) => {
      reply(request.id, { ok: false, failure: failureOf(error, placeOf(request)) });
    },
  );
}

function placeOf(request: FileRequest): string {
  if ('options' in request) return request.options.folder;
  return 'paths' in request ? request.paths[0]! : (folders.get(request.handle)?.place ?? '');
}

function reply(id: number, answer: Answer): void {
  if (ready.length === 0) {
    queueMicrotask(() => {
      port.postMessage(ready);
      ready = [];
    });
  }
  ready.push([id, answer]);
}

async function handle(request: FileRequest): Promise<Answer | WriteResult> {
  if (request.kind === 'open') {
    const opening = openFolder(request.options);
    folders.set(request.handle, { place: request.options.folder, opening });
    try {
      await opening;
    } catch (error) {
      folders.delete(request.handle);
      throw error;
    }
    return done(null);
  }
  if (request.kind === 'destroy') return done(await destroyFiles(request.options));
  if ('paths' in request) return done(inspect(request));
  const folder = await folders.get(request.handle)?.opening;
  if (!folder) throw new Error('it was closed');
  switch (request.kind) {
    case 'write':
      return folder.write(request.write);
    case 'refresh':
      return done(await folder.refresh());
    case 'renew':
      return done(await folder.renew());
    case 'health':
      return done(await folder.health());
    case 'close':
      folders.delete(request.handle);
      return done(await folder.close());
  }
}

/** The answer for each path. `folders`: those in it that are named like projects. */
function inspect({ kind, paths, names }: Extract<FileRequest, { paths: unknown }>): readonly unknown[] {
  switch (kind) {
    case 'exists':
      return paths.map(exists);
    case 'folders':
      return paths.flatMap(projectFoldersIn);
    case 'find':
      return paths.map((path) => sendable(findFolder(path)));
    case 'findWithFault':
      return paths.map((path) => sendable(findWithFault(path, names)));
    case 'counts':
      return paths.map((path) => countsIn(path, names));
  }
}

function exists(path: string): boolean {
  try {
    statSync(path);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

/** An error is sent to another thread as plain data. */
function sendable(found: StoredFolder | null): unknown {
  if (!found?.fault) return found;
  const { code, message, hint } = found.fault;
  return { ...found, fault: { code, message, hint } };
}

const done = (value: unknown): Answer => ({ ok: true, value });

function failureOf(error: unknown, place: string): WriteFailure {
  if (error instanceof RouteChangedError) return { kind: 'route', epoch: error.epoch, routedBy: error.routedBy };
  return toFailure(toFileError(error, place));
}
