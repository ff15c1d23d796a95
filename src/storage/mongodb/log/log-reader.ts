import type { Document } from 'mongodb';
import type { LogEntry } from '../../../domain/log-entry.js';
import {
  isSamePosition,
  LOG_START,
  type LogPosition,
  LogReplacedError,
  positionAfter,
} from '../../../domain/log-position.js';
import type { MongoConnection } from '../connection/connection.js';
import { MAX_TIME } from '../connection/timeouts.js';
import { LOG, type StoredEntry } from '../schema.js';
import { createSharedRead } from '../shared-read.js';
import { toEntry } from './stored-entry.js';

/** Reads that find where a project's log ends, and whether it is still the log that a reader knows. */
export interface LogReader {
  /** Where the log ends, as a majority has it. */
  end(): Promise<LogPosition>;
  holds(position: LogPosition): Promise<boolean>;
  read(after: number, limit: number): Promise<readonly LogEntry[]>;
  /** @throws LogReplacedError */
  readAfter(after: LogPosition, limit: number): Promise<readonly LogEntry[]>;
}

export interface LogReaderOptions {
  readonly connection: Pick<MongoConnection, 'db' | 'reads'>;
  readonly project: string;
  readonly onStatement: (statement: string) => void;
}

/** Everything an entry's mark is made of, without its image. */
const MARKED = { before: 0 } as const;

export function createLogReader({ connection, project, onStatement }: LogReaderOptions): LogReader {
  const log = connection.reads.collection<StoredEntry>(LOG);
  const ownLog = connection.db.collection<StoredEntry>(LOG);

  const end = createSharedRead(async () => {
    onStatement(`${LOG}.find`);
    const last = await log.findOne({ project }, { sort: { seq: -1 }, projection: MARKED, maxTimeMS: MAX_TIME });
    return last ? positionOf(last) : LOG_START;
  });

  /**
   * As the primary itself has it: it has all that a majority ever had, whereas just after an election it may not know
   * yet how far the majority is.
   */
  const findOwn = createSharedRead(async (seq: number) => {
    onStatement(`${LOG}.find`);
    const options = { projection: MARKED, maxTimeMS: MAX_TIME } as const;
    const found = await ownLog.findOne({ project, seq }, options);
    return found ? positionOf(found) : null;
  });

  async function holds(position: LogPosition): Promise<boolean> {
    if (position.seq === 0) return true;
    const found = await findOwn(position.seq);
    return found !== null && isSamePosition(found, position);
  }

  async function find(seq: Document, limit: number): Promise<readonly LogEntry[]> {
    onStatement(`${LOG}.find`);
    const options = { sort: { seq: 1 }, limit, batchSize: limit + 1, maxTimeMS: MAX_TIME } as const;
    return (await log.find({ project, seq }, options).toArray()).map(toEntry);
  }

  /** The entry that the position names is read along with them, which proves that they follow it. */
  async function readAfter(after: LogPosition, limit: number): Promise<readonly LogEntry[]> {
    if (after.seq === 0) return find({ $gt: 0 }, limit);
    const [first, ...entries] = await find({ $gte: after.seq }, limit + 1);
    if (first && isSamePosition(positionAfter(first), after)) return entries;
    // This read may be older than what the log is known to hold.
    if (await holds(after)) return [];
    throw new LogReplacedError();
  }

  return { end, holds, read: (after, limit) => find({ $gt: after }, limit), readAfter };
}

const positionOf = (stored: Omit<StoredEntry, 'before'>): LogPosition =>
  positionAfter(toEntry({ ...stored, before: null }));
