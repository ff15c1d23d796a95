import { parentPort } from 'node:worker_threads';
import { RouteChangedError } from '../../domain/errors.js';
import type { ThreadReply } from '../sqlite/thread.js';
import type { Write, WriteFailure, WriteResult } from '../sqlite/writes.js';
import { toFileError } from './errors.js';
import { type Folder, type FolderOptions, openFolder } from './folder.js';
import { type MoveAsideOptions, moveAside } from './move-aside.js';

/**
 * The thread that keeps projects' folders: reading, parsing and syncing files never holds up the event loop. Each folder
 * waits for its own lock; the others go on meanwhile.
 */

/** `handle`: a number that the asker gave the folder. */
export type FileRequest = { readonly id: number; readonly handle: number } & (
  | { readonly kind: 'open'; readonly options: FolderOptions }
  | { readonly kind: 'write'; readonly write: Write }
  | { readonly kind: 'moveAside'; readonly options: MoveAsideOptions }
  | { readonly kind: 'refresh' | 'renew' | 'health' | 'close' }
);

type Answer = ThreadReply<unknown>[number][1];

const port = parentPort!;
const folders = new Map<number, { readonly place: string; readonly opening: Promise<Folder> }>();
/** Answers that go out together. */
let ready: [number, Answer][] = [];

/** Requests that aren't begun yet. */
let asked: FileRequest[] = [];

port.on('message', (request: FileRequest) => {
  // What came meanwhile begins together, so that writes to a folder share a sync; and before it does, timers and watches
  // have their turn, however much is asked.
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
      const place = folders.get(request.handle)?.place ?? ('options' in request ? request.options.folder : '');
      reply(request.id, { ok: false, failure: failureOf(error, place) });
    },
  );
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
  if (request.kind === 'moveAside') return done(await moveAside(request.options));
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

const done = (value: unknown): Answer => ({ ok: true, value });

function failureOf(error: unknown, place: string): WriteFailure {
  if (error instanceof RouteChangedError) return { kind: 'route', epoch: error.epoch, routedBy: error.routedBy };
  const { code, message, hint } = toFileError(error, place);
  return { kind: 'store', code: code as Extract<WriteFailure, { kind: 'store' }>['code'], message, hint };
}
