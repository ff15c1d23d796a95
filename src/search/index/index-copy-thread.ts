import { workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { createEmbeddingTable } from '../indexing/embedding-table.js';
import { silentLogger } from '../logger.js';
import type { IndexCopyTask } from './index-copy-task.js';
import { openIndexFile } from './index-file.js';

/** Copies an index file and makes the copy one that begins: for another store, and what its vectors are for there. */

/** Beyond any file's: all pages in one step, which others' writes don't make begin again. */
const ALL_PAGES = 0x7fff_ffff;
/** What a copy keeps of what a file notes about itself: by which model its vectors are, and for which index. */
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
