import { workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { silentLogger } from '../contract.js';
import { createEmbeddingTable } from '../indexing/embedding-table.js';
import type { IndexPurpose } from '../vectors/vector-index.js';
import { openIndexFile } from './index-file.js';

/** The thread's `workerData`: both paths, and the purpose of the copy. */
export interface IndexCopyTask extends IndexPurpose {
  readonly from: string;
  readonly to: string;
}

// Copies an index file and prepares the copy for another store: unverified, with nothing applied yet.

/** More than any file has: all pages in one step, which concurrent writes don't restart. */
const ALL_PAGES = 0x7fff_ffff;
/** The metadata that a copy keeps: its vectors' model, and their index. */
const KEPT = `'model', 'vectors'`;

const { from, to, model, index } = workerData as IndexCopyTask;
const source = new Database(from, { readonly: true, fileMustExist: true });
try {
  await source.backup(to, { progress: () => ALL_PAGES });
} finally {
  source.close();
}
const copy = openIndexFile(to, silentLogger);
try {
  copy.write(() => {
    copy.db.exec(`DELETE FROM meta WHERE key NOT IN (${KEPT}); DELETE FROM forgotten;`);
    copy.setMeta('doubt', "it is another store's");
  });
  createEmbeddingTable(copy, { model, index }).resetOthers();
} finally {
  copy.db.pragma('wal_checkpoint(TRUNCATE)');
  await copy.close();
}
