import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LogPosition, positionAfter } from '../../src/domain/log-position.js';
import type { Memory } from '../../src/domain/memory.js';
import { memories } from '../../src/storage/collections.js';
import type { Store } from '../../src/storage/store.js';
import { cases } from '../support/extent.js';
import { AT, aMemory } from '../support/records.js';
import { context, EPOCH, put, type StoreFactory } from './store.js';

/** How a suite gets stores whose data it restores. */
export interface RestorableFactory extends StoreFactory {
  /** Copies the data at a place. Returns how to put it back without notice to the processes that have it open. */
  copy(place: string): Promise<() => Promise<void>>;
}

const REFUSED = { code: 'INVALID_CURSOR', hint: expect.stringContaining('read the lists again') };

/** How many entries are written since: none, so that the log is shorter, as many as were lost, and more. */
const SINCE = cases([0, 2, 3], [1, 40]);

/** What every store promises when an older copy of its data is restored. */
export function describeRestored(name: string, factory: RestorableFactory): void {
  describe(`a log that was restored to an older state, in ${name}`, () => {
    let place: string;
    let store: Store;
    let restore: () => Promise<void>;
    /** After the second entry, which the copy has, and the fourth, which it hasn't. */
    let kept: LogPosition;
    let lost: LogPosition;
    beforeEach(async () => {
      place = await factory.place();
      store = await factory.open(place, EPOCH);
      await save(store, 2);
      restore = await factory.copy(place);
      await save(store, 2);
      kept = positionAfter((await store.log.read(1, 1))[0]!);
      lost = positionAfter((await store.log.read(3, 1))[0]!);
    });
    afterEach(() => factory.cleanUp());

    async function save(by: Store, count: number): Promise<readonly Memory[]> {
      const documents = Array.from({ length: count }, () => aMemory());
      for (const document of documents) await by.commit([put(document)], context());
      return documents;
    }

    /** The store opens the restored data, as a server that was stopped meanwhile. */
    async function restoreClosed(): Promise<void> {
      await store.close();
      await restore();
      store = await factory.open(place);
    }

    const idsAfter = async (position: LogPosition) =>
      (await store.log.readAfter(position, 100)).map(({ recordId }) => recordId);

    async function expectRefused(): Promise<void> {
      expect(await store.log.holds(lost)).toBe(false);
      await expect(store.log.readAfter(lost, 100)).rejects.toMatchObject(REFUSED);
      const stop = new AbortController();
      const next = store.log.follow(lost, stop.signal)[Symbol.asyncIterator]().next();
      await expect(next).rejects.toMatchObject(REFUSED);
      stop.abort();
    }

    it.each(SINCE)('holds no position that it lost, with %s entries since, and all that it kept', async (count) => {
      await restoreClosed();
      const since = await save(store, count);
      await expectRefused();
      expect(await store.log.holds(kept)).toBe(true);
      expect(await idsAfter(kept)).toEqual(since.map(({ id }) => id));
    });

    it.each(SINCE)('ends its followers, with %s entries since', async (count) => {
      const stop = new AbortController();
      const reading = store.log.follow(kept, stop.signal)[Symbol.asyncIterator]();
      const seen = (await reading.next()).value!;
      expect(positionAfter(seen.at(-1)!)).toEqual(lost);
      const next = reading.next();
      const refused = expect(next).rejects.toMatchObject(REFUSED);
      await restore();
      const other = await factory.open(place);
      await save(other, count);
      await refused;
      stop.abort();
    });

    it('is read and written by a store that was open meanwhile', async () => {
      await restore();
      const [written] = await save(store, 1);
      expect(await idsAfter(kept)).toEqual([written!.id]);
      await expectRefused();
      const other = await factory.open(place);
      expect(await other.collection(memories).count()).toBe(3);
      expect(await store.collection(memories).count()).toBe(3);
    });
  });

  describe(`positions in a log, in ${name}`, () => {
    afterEach(() => factory.cleanUp());

    it('stay good across a purge, a trim and a move to another store', async () => {
      const store = await factory.open(await factory.place(), EPOCH);
      const [a, b] = [aMemory(), aMemory()];
      await store.commit([put(a), put(b)], context());
      await store.commit([put({ ...a, version: 2 }), put({ ...b, version: 2 })], context());
      const positions = (await store.log.read(0, 100)).map(positionAfter);
      const heldBy = async (by: Store) => Promise.all(positions.map(by.log.holds));
      await store.commit([{ kind: 'remove', collection: memories.name, id: a.id, version: 2 }], context());
      expect(await heldBy(store)).toEqual([true, true, true, true]);
      await store.trimLog(new Date(Date.parse(AT) + 1).toISOString());
      expect(await heldBy(store)).toEqual([true, true, true, true]);
      const target = await factory.open(await factory.place(), -1);
      await target.import({ documents: [], entries: await store.log.read(0, 100), removed: [] }, -1);
      expect(await heldBy(target)).toEqual([true, true, true, true]);
      expect(await target.log.head()).toMatchObject({ seq: 5, mark: (await store.log.head()).mark });
    });

    it('differ for entries that differ in anything that stays', async () => {
      const store = await factory.open(await factory.place(), EPOCH);
      const memory = aMemory();
      await store.commit([put(memory)], context());
      const [entry] = await store.log.read(0, 1);
      const others = [
        { at: '2026-01-01T00:00:00.001Z' },
        { actor: 'another' },
        { requestId: 'r2' },
        { recordId: aMemory().id },
        { version: 2 },
        { operation: 'UPDATE' },
        { collection: 'tasks' },
      ] as const;
      for (const other of others) expect(await store.log.holds(positionAfter({ ...entry!, ...other }))).toBe(false);
      expect(await store.log.holds(positionAfter(entry!))).toBe(true);
    });
  });
}
