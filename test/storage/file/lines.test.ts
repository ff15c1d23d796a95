import { appendFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Memory } from '../../../src/domain/memory.js';
import { memories } from '../../../src/storage/collections.js';
import { encodeLine, type LineContent } from '../../../src/storage/file/log/log-line.js';
import type { Store } from '../../../src/storage/store.js';
import { context, EPOCH, put } from '../../contract/store.js';
import { cases } from '../../support/extent.js';
import { fileFactory } from '../../support/files/files.js';
import { aMemory } from '../../support/records.js';

/** The log of a folder that comes from an attacker, who can compute checksums. */

const factory = fileFactory();
const deep = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
const by = '"at":"2026-01-01T00:00:00.000Z","actor":"a","requestId":"r"';
const entry = { seq: 5, collection: 'memories', recordId: 'mem_1', version: 1, operation: 'CREATE', before: null };
const commit = (change: object) => `${by},"entries":[${JSON.stringify({ ...entry, after: null, ...change })}]`;

const HOSTILE = cases<readonly [what: string, kind: string, members: string]>(
  [
    ['no entries', 'commit', by],
    ['a record that is another', 'commit', commit({ after: { id: 'mem_2', version: 1 } })],
    ['a manifest that is deep', 'manifest', `"manifest":${deep}`],
    ['an epoch that is a text', 'epoch', '"epoch":"x"'],
  ],
  [
    ['a kind that there is not', 'other', '"a":1'],
    ['an epoch that is nothing', 'epoch', '"epoch":null'],
    ['a floor that is no number', 'trim', '"floor":{"a":1}'],
    ['a floor that is no count', 'trim', '"floor":1e300'],
    ['entries that are none', 'commit', `${by},"entries":[5]`],
    ['a number beyond all', 'commit', commit({}).replace('"seq":5', '"seq":9223372036854775807')],
    ['a version that is a text', 'commit', commit({ version: 'v' })],
    ['an operation that there is not', 'commit', commit({ operation: 'EXPLODE' })],
    ['a record that is a number', 'commit', commit({ after: 5 })],
    ['an author that is a number', 'commit', commit({}).replace('"actor":"a"', '"actor":5')],
    [
      'a document that is none',
      'import',
      '"documents":[{"collection":"memories","document":null}],"entries":[],"removed":[]',
    ],
    ['a removal of nothing', 'import', '"documents":[],"entries":[],"removed":[{"collection":"memories"}]'],
  ],
);

describe('a line of the log that is not what we write', () => {
  let place: string;
  let store: Store;
  let log: string;
  const memory: Memory = aMemory({ content: 'as it was' });
  beforeEach(async () => {
    place = await factory.place();
    log = join(place, 'log/current.jsonl');
    store = await factory.open(place, EPOCH);
    await store.commit([put(memory)], context());
    await store.close();
  });
  afterEach(() => factory.cleanUp());

  it.each(HOSTILE)('with %s is reported as unreadable, and all else is served', async (_, kind, members) => {
    appendFileSync(log, encodeLine(3, 'x.1', { kind: kind as LineContent['kind'], members }));
    store = await factory.open(place);
    expect(await store.collection(memories).get([memory.id])).toEqual([memory]);
    const another = aMemory();
    await store.commit([put(another)], context());
    expect(await store.collection(memories).get([another.id])).toEqual([another]);
    expect((await store.health()).problems.join('\n')).toMatch(/line \d+ of log.current.jsonl can't be read/);
  });

  it('and isn’t UTF-8 is reported as unreadable', async () => {
    const members = commit({ after: { ...aMemory({ id: 'mem_1', content: 'caf\xe9' }) } });
    const line = Buffer.from(encodeLine(3, 'x.1', { kind: 'commit', members }), 'latin1');
    const end = line.length - `"sum":"00000000"}\n`.length - 1;
    const sum = crc32(line.subarray(0, end)).toString(16).padStart(8, '0');
    appendFileSync(log, Buffer.concat([line.subarray(0, end), Buffer.from(`,"sum":"${sum}"}\n`)]));
    store = await factory.open(place);
    expect(await store.collection(memories).get([memory.id, 'mem_1'])).toEqual([memory, null]);
    expect((await store.health()).problems.join('\n')).toMatch(/line \d+ of log.current.jsonl can't be read/);
  });

  it('and never ends is refused, before it takes all memory there is', async () => {
    truncateSync(log, 2 ** 40);
    await expect(factory.open(place)).rejects.toMatchObject({
      code: 'STORE_UNSUITABLE',
      message: expect.stringContaining('a line of more than'),
    });
  });
});
