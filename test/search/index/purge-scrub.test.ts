import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '../../../src/search/contract.js';
import { createDeletionQueue } from '../../../src/search/index/deletion-queue.js';
import { type IndexFile, openIndexFile } from '../../../src/search/index/index-file.js';
import { contentHash, type IndexRecord } from '../../../src/search/index/index-record.js';
import { createPurgeScrub } from '../../../src/search/index/purge-scrub.js';
import { createRecordTable } from '../../../src/search/index/record-table.js';
import { writeInSlices } from '../../../src/search/index/time-slices.js';
import { createLease } from '../../../src/search/indexing/lease.js';
import { createEmbeddedIndex } from '../../../src/search/vectors/embedded-index.js';
import { createVectorTable } from '../../../src/search/vectors/vector-table.js';
import { makeFolder } from '../../support/temporary.js';

const CANARY = 'zq7xw5vj3kp9';
const MODEL = { name: 'test', dimensions: 4 };

/** An index of tasks, of which two of three had a secret in a long title that was then redacted. */
async function indexOf(count: number) {
  const folder = await makeFolder();
  const path = join(folder, 'search.db');
  const file = openIndexFile(path, silentLogger);
  onTestFinished(() => file.close());
  const records = createRecordTable(file, createVectorTable(file, MODEL));
  const numbers = Array.from({ length: count }, (_, n) => n);
  const inSlices = (some: readonly number[], work: (n: number) => void) => {
    for (let start = 0; start < some.length; start += 100)
      file.write(() => some.slice(start, start + 100).forEach(work));
  };
  const word = (n: number) => (isRedacted(n) ? CANARY : 'plain');
  inSlices(numbers, (n) => records.put(taskOf(n, `${word(n)} `.repeat(20 + ((n * 7) % 20)))));
  inSlices(numbers.filter(isRedacted), (n) => {
    records.put(taskOf(n, `step ${n}`));
    createPurgeScrub({ file, records, isClosed: () => false }).mark();
  });
  const holdsCanary = () =>
    readdirSync(folder).some((name) => readFileSync(join(folder, name), 'latin1').toLowerCase().includes(CANARY));
  return { path, file, records, holdsCanary };
}

/** So many rows become shorter that SQLite moves others, which are redacted later, to neighbouring pages. */
const isRedacted = (n: number): boolean => n % 3 > 0;

function taskOf(n: number, text: string): IndexRecord {
  const filters = { session: null, task: null, role: null, occurredAt: null, metadata: [] };
  const fields = { ...filters, status: 'TODO', type: null, priority: null, agent: null, details: null, memory: null };
  const node = { parent: null, rank: 0, createdAt: '', holder: null, claimUntil: null, needs: [] };
  const hashes = { hash: contentHash(`${n} ${text}`), digest: contentHash('') };
  return { collection: 'tasks', id: `tsk_${n}`, version: 1, text, ...hashes, ...fields, node };
}

it.each([
  ['a small file', 300],
  ['a file that a thread rewrites', 3_000],
])('removes redacted texts from %s, wherever their rows were moved before', async (_, count) => {
  const { path, file, records, holdsCanary } = await indexOf(count);
  while (records.erase());
  file.flush();
  expect(holdsCanary()).toBe(true);
  expect(statSync(path).size > 2 ** 20).toBe(count === 3_000);
  await createPurgeScrub({ file, records, isClosed: () => false }).run();
  expect(holdsCanary()).toBe(false);
  expect(records.count('tasks')).toBe(count);
});

it('rewrites the file once for purges that wait together', async () => {
  const { file, records, holdsCanary } = await indexOf(300);
  let count = 0;
  const rewrite = () => {
    count += 1;
    return file.rewrite();
  };
  const scrub = createPurgeScrub({ file: { ...file, rewrite }, records, isClosed: () => false });
  await Promise.all([scrub.run(), scrub.run()]);
  expect(count).toBe(1);
  expect(holdsCanary()).toBe(false);
});

describe('while a thread rewrites the file', () => {
  it.each<[string, (file: IndexFile) => Promise<unknown>]>([
    ['rows', (file) => writeInSlices(file, { items: [1], isValid: () => true, apply: () => {}, mark: () => {} })],
    ['vectors', (file) => createEmbeddedIndex(file, createVectorTable(file, MODEL)).remove(['mem_1'])],
    ['deletions', (file) => createDeletionQueue(file).settle([])],
  ])('%s are written after it: they would block the event loop', async (_, write) => {
    const { file } = await indexOf(3_000);
    const done: string[] = [];
    const rewriting = file.rewrite().then(() => done.push('rewritten'));
    expect(file.isBeingRewritten()).toBe(true);
    await Promise.all([rewriting, write(file).then(() => done.push('written'))]);
    expect(done).toEqual(['rewritten', 'written']);
  });

  it('an expired lease stays with its holder', async () => {
    const { file } = await indexOf(10);
    let isBeingRewritten = false;
    const open = { ...file, isBeingRewritten: () => isBeingRewritten };
    const [own, other] = [createLease(open), createLease(open)];
    expect(own.take()).toBe(true);
    const expired = file.getMeta('lease')!.replace(/"until":\d+/, '"until":0');
    file.setMeta('lease', expired);
    isBeingRewritten = true;
    expect([own.take(), other.take()]).toEqual([true, false]);
    expect(file.getMeta('lease')).toBe(expired);
    expect(other.heldFor()).toBeGreaterThan(0);
    isBeingRewritten = false;
    expect(other.take()).toBe(true);
  });
});

it('tries again while another process is writing, and then removes them', async () => {
  const { file, records, holdsCanary } = await indexOf(300);
  let left = 3;
  const rewrite = async () => {
    left -= 1;
    if (left > 0) throw Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' });
    await file.rewrite();
  };
  await createPurgeScrub({ file: { ...file, rewrite }, records, isClosed: () => false }).run();
  expect(left).toBe(0);
  expect(holdsCanary()).toBe(false);
});
