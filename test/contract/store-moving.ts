import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AlreadyExistsError, RouteChangedError } from '../../src/domain/errors.js';
import type { LogEntry } from '../../src/domain/log-entry.js';
import { LOG_START } from '../../src/domain/log-position.js';
import type { RecordBase } from '../../src/domain/record.js';
import { memories, sessions } from '../../src/storage/collections.js';
import type { ImportBatch, Store } from '../../src/storage/store.js';
import { AT, aMemory, aSession } from '../support/records.js';
import { context, EPOCH, put, type StoreFactory } from './store.js';

/** The epoch of the migration that a store is filled by. */
export const MOVING = -3;

export const batch = (part: Partial<ImportBatch>): ImportBatch => ({
  documents: [],
  entries: [],
  removed: [],
  ...part,
});
export const of = <T extends RecordBase>(collection: string, ...documents: T[]) =>
  documents.map((document) => ({ collection, document }));

/** An entry of the memories’ log; its image says `text`. */
export function anEntry(
  seq: number,
  record: RecordBase,
  operation: LogEntry['operation'],
  text: string | null = null,
): LogEntry {
  return {
    seq,
    at: AT,
    actor: 'tester',
    requestId: `r${seq}`,
    collection: memories.name,
    recordId: record.id,
    version: operation === 'PURGE' ? seq - 1 : seq,
    operation,
    before: text === null ? null : { ...aMemory({ id: record.id, version: seq - 1, content: text }) },
    isErased: operation === 'PURGE',
  };
}

/** What every store promises to a migration. */
export function describeMoving(name: string, factory: StoreFactory): void {
  describe(`what ${name} promises to a migration`, () => {
    let place: string;
    let store: Store;
    beforeEach(async () => {
      place = await factory.place();
      store = await factory.open(place, MOVING);
    });
    afterEach(() => factory.cleanUp());

    const take = (part: Partial<ImportBatch>) => store.import(batch(part), MOVING);
    const reopen = async () => {
      await store.close();
      store = await factory.open(place);
    };
    const images = async () => (await store.log.read(0, 100)).map(({ before }) => before?.content ?? null);

    describe('purged records', () => {
      const [gone, kept] = [aMemory({ content: 'secret' }), aMemory({ content: 'kept now' })];
      const [created, updated, other, purged] = [
        anEntry(1, gone, 'CREATE'),
        anEntry(2, gone, 'UPDATE', 'secret'),
        anEntry(3, kept, 'UPDATE', 'kept'),
        anEntry(4, gone, 'PURGE'),
      ] as const;
      it.each([
        ['in one batch', [[created, updated, other, purged]]],
        ['batch by batch', [[created, updated], [other], [purged]]],
        [
          'in the wrong order',
          [
            [other, purged],
            [created, updated],
          ],
        ],
        [
          'again after their purge',
          [[created, updated, other], [purged], [updated], [created, updated, other, purged]],
        ],
      ])('leave no image in the log when their entries come %s', async (_, batches) => {
        for (const entries of batches) await take({ entries });
        for (let n = 0; n < 2; n += 1, await reopen()) {
          expect(await images()).toEqual([null, null, 'kept', null]);
          const erased = (await store.log.read(0, 10)).filter(({ isErased }) => isErased);
          expect(erased.map(({ seq }) => seq)).toEqual([1, 2, 4]);
          expect((await store.log.head()).seq).toBe(4);
        }
      });

      it('leave nothing of what was copied before', async () => {
        await take({ documents: of('memories', gone, kept), entries: [created, updated, other] });
        expect(await images()).toEqual([null, 'secret', 'kept']);
        await take({ entries: [purged], removed: [{ collection: 'memories', id: gone.id }] });
        expect(await images()).toEqual([null, null, 'kept', null]);
        expect(await store.collection(memories).get([gone.id, kept.id])).toEqual([null, kept]);
        expect(await store.log.image(gone.id, 1)).toBeNull();
        const { items } = await store.log.list({ recordId: gone.id, direction: 'ASC', limit: 10 });
        expect(JSON.stringify(items)).not.toContain('secret');
      });
    });

    describe('the floor', () => {
      const record = aMemory({ version: 5, content: 'now' });
      const entries = [2, 3, 4, 5].map((seq) => anEntry(seq, record, 'UPDATE', `text ${seq}`));

      it('rises, removes the images up to it, and never falls', async () => {
        await take({ documents: of('memories', record), entries });
        await take({ floor: 3 });
        expect(await store.log.head()).toMatchObject({ seq: 5, floor: 3 });
        await take({ floor: 2 });
        for (let n = 0; n < 2; n += 1, await reopen()) {
          expect(await store.log.head()).toMatchObject({ seq: 5, floor: 3 });
          expect(await images()).toEqual([null, null, 'text 4', 'text 5']);
          expect((await store.log.read(0, 10)).map(({ isErased }) => isErased)).toEqual([true, true, false, false]);
          expect(await store.collection(memories).get([record.id])).toEqual([record]);
        }
      });

      it('keeps out images that come below it, in its own batch, later or again', async () => {
        await take({ entries: entries.slice(0, 2), floor: 4 });
        await take({ entries: entries.slice(2) });
        expect(await images()).toEqual([null, null, null, 'text 5']);
        await take({ entries });
        expect(await images()).toEqual([null, null, null, 'text 5']);
        expect(await store.log.head()).toMatchObject({ seq: 5, floor: 4 });
      });

      it('is where the retention continues', async () => {
        await take({ entries, floor: 3 });
        expect(await store.trimLog('2027-01-01T00:00:00.000Z')).toBe(2);
        expect(await store.log.head()).toMatchObject({ seq: 5, floor: 5 });
      });
    });

    describe('unique keys', () => {
      let [a, b, dead] = [aSession(), aSession(), aSession()];
      beforeEach(() => {
        a = aSession({ key: 'one', externalId: 'x' });
        b = aSession({ key: 'two', externalId: 'y' });
        dead = aSession({ key: 'one', deletedAt: AT });
      });

      it.each(['one order', 'the other'])('may be swapped within a batch, in %s', async (order) => {
        await take({ documents: of('sessions', a, b, dead) });
        const swapped = [
          { ...a, version: 2, key: 'two', externalId: 'y' },
          { ...b, version: 2, key: 'one', externalId: 'x' },
        ];
        const documents = order === 'one order' ? swapped : swapped.toReversed();
        for (let n = 0; n < 2; n += 1) await take({ documents: of('sessions', ...documents) });
        for (let n = 0; n < 2; n += 1, await reopen())
          expect(await store.collection(sessions).get([a.id, b.id, dead.id])).toEqual([...swapped, dead]);
      });

      it('may be taken over from a record that the batch removes', async () => {
        await take({ documents: of('sessions', a) });
        const heir = aSession({ key: 'one', externalId: 'x' });
        await take({ documents: of('sessions', heir), removed: [{ collection: 'sessions', id: a.id }] });
        expect(await store.collection(sessions).get([a.id, heir.id])).toEqual([null, heir]);
      });

      it('may be taken over from a record that is removed and imported again', async () => {
        await take({ documents: of('sessions', a) });
        const [heir, moved] = [aSession({ key: 'one' }), { ...a, version: 2, key: 'three' }];
        const removed = [{ collection: 'sessions', id: a.id }];
        await take({ documents: of('sessions', heir, moved), removed });
        for (let n = 0; n < 2; n += 1, await reopen())
          expect(await store.collection(sessions).get([heir.id, a.id])).toEqual([heir, moved]);
      });

      it('are refused when a record has them that the batch doesn’t name, and then nothing is written', async () => {
        await take({ documents: of('sessions', a) });
        const [free, taker] = [aSession({ key: 'free' }), aSession({ key: 'one' })];
        const error = await take({
          documents: of('sessions', free, taker),
          entries: [anEntry(1, free, 'CREATE')],
        }).catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(AlreadyExistsError);
        expect(error).toMatchObject({ existingId: a.id, fields: ['key'] });
        expect(await store.collection(sessions).get([a.id, free.id, taker.id])).toEqual([a, null, null]);
        expect((await store.log.head()).seq).toBe(0);
      });

      it('are refused when two records of the batch have the same', async () => {
        const [first, second] = [aSession({ externalId: 'x' }), aSession({ externalId: 'x', deletedAt: AT })];
        const error = await take({ documents: of('sessions', first, second) }).catch((thrown: unknown) => thrown);
        expect(error).toMatchObject({ code: 'ALREADY_EXISTS', existingId: first.id, fields: ['externalId'] });
        expect(await store.collection(sessions).count([], 'INCLUDE')).toBe(0);
      });
    });

    it('notifies the followers of every store on the place as soon as an import is done', async () => {
      const other = await factory.open(place);
      const stop = new AbortController();
      const follow = async (by: Store, count: number) => {
        const seen: number[] = [];
        for await (const entries of by.log.follow(LOG_START, stop.signal)) {
          seen.push(...entries.map(({ seq }) => seq));
          if (seen.length >= count) break;
        }
        return seen;
      };
      const received = Promise.all([follow(store, 3), follow(other, 3)]);
      await take({ entries: [anEntry(4, aMemory(), 'CREATE'), anEntry(5, aMemory(), 'CREATE')] });
      expect((await store.log.head()).seq).toBe(5);
      expect((await other.log.head()).seq).toBe(5);
      await take({ entries: [anEntry(6, aMemory(), 'CREATE')] });
      expect(await received).toEqual([
        [4, 5, 6],
        [4, 5, 6],
      ]);
      stop.abort();
    });

    it('reads, keeps its manifest and trims its log under a negative epoch, even when opened under it', async () => {
      const [one, two] = [aMemory({ version: 2, content: 'now' }), aMemory({ deletedAt: AT })];
      await take({ documents: of('memories', one, two), entries: [anEntry(2, one, 'UPDATE', 'before')] });
      await store.writeManifest({ name: 'moved' });
      await reopen();
      expect(await store.epoch()).toBe(MOVING);
      expect(await store.manifest()).toEqual({ name: 'moved' });
      expect(await store.scan(memories, null, 10)).toEqual([one, two].sort((a, b) => (a.id < b.id ? -1 : 1)));
      expect(await store.collection(memories).get([one.id])).toEqual([one]);
      expect(await store.log.image(one.id, 1)).toMatchObject({ content: 'before' });
      expect(await store.health()).toEqual({ ok: true, problems: [] });
      expect(await store.trimLog('2027-01-01T00:00:00.000Z')).toBe(1);
      expect(await store.log.head()).toMatchObject({ seq: 2, floor: 2 });
      await expect(store.commit([put(aMemory())], context())).rejects.toThrow(RouteChangedError);
    });

    it('goes from a negative epoch to a positive one and back', async () => {
      expect(await store.setEpoch(MOVING, EPOCH)).toBe(true);
      await expect(take({ documents: of('memories', aMemory()) })).rejects.toThrow(RouteChangedError);
      await store.commit([put(aMemory())], context());
      expect(await store.setEpoch(EPOCH, MOVING - 1)).toBe(true);
      expect(await store.setEpoch(MOVING, EPOCH)).toBe(false);
      await expect(take({ documents: of('memories', aMemory()) })).rejects.toThrow(RouteChangedError);
      await reopen();
      await store.import(batch({ documents: of('memories', aMemory()) }), MOVING - 1);
      expect(await store.setEpoch(MOVING - 1, EPOCH + 1)).toBe(true);
      await store.commit([put(aMemory())], context({ epoch: EPOCH + 1 }));
      expect(await store.collection(memories).count()).toBe(3);
    });

    it('changes nothing when nothing is imported', async () => {
      await take({});
      expect(await store.log.head()).toMatchObject({ seq: 0, floor: 0 });
    });
  });
}
