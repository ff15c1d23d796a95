import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/search/contract.js';
import { type IndexFile, openIndexFile } from '../../../src/search/index/index-file.js';
import { contentHash, type IndexRecord, pairHash } from '../../../src/search/index/index-record.js';
import { createRecordTable } from '../../../src/search/index/record-table.js';
import { createEmbeddedIndex } from '../../../src/search/vectors/embedded-index.js';
import type { IndexedMemory, VectorIndex } from '../../../src/search/vectors/vector-index.js';
import { createVectorTable } from '../../../src/search/vectors/vector-table.js';
import { DIMENSIONS, type VectorIndexHarness, vectorIndexContract } from '../../contract/vector-index.js';

const model = { name: 'test', dimensions: DIMENSIONS };

/** The row that the log's feed has written before a memory is embedded. */
function toRecord({ id, hash, sessionId, taskId, role, occurredAt, metadata }: IndexedMemory): IndexRecord {
  const pairs = Object.entries(metadata).map(([key, value]) => pairHash(key, value));
  const fields = { session: sessionId, task: taskId, role, occurredAt, metadata: pairs };
  const digest = contentHash(JSON.stringify(fields));
  const task = { status: null, type: null, priority: null, agent: null };
  const own = { details: null, node: null, memory: null };
  return { collection: 'memories', id, version: 1, text: id, hash, digest, ...own, ...fields, ...task };
}

function withRows(file: IndexFile): VectorIndex {
  const table = createVectorTable(file, model);
  const records = createRecordTable(file, table);
  const index = createEmbeddedIndex(file, table);
  return {
    ...index,
    async add(memories) {
      file.write(() => {
        for (const memory of memories) records.put(toRecord(memory));
      });
      await index.add(memories);
    },
  };
}

async function create(): Promise<VectorIndexHarness & { readonly file: IndexFile }> {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-vectors-'));
  const files: IndexFile[] = [];
  const open = () => {
    const file = openIndexFile(join(folder, 'search.db'), silentLogger);
    files.push(file);
    return file;
  };
  const file = open();
  return {
    file,
    index: withRows(file),
    join: async () => withRows(open()),
    async cleanUp() {
      for (const each of files) await each.close();
      await rm(folder, { recursive: true });
    },
  };
}

const vector = new Float32Array(DIMENSIONS).fill(1);
const memory: IndexedMemory = {
  ...{ id: 'a', hash: 'h', sessionId: null, taskId: null, role: 'USER', occurredAt: '', metadata: {} },
  vectors: [{ passage: { start: 0, end: 1 }, vector }],
};

describe('vectors in the index file', () => vectorIndexContract(create));

describe('a memory', () => {
  it('that was deleted while it was embedded is not added', async () => {
    const { file, cleanUp } = await create();
    const index = createEmbeddedIndex(file, createVectorTable(file, model));
    await index.add([memory]);
    expect(await index.search(vector, {}, 1)).toEqual([]);
    expect(file.statement('SELECT count(*) FROM vectors').pluck().get()).toBe(0);
    await cleanUp();
  });

  it('that was edited while it was embedded is not added', async () => {
    const { file, cleanUp } = await create();
    createRecordTable(file, createVectorTable(file, model)).put(toRecord({ ...memory, hash: 'newer' }));
    const index = createEmbeddedIndex(file, createVectorTable(file, model));
    await index.add([memory]);
    expect(await index.search(vector, {}, 1)).toEqual([]);
    await cleanUp();
  });

  it('loses its vectors at once when its content changes or it is deleted', async () => {
    const { file, index, cleanUp } = await create();
    const records = createRecordTable(file, createVectorTable(file, model));
    await index.add([memory, { ...memory, id: 'b' }]);
    expect(await index.search(vector, {}, 2)).toHaveLength(2);
    file.write(() => {
      records.put(toRecord({ ...memory, hash: 'newer' }));
      records.remove('b');
    });
    expect(await index.search(vector, {}, 2)).toEqual([]);
    expect(file.statement('SELECT count(*) FROM vectors').pluck().get()).toBe(0);
    await cleanUp();
  });

  it('keeps its vectors when only its filter fields change, and is filtered by the new ones', async () => {
    const { file, index, cleanUp } = await create();
    await index.add([memory]);
    createRecordTable(file, createVectorTable(file, model)).put(toRecord({ ...memory, sessionId: 's' }));
    expect(await index.search(vector, { sessionId: 's' }, 1)).toHaveLength(1);
    expect(await index.search(vector, { sessionId: null }, 1)).toEqual([]);
    await cleanUp();
  });
});

describe('what a process has in memory', () => {
  it('follows the file: what any process deletes is removed, and nothing is held twice', async () => {
    const { file, index, join: other, cleanUp } = await create();
    const table = createVectorTable(file, model);
    const add = (id: string) => index.add([{ ...memory, id }]);
    await add('a');
    await add('b');
    await Promise.all([table.sync(), table.sync()]);
    expect(table.matrix.size).toBe(2);
    await add('a');
    await table.sync();
    expect(table.matrix.size).toBe(2);
    await (await other()).remove(['a']);
    createRecordTable(file, createVectorTable(file, model)).remove('b');
    await table.sync();
    expect(table.matrix.size).toBe(0);
    await cleanUp();
  });

  it('is loaded again when it has missed too much', async () => {
    const { file, index, cleanUp } = await create();
    const table = createVectorTable(file, model);
    await index.add(['a', 'b', 'c'].map((id) => ({ ...memory, id })));
    await table.sync();
    await index.remove(['a']);
    await index.remove(['b']);
    file.db.exec('DELETE FROM drops WHERE seq = 1');
    await table.sync();
    expect(table.matrix.size).toBe(1);
    await cleanUp();
  });
});

describe('vectors of another model', () => {
  it('are ignored, and replaced when their memory is embedded again', async () => {
    const { file, index, cleanUp } = await create();
    await index.add([memory]);
    const other = createEmbeddedIndex(file, createVectorTable(file, { name: 'other', dimensions: DIMENSIONS }));
    expect(await other.search(vector, {}, 1)).toEqual([]);
    expect(await other.search(vector, { sessionId: null }, 1)).toEqual([]);
    expect(await other.compare(vector, ['a'])).toEqual([null]);
    expect((await other.held()).size).toBe(0);
    await other.add([memory]);
    expect(await other.search(vector, {}, 1)).toHaveLength(1);
    expect(await index.search(vector, {}, 1)).toEqual([]);
    await cleanUp();
  });
});
