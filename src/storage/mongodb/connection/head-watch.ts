import type { ChangeStream, Db, Document } from 'mongodb';
import { delay } from '../../../util/async.js';
import { HEADS, type ProjectHead } from '../schema.js';

/**
 * Called with the number of a log's last entry. `isFound`: the log was found to end there rather than advanced to it,
 * so it may be shorter than before, or another log.
 */
export type OnHead = (seq: number, isFound: boolean) => void;

/** Reports to the followers of a project's log how far it reaches, as any process appends to it. */
export interface HeadWatch {
  /** Calls `onHead` now and then also without a change. Returns how to stop. */
  watch(project: string, onHead: OnHead): () => void;
  /** Whether the server pushes changes; otherwise it is asked once a second. */
  readonly isLive: boolean;
  close(): Promise<void>;
}

export interface HeadWatchOptions {
  readonly db: Db;
  /** A change stream holds a connection; a small pool can't spare one. */
  readonly canStream: boolean;
}

/**
 * How often the heads are read while the server pushes no changes, and how long to wait before asking it to again. In
 * milliseconds.
 */
const POLL_INTERVAL = 1_000;
const REOPEN_AFTER = 1_000;
/** How long the server may hold a request for changes, in milliseconds. */
const AWAIT = 1_000;

/** While the stream is open, the heads are still read, once every this many turns. */
const LIVE_POLL_TURNS = 30;
/**
 * A head that was put there rather than advanced may belong to a backup that is being restored, one collection after
 * the other: for this many turns the heads are read in each.
 */
const RESTLESS_TURNS = 60;
/**
 * The server waits before it says that nothing has changed. A stream that says so within this time, in milliseconds,
 * and repeatedly, is dead: for a dropped database the driver answers endlessly, without asking.
 */
const AT_ONCE = 5;
const AT_ONCE_AT_MOST = 5;

/**
 * One change stream for all projects of a database, open while anybody watches; without it, one read a second for all.
 */
export function createHeadWatch({ db, canStream }: HeadWatchOptions): HeadWatch {
  const watchers = new Map<string, Set<OnHead>>();
  let running: { readonly stop: AbortController; readonly done: Promise<unknown> } | null = null;
  let isLive = false;
  let restless = 0;
  let isClosed = false;

  function tell(project: string, seq: number, isFound: boolean): void {
    for (const onHead of watchers.get(project) ?? []) onHead(seq, isFound);
  }

  /** Reads the heads of all watched projects; false when it can't. Readers of the log learn why. */
  async function readHeads(): Promise<boolean> {
    const heads = db
      .collection<ProjectHead>(HEADS)
      .find({ _id: { $in: [...watchers.keys()] } }, { projection: { seq: 1 } });
    try {
      for (const { _id, seq } of await heads.toArray()) tell(_id, seq, true);
      return true;
    } catch {
      await heads.close().catch(() => undefined);
      return false;
    }
  }

  async function poll(signal: AbortSignal): Promise<void> {
    for (let turn = 1; await delay(POLL_INTERVAL, { signal, ref: false }); turn += 1) {
      if (!isLive || restless > 0 || turn % LIVE_POLL_TURNS === 0) await readHeads();
      restless = Math.max(0, restless - 1);
    }
  }

  async function listen(signal: AbortSignal): Promise<void> {
    do {
      const stream = db.collection<ProjectHead>(HEADS).watch(PIPELINE, { maxAwaitTimeMS: AWAIT });
      const end = () => void stream.close().catch(() => undefined);
      signal.addEventListener('abort', end);
      try {
        await take(stream, signal);
      } catch {
        // Until the stream is open again, the heads are read.
      } finally {
        isLive = false;
        signal.removeEventListener('abort', end);
        await stream.close().catch(() => undefined);
      }
    } while (await delay(REOPEN_AFTER, { signal, ref: false }));
  }

  async function take(stream: ChangeStream<ProjectHead, Document>, signal: AbortSignal): Promise<void> {
    for (let atOnce = 0; !signal.aborted && !stream.closed && atOnce < AT_ONCE_AT_MOST; ) {
      const asked = performance.now();
      const change = await stream.tryNext();
      // Changes made while nobody listened.
      if (!isLive) isLive = await readHeads();
      if (change) {
        const { _id } = change.documentKey as { readonly _id: string };
        const isPut = change.operationType !== 'update';
        if (isPut) restless = RESTLESS_TURNS;
        if (typeof change.seq === 'number') tell(_id, change.seq, isPut);
      }
      atOnce = change || performance.now() - asked > AT_ONCE ? 0 : atOnce + 1;
    }
  }

  function start(): void {
    const stop = new AbortController();
    const done = Promise.all([poll(stop.signal), canStream ? listen(stop.signal) : null]);
    running = { stop, done };
  }

  return {
    get isLive() {
      return isLive;
    },
    watch(project, onHead) {
      if (isClosed) return () => undefined;
      const of = watchers.get(project) ?? new Set();
      watchers.set(project, of.add(onHead));
      if (!running) start();
      // The stream reports changes only. Until the heads could be read, that is tried every second.
      else
        void readHeads().then((isRead) => {
          if (!isRead) isLive = false;
        });
      return () => {
        if (!of.delete(onHead)) return;
        if (of.size === 0 && watchers.get(project) === of) watchers.delete(project);
        if (watchers.size > 0) return;
        running?.stop.abort();
        running = null;
      };
    },
    async close() {
      isClosed = true;
      watchers.clear();
      running?.stop.abort();
      await running?.done;
      running = null;
    },
  };
}

const PIPELINE: Document[] = [
  { $match: { operationType: { $in: ['insert', 'update', 'replace'] } } },
  {
    $project: {
      documentKey: 1,
      operationType: 1,
      seq: { $ifNull: ['$updateDescription.updatedFields.seq', '$fullDocument.seq'] },
    },
  },
];
