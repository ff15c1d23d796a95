import { workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

/** Rewrites an index file, then exits. Other connections read meanwhile, and wait to write. */
const db = new Database(workerData as string, { fileMustExist: true });
try {
  db.exec('vacuum');
  db.pragma('wal_checkpoint(PASSIVE)');
} finally {
  db.close();
}
