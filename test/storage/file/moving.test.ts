import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memories, sessions } from '../../../src/storage/collections.js';
import type { ImportBatch, Store } from '../../../src/storage/store.js';
import { context, EPOCH, put } from '../../contract/store.js';
import { anEntry, batch, MOVING, of } from '../../contract/store-moving.js';
import { cacheOf, eventually, fileFactory } from '../../support/files/files.js';
import { aMemory, aSession } from '../../support/records.js';

describe('a folder that a project is moved into', () => {
  const factory = fileFactory();
  let place: string;
  let store: Store;
  beforeEach(async () => {
    place = await factory.place();
    store = await factory.open(place, MOVING);
  });
  afterEach(() => factory.cleanUp());

  const take = (part: Partial<ImportBatch>) => store.import(batch(part), MOVING);
  const reopen = async (change: () => void = () => undefined) => {
    await store.close();
    change();
    store = await factory.open(place);
  };
  const withoutCache = () => rmSync(dirname(cacheOf(place)), { recursive: true });
  const filesWith = (text: string) =>
    readdirSync(place, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => readFileSync(path).includes(text));
  const pathOf = ({ id }: { id: string }) => join(place, 'memories/2026/01/01', `${id}.json`);
  const gone = aMemory({ content: 'xylophonic', externalId: 'xylophonic-key' });
  const removed = [{ collection: 'memories', id: gone.id }];

  it.each([
    ['with its purge', [{ removed, entries: [anEntry(3, gone, 'PURGE')] }]],
    ['before its purge', [{ removed }, { entries: [anEntry(3, gone, 'PURGE')] }]],
    ['after its purge', [{ entries: [anEntry(3, gone, 'PURGE')] }, { removed }]],
  ])('holds nothing of a purged record in any file once it is removed %s', async (_, batches) => {
    const update = anEntry(2, gone, 'UPDATE', 'xylophonic before');
    await take({ documents: of('memories', gone, aMemory()), entries: [update] });
    await reopen();
    expect(filesWith('xylophonic').map((path) => path.replace(place, ''))).toEqual(
      expect.arrayContaining(['/log/current.jsonl', '/memories/_index.json']),
    );
    for (const part of batches) await take(part);
    expect(filesWith('xylophonic')).toEqual([]);
    await take({ entries: [update] });
    expect(filesWith('xylophonic')).toEqual([]);
    await reopen(withoutCache);
    expect(await store.collection(memories).count()).toBe(1);
    expect(await store.health()).toEqual({ ok: true, problems: [] });
  });

  it('keeps the history of a record that was removed for a moment', async () => {
    const record = aMemory({ version: 2, content: 'now' });
    await take({ documents: of('memories', record), entries: [anEntry(2, record, 'UPDATE', 'before')] });
    await take({ removed: [{ collection: 'memories', id: record.id }] });
    await take({ documents: of('memories', record) });
    await reopen(withoutCache);
    expect(await store.collection(memories).get([record.id])).toEqual([record]);
    expect(await store.log.image(record.id, 1)).toMatchObject({ content: 'before' });
  });

  it('loses the images up to the log’s floor in its files, and says so in head.json', async () => {
    const record = aMemory({ version: 3, content: 'now' });
    const entries = [anEntry(2, record, 'UPDATE', 'xylophonic'), anEntry(3, record, 'UPDATE', 'kept')];
    await take({ documents: of('memories', record), entries });
    await take({ floor: 2 });
    await take({ entries });
    expect(filesWith('xylophonic')).toEqual([]);
    expect(JSON.parse(readFileSync(join(place, 'head.json'), 'utf8'))).toMatchObject({ epoch: MOVING, floor: 2 });
    await reopen(withoutCache);
    expect(await store.log.head()).toMatchObject({ seq: 3, floor: 2 });
    expect((await store.log.read(0, 10)).map(({ before }) => before?.content ?? null)).toEqual([null, 'kept']);
  });

  it('is the same when its cache is rebuilt: keys that were swapped, and those of deleted records', async () => {
    const [a, b] = [aSession({ key: 'one' }), aSession({ key: 'two' })];
    const dead = aSession({ key: 'one', deletedAt: a.createdAt });
    const swapped = [
      { ...a, version: 2, key: 'two' },
      { ...b, version: 2, key: 'one' },
    ];
    await take({ documents: of('sessions', a, b, dead) });
    await take({ documents: of('sessions', ...swapped) });
    await reopen(withoutCache);
    expect(await store.collection(sessions).get([a.id, b.id, dead.id])).toEqual([...swapped, dead]);
  });

  it('has in its files what was written last of records that several imports write together', async () => {
    const [kept, back] = [aMemory({ content: 'first' }), aMemory({ content: 'first' })];
    const last = { ...kept, version: 2, content: 'last' };
    await Promise.all([
      take({ documents: of('memories', kept, gone, back) }),
      take({ documents: of('memories', last), removed: [...removed, { collection: 'memories', id: back.id }] }),
      take({ documents: of('memories', back) }),
    ]);
    expect(JSON.parse(readFileSync(pathOf(kept), 'utf8'))).toEqual(last);
    expect(JSON.parse(readFileSync(pathOf(back), 'utf8'))).toEqual(back);
    expect(readdirSync(dirname(pathOf(kept))).sort()).toEqual([kept, back].map(({ id }) => `${id}.json`).sort());
    expect(await store.collection(memories).get([kept.id, gone.id, back.id])).toEqual([last, null, back]);
    expect(await store.health()).toEqual({ ok: true, problems: [] });
  });

  it('takes another process along', async () => {
    const other = await factory.open(place, undefined, `${place}.other/files.db`);
    const record = aMemory({ version: 2 });
    await take({ documents: of('memories', record, gone), entries: [anEntry(2, record, 'UPDATE', 'before')] });
    expect(await other.collection(memories).get([record.id, gone.id])).toEqual([record, gone]);
    await take({ removed, entries: [anEntry(3, gone, 'PURGE')], floor: 2 });
    expect(await other.collection(memories).get([record.id, gone.id])).toEqual([record, null]);
    expect(await other.log.head()).toMatchObject({ seq: 3, floor: 2 });
    expect(await other.log.image(record.id, 1)).toBeNull();
  });

  describe('and that somebody edits meanwhile', () => {
    const waiting = (text: string) =>
      eventually(async () => (await store.health()).problems.find((each) => each.includes(text)) ?? null, text);
    const record = aMemory({ content: 'as moved' });
    const added = aMemory({ content: 'by hand' });
    const edit = () => {
      writeFileSync(pathOf(record), JSON.stringify({ ...record, content: 'as edited' }));
      writeFileSync(pathOf(added), JSON.stringify(added));
    };

    it.each(['open', 'closed'])(
      'leaves the edits where they are, tells of them, and takes them once it is moved, edited while %s',
      async (state) => {
        await store.writeManifest({ epoch: MOVING });
        await take({ documents: of('memories', record) });
        if (state === 'open') edit();
        else await reopen(edit);
        for (const { id } of [record, added]) expect(await waiting(id)).toContain('is being moved');
        await reopen();
        expect(await store.collection(memories).get([record.id, added.id])).toEqual([record, null]);
        expect((await store.log.head()).seq).toBe(0);
        expect(readFileSync(pathOf(record), 'utf8')).toContain('as edited');
        expect(await store.setEpoch(MOVING, EPOCH)).toBe(true);
        await store.writeManifest({ epoch: EPOCH });
        await store.health();
        const now = await eventually(async () => {
          const [one, two] = await store.collection(memories).get([record.id, added.id]);
          return one?.version === 2 && two ? [one, two] : null;
        }, 'the edits were taken over');
        expect(now).toMatchObject([{ content: 'as edited' }, { content: 'by hand', version: 1 }]);
        expect(await store.health()).toEqual({ ok: true, problems: [] });
      },
    );

    it('keeps an edit next to a record that the move then writes', async () => {
      await take({ documents: of('memories', record) });
      edit();
      await waiting(record.id);
      await take({ documents: of('memories', { ...record, version: 2, content: 'moved again' }) });
      expect(readFileSync(pathOf(record), 'utf8')).toContain('moved again');
      expect(await waiting('.edited-')).toContain(record.id);
      expect(filesWith('as edited')).toHaveLength(1);
    });
  });

  it('takes commits like any other once it is moved', async () => {
    await take({ documents: of('memories', gone), entries: [anEntry(7, gone, 'CREATE')] });
    await store.setEpoch(MOVING, EPOCH);
    expect(await store.commit([put(aMemory())], context())).toEqual({ seq: 8 });
    await store.commit([{ kind: 'remove', collection: 'memories', id: gone.id, version: 1 }], context());
    expect(filesWith('xylophonic')).toEqual([]);
  });
});
