import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Memory } from '../../src/domain/memory.js';
import { memories, PROJECT_COLLECTIONS } from '../../src/storage/collections.js';
import { createFileStore } from '../../src/storage/file/store.js';
import { createFileWriter, type FileWriter } from '../../src/storage/file/writer.js';
import type { Store } from '../../src/storage/store.js';
import { context, put } from '../contract/store.js';
import { amount } from '../support/extent.js';
import { aMemory } from '../support/records.js';

const KILLS = amount({ quick: 6, all: 50 });
const WRITERS = 8;

interface Said {
  readonly open?: boolean;
  readonly held?: boolean;
  readonly done?: number;
  readonly ids?: readonly [string, string];
  readonly version?: number;
  readonly content?: string;
}

describe('processes on one project’s files', () => {
  let home: string;
  let writer: FileWriter;
  const stores: Store[] = [];
  const children: ChildProcess[] = [];
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'mooring-file-faults-'));
    writer = createFileWriter();
  });
  afterEach(async () => {
    for (const child of children.splice(0)) {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
    }
    for (const store of stores.splice(0)) await store.close();
    await writer.close();
    await rm(home, { recursive: true });
  });

  const folder = () => join(home, 'project');
  const start = (cache: string, ...work: string[]) => {
    const child = spawn(
      process.execPath,
      ['dist/test/support/files/writers.js', folder(), join(home, cache), ...work],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    children.push(child);
    const said: Said[] = [];
    const lines = createInterface(child.stdout!);
    lines.on('line', (line) => said.push(JSON.parse(line)));
    const ended = once(child, 'exit');
    const until = async (is: () => boolean) => {
      while (!is()) {
        const line = once(lines, 'line').then(() => true);
        if (!(await Promise.race([line, ended.then(() => false)]))) throw new Error('The process ended.');
      }
    };
    const kill = async () => {
      child.kill('SIGKILL');
      await ended;
    };
    return { child, said, until, kill, ended };
  };
  const open = async (cache: string) => {
    const store = await createFileStore({
      folder: folder(),
      cache: join(home, cache),
      collections: PROJECT_COLLECTIONS,
      writer,
      create: { epoch: 1 },
    });
    stores.push(store);
    return store;
  };

  it(`lose nothing acknowledged and keep nothing half-written in ${KILLS} kills under ${WRITERS} writers`, async () => {
    const acknowledged = new Map<string, { version: number; content: string; other: string }>();
    for (let round = 0; round < KILLS; round += 1) {
      const { said, until, kill } = start('cache.db', 'write', String(WRITERS));
      await until(() => said.length > 5 + ((round * 7) % 40));
      await kill();
      for (const { ids, version, content } of said) {
        if (!ids) continue;
        acknowledged.set(ids[0], { version: version!, content: content!, other: ids[1] });
        acknowledged.set(ids[1], { version: version!, content: content!, other: ids[0] });
      }
      // Every other time with an empty cache.
      const store = await open(round % 2 ? 'cache.db' : `cache-${round}.db`);
      const ids = [...acknowledged.keys()];
      const found = new Map((await store.collection(memories).get(ids)).map((memory) => [memory?.id, memory]));
      for (const [id, { version, content, other }] of acknowledged) {
        const memory = found.get(id)!;
        // One more may have been committed without an answer.
        expect(memory.version - version).toBeOneOf([0, 1]);
        if (memory.version === version) expect(memory.content).toBe(content);
        expect(found.get(other)).toMatchObject({ version: memory.version, content: memory.content });
        expect(JSON.parse(readFileSync(join(folder(), 'memories/2026/01/01', `${id}.json`), 'utf8'))).toEqual(memory);
      }
      expect(await store.health()).toEqual({ ok: true, problems: [] });
      await stores.pop()!.close();
    }
  });

  it.each([
    ['one cache', 'cache.db', 'cache.db'],
    ['a cache each', 'cache.db', 'other.db'],
  ])('lose no update and let each other in, with %s', async (_, mine, theirs) => {
    const store = await open('reader.db');
    const counter = aMemory({ metadata: { count: 0 } });
    await store.commit([put(counter)], context());
    const times = 200;
    const [one, two] = [mine, theirs].map((cache) => start(cache, 'count', counter.id, String(times)));
    await Promise.all([one!.ended, two!.ended]);
    expect([one, two].map((each) => each!.said.at(-1))).toEqual([{ done: times }, { done: times }]);
    const [now] = (await store.collection(memories).get([counter.id])) as [Memory];
    expect(now.metadata).toEqual({ count: 2 * times });
    const requests = (await store.log.read(1, 3 * times)).map(({ requestId }) => requestId);
    expect(requests).toHaveLength(2 * times);
    // While both are at it, neither waits until the other has done everything.
    const both = requests.slice(
      requests.findIndex((id) => id !== requests[0]),
      requests.length - 1 - [...requests].reverse().findIndex((id) => id !== requests.at(-1)),
    );
    expect(longestRun(both)).toBeLessThan(times - 2);
    expect((await store.health()).ok).toBe(true);
  });

  it('wait for a lock no longer than 5 s, say who holds it, and have it at once when that one is killed', async () => {
    const store = await open('cache.db');
    const holder = start('none.db', 'hold');
    await holder.until(() => holder.said.some(({ held }) => held === true));
    const began = performance.now();
    await expect(store.commit([put(aMemory())], context())).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining(`The process ${holder.child.pid}`),
    });
    expect(performance.now() - began).toBeGreaterThan(4_900);
    await holder.kill();
    await store.commit([put(aMemory())], context());
    expect(await store.collection(memories).count()).toBe(1);
  });
});

function longestRun(values: readonly string[]): number {
  let longest = 0;
  let run = 0;
  for (const [index, value] of values.entries()) {
    run = value === values[index - 1] ? run + 1 : 1;
    longest = Math.max(longest, run);
  }
  return longest;
}
