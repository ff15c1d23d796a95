import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { type ClientSession, type Document, MongoClient } from 'mongodb';
import type { Task } from '../src/domain/task.js';
import { PROJECT_COLLECTIONS, tasks } from '../src/storage/collections.js';
import { createMongoConnection } from '../src/storage/mongodb/connection/connection.js';
import { ensureIndexes, indexesOf } from '../src/storage/mongodb/schema.js';
import { createMongoStore } from '../src/storage/mongodb/store.js';
import type { ListQuery, Store } from '../src/storage/store.js';
import { startMongo } from '../test/support/mongodb/server.js';
import { makeShared } from '../test/support/mongodb/writer.js';
import { benchTask } from './fixtures.js';
import { type Bench, interleaved, median, milliseconds, perSecond, type Row, rate, timed } from './measure.js';

const COMMITS = 300;
const READS = 1_000;
/** How many tasks precede the deep page. */
const DEPTH = 20_000;
const PAGE = 50;
const at = new Date().toISOString();
const context = { epoch: 1, actor: 'bench', requestId: 'r', at };

/** The store on a real server against the bare driver on the same one, doing the same in the same collections. */
export const bench: Bench = async () => {
  const server = await startMongo();
  const settings = { connectionString: server.uri, database: 'ours', maxPoolSize: 10, allowPlaintext: [] };
  const connection = createMongoConnection({ settings });
  const open = (projectId: string) =>
    createMongoStore({ connection, projectId, collections: PROJECT_COLLECTIONS, create: { epoch: 1 } });
  const store = await open('prj_bench');
  const client = new MongoClient(server.uri, { maxPoolSize: 10, ignoreUndefined: true });
  await ensureIndexes(client.db('bare'), indexesOf(PROJECT_COLLECTIONS));
  const rows = [
    ...(await commits(store, client)),
    await contention(server.uri, connection.place, await open('prj_rivals')),
    await readById(store, client),
    await deepPage(await open('prj_deep')),
  ];
  await client.close();
  await store.close();
  await connection.close();
  await server.stop();
  return rows;
};

async function commits(store: Store, client: MongoClient): Promise<readonly Row[]> {
  const bare = client.db('bare');
  await bare.collection<Document>('heads').insertOne({ _id: 'prj_bench' as never, epoch: 1, seq: 0 });
  let seq = 0;
  const insert = async (session: ClientSession, task: Task) => {
    const { id, ...fields } = task;
    seq += 1;
    const entry = { project: 'prj_bench', seq, at, actor: 'bench', request: 'r', record: id, version: 1, before: null };
    await bare.collection('heads').updateOne({ _id: 'prj_bench' as never }, { $set: { seq } }, { session });
    await bare.collection('log').insertOne(entry, { session });
    await bare.collection('tasks').insertOne({ _id: id as never, project: 'prj_bench', ...fields }, { session });
  };
  const options = { writeConcern: { w: 'majority' as const, journal: true } };
  const byDriver = () =>
    client.withSession((session) => session.withTransaction(() => insert(session, benchTask()), options));
  const byStore = () =>
    store.commit([{ kind: 'put', collection: tasks.name, operation: 'CREATE', document: benchTask() }], context);
  const [floor, one, sixteen] = await interleaved(3, [
    () => rate(1, COMMITS, byDriver),
    () => rate(1, COMMITS, byStore),
    () => rate(16, COMMITS * 4, byStore),
  ]);
  const row = (work: string, ours: number, atLeast: number): Row => ({
    work: `MongoDB commit, ${work}`,
    ours: perSecond(ours),
    floor: perSecond(floor!),
    ratio: ours / floor!,
    goal: { atLeast },
  });
  return [row('1 writer', one!, 1 / 1.3), row('16 writers', sixteen!, 3)];
}

/** Two processes with 8 writers each on one project, every third write on one record. Against one such process. */
async function contention(uri: string, place: string, store: Store): Promise<Row> {
  await makeShared(store);
  await store.close();
  const database = place.split('/').at(-1)!;
  const alone = await written(uri, database, 1);
  const both = await written(uri, database, 2);
  return {
    work: 'MongoDB commits, 2 processes × 8 writers, a third on one record, against 1 process',
    ours: perSecond(both),
    floor: perSecond(alone),
    ratio: both / alone,
    goal: null,
  };
}

async function written(uri: string, database: string, processes: number): Promise<number> {
  const seconds = 4;
  let lines = 0;
  const children = await Promise.all(
    Array.from({ length: processes }, async (): Promise<ChildProcess> => {
      const script = 'dist/test/support/mongodb/writer.js';
      const child = spawn(process.execPath, [script, uri, database, 'prj_rivals', '8', '3'], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      const output = createInterface(child.stdout!);
      await once(output, 'line');
      output.on('line', () => {
        lines += 1;
      });
      return child;
    }),
  );
  for (const child of children) child.stdin!.write('go\n');
  await delay(seconds * 1_000);
  const counted = lines;
  for (const child of children) child.stdin!.end();
  await Promise.all(children.map((child) => child.exitCode ?? once(child, 'exit')));
  return counted / seconds;
}

async function readById(store: Store, client: MongoClient): Promise<Row> {
  const documents = Array.from({ length: 100 }, (_, index) => benchTask(index));
  await fill(store, documents);
  const bare = client.db('ours').collection<{ _id: string }>('tasks');
  const id = (index: number) => documents[index % documents.length]!.id;
  const ours = async () => median(await timed(READS, (index) => store.collection(tasks).get([id(index)])));
  const floor = async () => median(await timed(READS, (index) => bare.findOne({ _id: id(index) })));
  await ours();
  const [mine, plain] = await interleaved(3, [ours, floor]);
  return times('MongoDB read by id, against findOne', mine!, plain!, 1.2);
}

/** The last page of a list against its first. */
async function deepPage(store: Store): Promise<Row> {
  const documents = Array.from({ length: DEPTH + PAGE }, (_, index) => benchTask(index));
  await fill(store, documents);
  const last = documents[DEPTH - 1]!;
  const query: ListQuery = { order: { field: 'createdAt', direction: 'ASC' }, limit: PAGE };
  const after = { value: last.createdAt, id: last.id };
  const read = (page: ListQuery) => async () =>
    median(await timed(5, async () => void (await store.collection(tasks).list(page))));
  const [deep, first] = await interleaved(3, [read({ ...query, after }), read(query)]);
  await store.close();
  return times(`MongoDB list page, ${DEPTH.toLocaleString('en')} deep, against the first`, deep!, first!, 1.1);
}

async function fill(store: Store, documents: readonly Task[]): Promise<void> {
  for (let start = 0; start < documents.length; start += 500) {
    const changes = documents
      .slice(start, start + 500)
      .map((document) => ({ kind: 'put', collection: tasks.name, operation: 'CREATE', document }) as const);
    await store.commit(changes, context);
  }
}

function times(work: string, ours: number, floor: number, atMost: number): Row {
  return { work, ours: milliseconds(ours), floor: milliseconds(floor), ratio: ours / floor, goal: { atMost } };
}
