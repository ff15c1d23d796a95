import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Task } from '../src/domain/task.js';
import { PROJECT_COLLECTIONS, tasks } from '../src/storage/collections.js';
import { applySchema } from '../src/storage/sqlite/schema.js';
import { createSqliteStore } from '../src/storage/sqlite/store.js';
import { createWriter } from '../src/storage/sqlite/writer.js';
import { temporaryFolder } from '../test/support/machine/processes.js';
import { benchTask } from './fixtures.js';
import { type Bench, interleaved, perSecond, rate } from './measure.js';

const COMMITS = 2_000;
const at = new Date().toISOString();

/** The store's commit against a bare transaction that writes and syncs the same rows into the same tables. */
export const bench: Bench = async () => {
  const folder = await temporaryFolder();
  const writer = createWriter();
  const store = await createSqliteStore({
    path: join(folder.path, 'ours', 'store.db'),
    collections: PROJECT_COLLECTIONS,
    writer,
    create: { epoch: 1 },
  });
  const raw = new Database(join(folder.path, 'raw.db'));
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = FULL');
  applySchema(raw, PROJECT_COLLECTIONS, 1, 'raw.db');
  const insertTask = raw.prepare('insert into tasks (version, doc, id) values (1, ?, ?)');
  const insertEntry = raw.prepare(
    'insert into log (at, actor, request, collection, record, version, operation) values (?, ?, ?, ?, ?, 1, ?)',
  );
  const insert = raw.transaction((task: Task) => {
    insertTask.run(JSON.stringify(task), task.id);
    insertEntry.run(at, 'bench', 'r', tasks.name, task.id, 'CREATE');
  });

  const context = { epoch: 1, actor: 'bench', requestId: 'r', at };
  const commit = () =>
    store.commit([{ kind: 'put', collection: tasks.name, operation: 'CREATE', document: benchTask() }], context);
  const [floor, one, fifty] = await interleaved(5, [
    () => rate(1, COMMITS, async () => insert.immediate(benchTask())),
    () => rate(1, COMMITS, commit),
    () => rate(50, COMMITS * 3, commit),
  ]);

  await store.close();
  await writer.close();
  raw.close();
  await folder.remove();
  const row = (work: string, ours: number, atLeast: number) => ({
    work,
    ours: perSecond(ours),
    floor: perSecond(floor!),
    ratio: ours / floor!,
    goal: { atLeast },
  });
  return [row('commit, 1 writer', one!, 0.5), row('commit, 50 writers', fifty!, 3)];
};
