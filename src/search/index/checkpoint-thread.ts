import { workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

/** Moves what the write-ahead log holds into the index file, without holding up readers or writers, and ends. */
const db = new Database(workerData as string, { fileMustExist: true });
try {
  db.pragma('wal_checkpoint(PASSIVE)');
} finally {
  db.close();
}
