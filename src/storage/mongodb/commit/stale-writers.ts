import { Binary, type ClientSession } from 'mongodb';
import type { MongoConnection } from '../connection/connection.js';
import { HEADS, type ProjectHead, WRITERS, type WriterDocument } from '../schema.js';

/**
 * Other writers of the same project that may be dead. A process that dies in the middle of a transaction leaves it
 * open, and the server keeps it for a minute, during which nobody could commit. So each writer registers its session's
 * id in the database, and sends heartbeats during a long transaction. A writer that waits ends the transactions of
 * those that send none. Ending a live one does no harm: it is retried.
 */
export interface StaleWriters {
  /** Registers our session's id before its first transaction. */
  register(): Promise<void>;
  /** Sends heartbeats of a transaction until the returned function is called. */
  keepAlive(): () => void;
  /** A transaction of ours was committed. */
  progress(): void;
  /** A transaction of ours met another. */
  wait(): Promise<void>;
  /** Ends our own session on the server, whatever it is doing. */
  kill(): Promise<void>;
  /** Removes our id. */
  close(): Promise<void>;
}

export interface StaleWritersOptions {
  readonly connection: MongoConnection;
  readonly project: string;
  readonly session: ClientSession;
}

/** How often a long transaction sends a heartbeat, in milliseconds. */
const BEAT = 1_000;
/** How long we meet others before we check who they are, and how long they are then observed. In milliseconds. */
const PATIENCE = 500;
const WATCH = 2_000;
/** How often a writer's registration is renewed, so that it doesn't expire. In milliseconds. */
const RENEWAL = 3_600_000;

interface Observation {
  readonly at: number;
  readonly seq: number | undefined;
  readonly beats: ReadonlyMap<string, number>;
}

export function createStaleWriters({ connection, project, session }: StaleWritersOptions): StaleWriters {
  const writers = connection.db.collection<WriterDocument>(WRITERS);
  const id = session.id!.id.toString('hex');
  let registeredAt = Number.NEGATIVE_INFINITY;
  let since: number | null = null;
  let first: Observation | null = null;

  async function register(): Promise<void> {
    if (performance.now() - registeredAt < RENEWAL) return;
    const update = { $set: { project, at: new Date() }, $setOnInsert: { beats: 0 } };
    await connection.run(() => writers.updateOne({ _id: id }, update, { upsert: true }));
    registeredAt = performance.now();
  }

  function keepAlive(): () => void {
    const beat = () => void writers.updateOne({ _id: id }, { $inc: { beats: 1 } }).catch(() => undefined);
    const timer = setInterval(beat, BEAT);
    return () => clearInterval(timer);
  }

  function progress(): void {
    since = null;
    first = null;
  }

  async function observe(): Promise<Observation> {
    const head = await connection.reads.collection<ProjectHead>(HEADS).findOne({ _id: project });
    const found = await connection.reads.collection<WriterDocument>(WRITERS).find({ project }).toArray();
    const beats = found.filter(({ _id }) => _id !== id).map(({ _id, beats: count }) => [_id, count] as const);
    return { at: performance.now(), seq: head?.seq, beats: new Map(beats) };
  }

  async function wait(): Promise<void> {
    const now = performance.now();
    since ??= now;
    if (now - since < PATIENCE || (first && now - first.at < WATCH)) return;
    try {
      const observed = await observe();
      const before = first;
      first = observed;
      // Some writer makes progress, so none blocks the others.
      if (!before || before.seq !== observed.seq) return;
      const silent = [...observed.beats].filter(([writer, beats]) => before.beats.get(writer) === beats);
      if (silent.length === 0) return;
      await killSessions(
        connection,
        silent.map(([writer]) => writer),
      );
    } catch {
      // A blocking transaction ends within a minute; the next attempt may report the cause.
    }
  }

  async function close(): Promise<void> {
    if (registeredAt < 0 || connection.isClosed) return;
    await writers.deleteOne({ _id: id }).catch(() => undefined);
  }

  return {
    register,
    keepAlive,
    progress,
    wait,
    async kill() {
      await killSessions(connection, [id]);
      await close();
    },
    close,
  };
}

/** Ends sessions on the server, named in hexadecimal. If that fails, what they left open ends within a minute. */
export async function killSessions({ client }: MongoConnection, ids: readonly string[]): Promise<void> {
  const sessions = ids.map((id) => ({ id: new Binary(Buffer.from(id, 'hex'), Binary.SUBTYPE_UUID) }));
  await client
    .db('admin')
    .command({ killSessions: sessions })
    .catch(() => undefined);
}
