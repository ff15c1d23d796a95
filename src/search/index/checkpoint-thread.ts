import { workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

/** Checkpoints an index file's write-ahead log without blocking readers or writers, then exits. */
const db = new Database(workerData as string, { fileMustExist: true });
try {
  db.pragma('wal_checkpoint(PASSIVE)');
} finally {
  db.close();
}
