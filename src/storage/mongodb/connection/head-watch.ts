import type { ChangeStream, Db, Document } from 'mongodb';
import { delay } from '../../../util/async.js';
import { HEADS, type Head } from '../schema.js';

/**
 * Called with the number of a log's last entry. `isFound`: it was found to be that, rather than raised to it, so the log may
 * have become shorter, or be another.
 */
export type OnHead = (seq: number, isFound: boolean) => void;

/** Tells who follows a project's log how far it goes, as any process appends to it. */
export interface HeadWatch {
  /** Calls `onHead` now and then also when nothing changed. Returns how to stop. */
  watch(project: string, onHead: OnHead): () => void;
  /** Whether the server tells at once; else it is asked once a second. */
  readonly isLive: boolean;
  close(): Promise<void>;
}

export interface HeadWatchOptions {
  readonly db: Db;
  /** A change stream holds a connection; a pool of a few can't spare one. */
  readonly canStream: boolean;
}

/** How often the heads are read while the server doesn't tell, and how long to wait before asking it to again. In milliseconds. */
const LOOK_INTERVAL = 1_000;
const REOPEN_AFTER = 1_000;
/** How long the server may hold a request for what is new, in milliseconds. */
const AWAIT = 1_000;

/** While the stream is open, the heads are looked at all the same, once in so many turns. */
const LIVE_LOOKS = 30;
/**
 * A head that was put there, rather than raised, may be of a backup that is being put back, one collection after the other:
 * for so many turns the heads are looked at in each.
 */
const RESTLESS_LOOKS = 60;
/**
 * The server waits before it says that nothing has changed. A stream that says so at once, in milliseconds, and again, is
 * dead: of a database that was dropped the driver's answers without end, and without asking.
 */
const AT_ONCE = 5;
const AT_ONCE_AT_MOST = 5;

/** One change stream for all projects of a database, open while anybody watches; without it, one read a second for all. */
export function createHeadWatch({ db, canStream }: HeadWatchOptions): HeadWatch {
  const watchers = new Map<string, Set<OnHead>>();
  let running: { readonly stop: AbortController; readonly done: Promise<unknown> } | null = null;
  let isLive = false;
  let restless = 0;
  let isClosed = false;

  function tell(project: string, seq: number, isFound: boolean): void {
    for (const onHead of watchers.get(project) ?? []) onHead(seq, isFound);
  }

  /** Reads the heads of all that are watched; false when it can't. Whoever reads the log is told why. */
  async function look(): Promise<boolean> {
    const heads = db.collection<Head>(HEADS).find({ _id: { $in: [...watchers.keys()] } }, { projection: { seq: 1 } });
    try {
      for (const { _id, seq } of await heads.toArray()) tell(_id, seq, true);
      return true;
    } catch {
      await heads.close().catch(() => undefined);
      return false;
    }
  }

  async function poll(signal: AbortSignal): Promise<void> {
    for (let turn = 1; await delay(LOOK_INTERVAL, { signal, ref: false }); turn += 1) {
      if (!isLive || restless > 0 || turn % LIVE_LOOKS === 0) await look();
      restless = Math.max(0, restless - 1);
    }
  }

  async function listen(signal: AbortSignal): Promise<void> {
    do {
      const stream = db.collection<Head>(HEADS).watch(PIPELINE, { maxAwaitTimeMS: AWAIT });
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

  async function take(stream: ChangeStream<Head, Document>, signal: AbortSignal): Promise<void> {
    for (let atOnce = 0; !signal.aborted && !stream.closed && atOnce < AT_ONCE_AT_MOST; ) {
      const asked = performance.now();
      const change = await stream.tryNext();
      // What happened while nobody listened.
      if (!isLive) isLive = await look();
      if (change) {
        const { _id } = change.documentKey as { readonly _id: string };
        const isPut = change.operationType !== 'update';
        if (isPut) restless = RESTLESS_LOOKS;
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
      // The stream tells of changes only. Until they could be read, the heads are looked at every second.
      else
        void look().then((isRead) => {
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
