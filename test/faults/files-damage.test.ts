import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StoreError } from '../../src/domain/errors.js';
import type { Memory } from '../../src/domain/memory.js';
import { memories, PROJECT_COLLECTIONS } from '../../src/storage/collections.js';
import { segmentName } from '../../src/storage/file/documents/layout.js';
import { createFileStore } from '../../src/storage/file/store.js';
import { createFileWriter, type FileWriter } from '../../src/storage/file/writer.js';
import type { Store } from '../../src/storage/store.js';
import { context, put } from '../contract/store.js';
import { amount } from '../support/extent.js';
import { aMemory, aSession } from '../support/records.js';

const ROUNDS = amount({ quick: 60, all: 2_000 });
/** The same damage in each run; another seed tries other damage. */
const SEED = Number(process.env.TEST_SEED ?? 20_260_131);

describe(`a project’s files that are damaged (seed ${SEED})`, () => {
  let home: string;
  let writer: FileWriter;
  const random = createRandom(SEED);
  const below = (limit: number) => Math.floor(random() * limit);
  const expected = new Map<string, Memory>();
  let purged: string;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'mooring-damage-'));
    writer = createFileWriter();
    await fillBase();
  });
  afterAll(async () => {
    await writer.close();
    await rm(home, { recursive: true });
  });

  const open = (place: string) =>
    createFileStore({
      folder: join(home, place, 'project'),
      cache: join(home, place, 'cache', 'files.db'),
      collections: PROJECT_COLLECTIONS,
      writer,
      create: { epoch: 1 },
    });

  /** A project with a past: two parts of the log, changed, deleted, trimmed and purged records. */
  async function fillBase(): Promise<void> {
    const base = join(home, 'base');
    let store = await open('base');
    const save = async (memory: Memory) => {
      await store.commit([put(memory)], context());
      expected.set(memory.id, memory);
    };
    const all = Array.from({ length: 12 }, (_, n) =>
      aMemory({ content: `note ${n}: the kestrel hovers`, sessionId: `s${n % 3}` }),
    );
    for (const memory of all.slice(0, 6)) await save(memory);
    await save({ ...all[0]!, version: 2, content: 'changed once' });
    await store.trimLog('2027-01-01T00:00:00.000Z');
    await store.close();
    const log = join(base, 'project', 'log');
    const last = readFileSync(join(log, 'current.jsonl'), 'utf8').split('\n').length - 1;
    renameSync(join(log, 'current.jsonl'), join(log, segmentName(1, last)));
    store = await open('base');
    for (const memory of all.slice(6)) await save(memory);
    await save({ ...all[7]!, version: 2, deletedAt: all[7]!.createdAt });
    await save({ ...all[0]!, version: 3, content: 'changed twice' });
    await store.commit([{ kind: 'put', collection: 'sessions', operation: 'CREATE', document: aSession() }], context());
    await store.commit([{ kind: 'remove', collection: 'memories', id: all[11]!.id, version: 1 }], context());
    expected.delete(all[11]!.id);
    purged = all[11]!.id;
    await store.close();
  }

  /** Damages one file; returns how. */
  function damage(place: string): string {
    const files = readdirSync(join(home, place), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('.lock'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    const kinds = [/memories\/2/, /log\//, /_index/, /cache\//, /(?:head|project)\.json/, /./];
    const kindOfFile = kinds[below(kinds.length)]!;
    const candidates = files.filter((file) => kindOfFile.test(file.slice(home.length)));
    const path = (candidates.length > 0 ? candidates : files)[below(candidates.length || files.length)]!;
    const bytes = readFileSync(path);
    // Half of the time in a document, which matters most.
    const words = [...bytes.toString('latin1').matchAll(/kestrel|changed|mem_/g)].map(({ index }) => index);
    const at = words.length > 0 && random() < 0.5 ? words[below(words.length)]! + below(6) : below(bytes.length);
    const name = path.slice(join(home, place).length);
    const kind = (['flip', 'truncate', 'delete', 'garbage', 'empty', 'repeat'] as const)[below(6)]!;
    switch (kind) {
      case 'flip':
        if (bytes.length > 0) bytes[at]! ^= 1 << below(8);
        writeFileSync(path, bytes);
        break;
      case 'truncate':
        writeFileSync(path, bytes.subarray(0, at));
        break;
      case 'delete':
        rmSync(path);
        break;
      case 'garbage':
        for (let n = at; n < Math.min(bytes.length, at + 1 + below(64)); n += 1) bytes[n] = below(256);
        writeFileSync(path, bytes);
        break;
      case 'empty':
        writeFileSync(path, '');
        break;
      case 'repeat':
        writeFileSync(path, Buffer.concat([bytes.subarray(0, at), bytes.subarray(below(at + 1))]));
    }
    return `${kind} ${name} at ${at} of ${bytes.length}`;
  }

  /** Each record is as it was acknowledged, or as its history has it, or its damage is reported. */
  async function judge(store: Store, damages: readonly string[]): Promise<void> {
    const { problems } = await store.health();
    const isLogNamed = problems.some((each) =>
      /part of the log|line \d+ of|commits \d+ to|ends with commit/.test(each),
    );
    const found = await store.collection(memories).get([...expected.keys()]);
    for (const [index, [id, memory]] of [...expected].entries()) {
      if (isDeepStrictEqual(found[index], memory)) continue;
      const { items } = await store.log.list({ recordId: id, direction: 'DESC', limit: 5 });
      const isEdit = items.some(
        ({ entry }) =>
          entry.actor === 'file edit' && (isDeepStrictEqual(entry.before, memory) || entry.operation === 'CREATE'),
      );
      // What only a lost log and a lost index listed can't be named.
      const isForgotten =
        isLogNamed && damages.length > 1 && (found[index] || damages.some((each) => each.includes('_index')));
      const isNamed = problems.some((each) => each.includes(id)) || isForgotten;
      if (!isEdit && !isNamed)
        expect.fail(
          `${id} is ${JSON.stringify(found[index])}, not ${JSON.stringify(memory)}, and nothing tells. ${JSON.stringify(problems)}`,
        );
    }
    const [gone] = await store.collection(memories).get([purged]);
    expect(gone ?? null).toBeNull();
    await store.commit([put(aMemory())], context({ epoch: await store.epoch() }));
  }

  it(`are served correctly or reported as damaged, ${ROUNDS} times, and can still be written`, async () => {
    let refused = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const place = `round-${round}`;
      cpSync(join(home, 'base'), join(home, place), { recursive: true, preserveTimestamps: true });
      // Half of them match what their cache knows; the others look copied.
      if (random() < 0.5) await (await open(place)).close();
      // A server that was killed leaves its cache without a checksum.
      if (random() < 0.3) rmSync(join(home, place, 'cache', 'files.db.seal'));
      const damages = Array.from({ length: random() < 0.6 ? 1 : 1 + below(4) }, () => damage(place));
      try {
        const store = await open(place);
        try {
          await judge(store, damages);
        } finally {
          await store.close();
        }
      } catch (error) {
        // With several damages at once, nothing may be left to open; that is reported.
        if (error instanceof StoreError && error.code === 'STORE_DAMAGED' && damages.length > 1) refused += 1;
        else throw new Error(`Round ${round} of seed ${SEED}, after ${damages.join('; ')}`, { cause: error });
      }
      rmSync(join(home, place), { recursive: true });
    }
    expect(refused).toBeLessThan(ROUNDS / 50);
  });
});

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
