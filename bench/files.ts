import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { PROJECT_COLLECTIONS, tasks } from '../src/storage/collections.js';
import { createFileStore } from '../src/storage/file/store.js';
import { createFileWriter } from '../src/storage/file/writer.js';
import type { Change, Store } from '../src/storage/store.js';
import { temporaryFolder } from '../test/support/machine/processes.js';
import { at, benchTask } from './fixtures.js';
import { type Bench, interleaved, median, milliseconds, perSecond, type Row, rate, timed } from './measure.js';

const COMMITS = 400;
const FILES = 10_000;
const PAGE = 5;
const DEEP = 20_000;
const READS = 2_000;

const context = { epoch: 1, actor: 'bench', requestId: 'r', at: at(0) };
const create = (index: number): Change => ({
  kind: 'put',
  collection: tasks.name,
  operation: 'CREATE',
  document: benchTask(index),
});

/** The file store against the same bytes written and synced bare, read and parsed bare, and against itself. */
export const bench: Bench = async () => {
  const folder = await temporaryFolder();
  const writer = createFileWriter();
  const open = (name: string) =>
    createFileStore({
      folder: join(folder.path, name),
      cache: join(folder.path, `${name}-cache`, 'files.db'),
      collections: PROJECT_COLLECTIONS,
      writer,
      create: { epoch: 1 },
    });
  const committed = await open('commits');
  const rows = await commits(committed, join(folder.path, 'bare'));
  await committed.close();

  const store = await open('many');
  await fill(store, 0, FILES);
  await store.close();
  const home = join(folder.path, 'many', tasks.name);
  const [bare, ours] = await interleaved(5, [
    async () => readBare(home),
    async () => {
      rmSync(join(folder.path, 'many-cache'), { recursive: true });
      const start = performance.now();
      const opened = await open('many');
      const took = performance.now() - start;
      await opened.close();
      return took;
    },
  ]);

  const deep = await open('many');
  await fill(deep, FILES, DEEP * PAGE - FILES);
  const page = (index: number) => async () =>
    median(
      await timed(1_000, () =>
        deep.collection(tasks).list({
          order: { field: 'createdAt', direction: 'ASC' },
          limit: PAGE,
          // The first page by a cursor, too, so that only the depth differs.
          after: { value: at(index), id: '' },
        }),
      ),
    );
  const [first, last] = await interleaved(7, [page(0), page((DEEP - 2) * PAGE)]);
  const read = await reads(deep, join(folder.path, 'many-cache', 'files.db'));
  await deep.close();
  await writer.close();
  await folder.remove();
  return [
    ...rows,
    {
      work: `${FILES.toLocaleString('en')} files opened without a cache, against reading and parsing them bare`,
      ours: milliseconds(ours!),
      floor: milliseconds(bare!),
      ratio: ours! / bare!,
      goal: null,
      note: ours! <= 1_000 ? 'within 1 s' : 'OVER 1 s',
    },
    {
      work: `files: tasks page ${DEEP.toLocaleString('en')} against page 1`,
      ours: milliseconds(last!),
      floor: milliseconds(first!),
      ratio: last! / first!,
      goal: { atMost: 1.1 },
    },
    read,
  ];
};

/** A read by id, which checks the log first, against the bare statement and parsing on the same cache. */
async function reads(store: Store, cache: string): Promise<Row> {
  const { items } = await store.collection(tasks).list({ order: { field: 'createdAt', direction: 'ASC' }, limit: 500 });
  const idOf = (index: number) => items[index % items.length]!.id;
  const db = new Database(cache, { readonly: true });
  const statement = db.prepare(`select doc from ${tasks.name} where id = ?`).pluck();
  const [bare, ours] = await interleaved(5, [
    async () => median(await timed(READS, async (index) => JSON.parse(statement.get(idOf(index)) as string))),
    async () => median(await timed(READS, (index) => store.collection(tasks).get([idOf(index)]))),
  ]);
  db.close();
  return {
    work: 'files: read by id, against the bare statement on the cache',
    ours: milliseconds(ours!),
    floor: milliseconds(bare!),
    ratio: ours! / bare!,
    goal: null,
  };
}

/** One writer's commit against writing, syncing and renaming a file of the same bytes, twice. */
async function commits(store: Store, bare: string): Promise<readonly Row[]> {
  let next = 0;
  const floor = async () => {
    const text = `${JSON.stringify(benchTask(next), null, 2)}\n`;
    for (const name of ['one', 'two']) {
      const file = openSync(`${bare}-${name}-${next}.tmp`, 'w');
      writeSync(file, text);
      fsyncSync(file);
      closeSync(file);
      renameSync(`${bare}-${name}-${next}.tmp`, `${bare}-${name}-${next}`);
    }
    next += 1;
  };
  const commit = () => store.commit([create(next++)], context);
  const [least, one, sixteen] = await interleaved(5, [
    async () => median(await timed(COMMITS, floor)),
    async () => median(await timed(COMMITS, commit)),
    async () => rate(16, COMMITS * 2, commit),
  ]);
  for (const name of readdirSync(dirname(bare))) if (name.startsWith('bare-')) rmSync(join(dirname(bare), name));
  return [
    {
      work: 'files: commit, 1 writer, against write + fsync + rename of the same bytes twice',
      ours: milliseconds(one!),
      floor: milliseconds(least!),
      ratio: one! / least!,
      goal: { atMost: 1.3 },
      note: `16 writers ${perSecond(sixteen!)}`,
    },
  ];
}

async function fill(store: Store, from: number, count: number): Promise<void> {
  for (let start = from; start < from + count; start += 1_000)
    await store.commit(
      Array.from({ length: Math.min(1_000, from + count - start) }, (_, index) => create(start + index)),
      context,
    );
}

/** How long it takes to read and parse all documents, without anything else. */
function readBare(home: string): number {
  const start = performance.now();
  for (const entry of readdirSync(home, { recursive: true, withFileTypes: true }))
    if (entry.isFile() && !entry.name.startsWith('_'))
      JSON.parse(readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  return performance.now() - start;
}
