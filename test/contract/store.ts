import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AlreadyExistsError, ConflictError, ReadTooMuchError, RouteChangedError } from '../../src/domain/errors.js';
import type { LogEntry } from '../../src/domain/log-entry.js';
import { LOG_START, positionAfter } from '../../src/domain/log-position.js';
import type { Memory } from '../../src/domain/memory.js';
import type { Session } from '../../src/domain/session.js';
import { memories, PROJECT_COLLECTIONS, sessions, tasks } from '../../src/storage/collections.js';
import {
  type Change,
  type CommitContext,
  type ListQuery,
  PAGE_BYTES,
  PARENTS_BYTES,
  type Store,
} from '../../src/storage/store.js';
import { AT, aMemory, aSession } from '../support/records.js';

/** How a suite gets the stores that it tests. */
export interface StoreFactory {
  /** Opens a store at a place, and creates it under this epoch if missing. */
  open(place: string, epoch?: number): Promise<Store>;
  /** A place that nobody used. */
  place(): Promise<string>;
  /** Closes and removes everything. */
  cleanUp(): Promise<void>;
}

export const EPOCH = 1;
export const context = (overrides: Partial<CommitContext> = {}): CommitContext => ({
  epoch: EPOCH,
  actor: 'tester',
  requestId: 'r1',
  at: AT,
  ...overrides,
});

export const put = (
  document: Memory,
  operation: 'CREATE' | 'UPDATE' | 'DELETE' | 'RESTORE' = document.version === 1 ? 'CREATE' : 'UPDATE',
): Change => ({
  kind: 'put',
  collection: memories.name,
  operation,
  document,
});
const putSession = (document: Session): Change => ({
  kind: 'put',
  collection: sessions.name,
  operation: 'CREATE',
  document,
});
const minute = (n: number) => new Date(Date.parse(AT) + n * 60_000).toISOString();

/** What every store promises. */
export function describeStore(name: string, factory: StoreFactory): void {
  describe(`the store contract, kept by ${name}`, () => {
    let place: string;
    let store: Store;
    beforeEach(async () => {
      place = await factory.place();
      store = await factory.open(place, EPOCH);
    });
    afterEach(() => factory.cleanUp());

    const stored = async (id: string) => (await store.collection(memories).get([id]))[0];
    const save = async (...documents: Memory[]) => {
      await store.commit(
        documents.map((document) => put(document)),
        context(),
      );
      return documents;
    };

    describe('commit', () => {
      it('keeps a document exactly as it is, across closing and reopening', async () => {
        const document = aMemory({
          content: 'ünïcødé 🦑 "quotes" \\ \n\t',
          metadata: { a: [1, 2.5, null, true, { b: 'c' }], 'odd "key"': '' },
        });
        await save(document);
        expect(await stored(document.id)).toEqual(document);
        await store.close();
        store = await factory.open(place);
        expect(await stored(document.id)).toEqual(document);
      });

      it('writes all changes or none', async () => {
        const [first] = await save(aMemory());
        const other = aMemory();
        await expect(store.commit([put(other), put({ ...first!, version: 9 })], context())).rejects.toThrow(
          ConflictError,
        );
        expect(await stored(other.id)).toBeNull();
        expect((await store.log.head()).seq).toBe(1);
      });

      it('refuses a stale version, and returns the current document', async () => {
        const [first] = await save(aMemory());
        await store.commit([put({ ...first!, version: 2, content: 'newer' })], context());
        const error = await store
          .commit([put({ ...first!, version: 2, content: 'stale' })], context())
          .catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(ConflictError);
        expect((error as ConflictError).current).toMatchObject({ id: first!.id, version: 2, content: 'newer' });
        expect(await stored(first!.id)).toMatchObject({ content: 'newer' });
      });

      it('refuses to create a document that exists, and to change one that doesn’t', async () => {
        const [first] = await save(aMemory());
        await expect(save(first!)).rejects.toThrow(ConflictError);
        await expect(store.commit([put(aMemory({ version: 2 }))], context())).rejects.toMatchObject({ current: null });
      });

      it('fails when a checked record moved on, and writes nothing for a check that holds', async () => {
        const [first] = await save(aMemory());
        const check = { kind: 'check', collection: memories.name, id: first!.id, version: 1 } as const;
        await store.commit([check, put(aMemory())], context());
        expect((await store.log.head()).seq).toBe(2);
        await store.commit([put({ ...first!, version: 2 })], context());
        const late = aMemory();
        await expect(store.commit([check, put(late)], context())).rejects.toThrow(ConflictError);
        expect(await stored(late.id)).toBeNull();
      });

      it('keeps unique keys among live documents, and frees them by deletion', async () => {
        const first = aSession({ key: 'chat' });
        const second = aSession({ key: 'chat' });
        await store.commit([putSession(first)], context());
        const error = await store.commit([putSession(second)], context()).catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(AlreadyExistsError);
        expect(error).toMatchObject({ existingId: first.id, fields: ['key'] });
        await store.commit(
          [
            {
              kind: 'put',
              collection: sessions.name,
              operation: 'DELETE',
              document: { ...first, version: 2, deletedAt: AT },
            },
          ],
          context(),
        );
        await store.commit([putSession(second)], context());
      });

      it('keeps keys that are unique among all documents taken by deleted ones, and lets nulls repeat', async () => {
        const first = aMemory({ externalId: 'x', deletedAt: AT });
        await save(first, aMemory(), aMemory());
        await expect(save(aMemory({ externalId: 'x' }))).rejects.toMatchObject({
          existingId: first.id,
          fields: ['externalId'],
        });
      });

      it('writes nothing for a writer that was routed by another epoch', async () => {
        const refused = (epoch: number) =>
          store.commit([put(aMemory())], context({ epoch })).catch((thrown: unknown) => thrown);
        // A store behind the catalog was restored, or is about to follow.
        const behind = await refused(2);
        expect(behind).toBeInstanceOf(RouteChangedError);
        expect(behind).toMatchObject({ hint: expect.stringContaining('restore the catalog of that backup too') });
        expect(await store.setEpoch(7, 8)).toBe(false);
        expect(await store.setEpoch(EPOCH, 2)).toBe(true);
        const ahead = await refused(EPOCH);
        expect(ahead).toBeInstanceOf(RouteChangedError);
        expect(ahead).toMatchObject({ hint: expect.not.stringContaining('backup') });
        await store.commit([put(aMemory())], context({ epoch: 2 }));
        expect(await store.collection(memories).count()).toBe(1);
      });

      it('lets each of many queued commits succeed or fail on its own', async () => {
        const [shared] = await save(aMemory());
        const writes = Array.from({ length: 40 }, (_, n) => {
          const changes =
            n % 4 === 0
              ? [put({ ...shared!, version: 2, content: `by ${n}` }), put(aMemory({ externalId: `w${n}` }))]
              : [put(aMemory({ externalId: `w${n}` }))];
          return store.commit(changes, context({ requestId: `w${n}` })).then(
            () => n,
            () => null,
          );
        });
        const done = (await Promise.all(writes)).filter((n) => n !== null);
        expect(done.filter((n) => n % 4 === 0)).toHaveLength(1);
        expect(done).toHaveLength(31);
        const entries = await store.log.read(1, 100);
        expect(new Set(entries.map(({ requestId }) => requestId))).toEqual(new Set(done.map((n) => `w${n}`)));
        expect(await store.collection(memories).count()).toBe(32);
      });

      it('loses no update when two stores on one place write one record', async () => {
        const [first] = await save(aMemory({ metadata: { count: 0 } }));
        const second = await factory.open(place);
        const raise = async (by: Store) => {
          for (let done = 0; done < 25; ) {
            const [now] = await by.collection(memories).get([first!.id]);
            const next = { ...now!, version: now!.version + 1, metadata: { count: Number(now!.metadata.count) + 1 } };
            done += await by.commit([put(next)], context()).then(
              () => 1,
              (error: unknown) => {
                if (error instanceof ConflictError) return 0;
                throw error;
              },
            );
          }
        };
        await Promise.all([raise(store), raise(second)]);
        expect(await stored(first!.id)).toMatchObject({ version: 51, metadata: { count: 50 } });
        expect((await store.log.read(0, 100)).map(({ seq }) => seq)).toEqual(
          Array.from({ length: 51 }, (_, n) => n + 1),
        );
      });
    });

    describe('reading', () => {
      it('gets many in the order of the ids, with null for unknown ones', async () => {
        const [a, b] = await save(aMemory(), aMemory({ deletedAt: AT }));
        expect(await store.collection(memories).get([b!.id, 'mem_none', a!.id, b!.id])).toEqual([b, null, a, b]);
        expect(await store.collection(memories).get([])).toEqual([]);
      });

      const numbered = () =>
        save(
          ...Array.from({ length: 25 }, (_, n) =>
            aMemory({
              occurredAt: minute(n % 10),
              content: `m${n}`,
              sessionId: n % 2 ? 'odd' : 'even',
              deletedAt: n % 5 === 4 ? AT : null,
            }),
          ),
        );
      const walk = async (query: Omit<ListQuery, 'limit'>, limit: number) => {
        const seen: Memory[] = [];
        let more: boolean;
        do {
          const last = seen.at(-1);
          const page = await store
            .collection(memories)
            .list({ ...query, limit, after: last ? { value: last.occurredAt, id: last.id } : null });
          seen.push(...page.items);
          more = page.hasMore;
          expect(page.items.length).toBe(more ? limit : page.items.length);
        } while (more);
        return seen;
      };

      it.each(['EXCLUDE', 'INCLUDE', 'ONLY'] as const)(
        'walks a list by cursors, each document once and in order, deleted %s',
        async (deleted) => {
          const all = await numbered();
          const expected = all
            .filter(({ deletedAt }) => deleted === 'INCLUDE' || (deletedAt !== null) === (deleted === 'ONLY'))
            .sort((a, b) =>
              a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : a.id < b.id ? -1 : 1,
            );
          expect(await walk({ order: { field: 'occurredAt', direction: 'ASC' }, deleted }, 4)).toEqual(expected);
          expect(await walk({ order: { field: 'occurredAt', direction: 'DESC' }, deleted }, 3)).toEqual(
            expected.reverse(),
          );
        },
      );

      it('reads a page from the end of a range, in the order of the list', async () => {
        await numbered();
        const order = { field: 'occurredAt', direction: 'ASC' } as const;
        const all = await walk({ order }, 100);
        const end = await store.collection(memories).list({ order, limit: 3, fromEnd: true });
        expect(end).toEqual({ items: all.slice(-3), hasMore: true });
        const before = await store
          .collection(memories)
          .list({ order, limit: 3, fromEnd: true, before: { value: end.items[0]!.occurredAt, id: end.items[0]!.id } });
        expect(before.items).toEqual(all.slice(-6, -3));
      });

      it('orders by a field that may be null', async () => {
        await save(...['b', null, 'a', null].map((taskId) => aMemory({ taskId })));
        for (const direction of ['ASC', 'DESC'] as const) {
          const order = { field: 'taskId', direction };
          const seen: Memory[] = [];
          for (let more = true; more; ) {
            const last = seen.at(-1);
            const page = await store
              .collection(memories)
              .list({ order, limit: 1, after: last ? { value: last.taskId, id: last.id } : null });
            seen.push(...page.items);
            more = page.hasMore;
          }
          const expected = [null, null, 'a', 'b'];
          expect(seen.map(({ taskId }) => taskId)).toEqual(direction === 'ASC' ? expected : expected.reverse());
        }
      });

      it('filters by equality, choice, range, contained text and JSON', async () => {
        const [a, b, c] = await save(
          aMemory({ sessionId: 's', occurredAt: minute(1), metadata: { n: 1, tags: ['x'], 'od"d.key': 'v' } }),
          aMemory({ sessionId: null, occurredAt: minute(2), role: 'SYSTEM', metadata: { n: '1', flag: true } }),
          aMemory({ sessionId: 't', occurredAt: minute(3), role: 'ASSISTANT', metadata: { n: null } }),
        );
        const ids = async (...where: NonNullable<ListQuery['where']>) =>
          (
            await store
              .collection(memories)
              .list({ where, order: { field: 'occurredAt', direction: 'ASC' }, limit: 10 })
          ).items.map(({ id }) => id);
        expect(await ids({ field: 'sessionId', is: 's' })).toEqual([a!.id]);
        expect(await ids({ field: 'sessionId', is: null })).toEqual([b!.id]);
        expect(await ids({ field: 'role', in: ['SYSTEM', 'ASSISTANT'] })).toEqual([b!.id, c!.id]);
        expect(await ids({ field: 'role', in: [] })).toEqual([]);
        expect(await ids({ field: 'sessionId', in: ['t', null] })).toEqual([b!.id, c!.id]);
        expect(await ids({ field: 'pinned', in: [true, null] }, { field: 'sessionId', in: [null] })).toEqual([]);
        expect(await ids({ field: 'pinned', in: [false, null] }, { field: 'sessionId', in: [null] })).toEqual([b!.id]);
        expect(await ids({ field: 'occurredAt', gte: minute(2), lt: minute(3) })).toEqual([b!.id]);
        expect(await ids({ path: ['metadata', 'n'], equals: 1 })).toEqual([a!.id]);
        expect(await ids({ path: ['metadata', 'n'], equals: '1' })).toEqual([b!.id]);
        expect(await ids({ path: ['metadata', 'n'], equals: null })).toEqual([c!.id]);
        expect(await ids({ path: ['metadata', 'flag'], equals: true })).toEqual([b!.id]);
        expect(await ids({ path: ['metadata', 'tags'], equals: ['x'] })).toEqual([a!.id]);
        expect(await ids({ path: ['metadata', 'od"d.key'], equals: 'v' })).toEqual([a!.id]);
        const title = 'a_b%c\\d';
        await store.commit([putSession(aSession({ title })), putSession(aSession({ title: 'aXbYcZd' }))], context());
        const found = await store.collection(sessions).list({
          where: [{ fields: ['title', 'agent'], contains: 'A_B%C\\' }],
          order: { field: 'startedAt', direction: 'ASC' },
          limit: 5,
        });
        expect(found.items.map((session) => session.title)).toEqual([title]);
      });

      it('combines texts and values in lists, counts and pages of parents', async () => {
        const all = Array.from({ length: 12 }, (_, n) =>
          aSession({
            title: n % 2 === 0 ? `Größe ${n}` : `GRO\u0308SSE… ${n}`,
            agent: n < 8 ? 'bosun' : 'Käpt’n',
            startedAt: minute(n),
            metadata: { half: n < 6, third: { b: n % 3, a: [n < 9] } },
          }),
        );
        // They look alike to a server that can't fold.
        const others = all.map(({ agent, metadata, startedAt }) =>
          aSession({ title: 'Gro\u0301ße…', agent, metadata, startedAt }),
        );
        await store.commit([...others, ...all].map(putSession), context());
        const where = [
          { fields: ['title'], contains: 'grösse' },
          { fields: ['agent', 'title'], contains: 'BOSUN' },
          { path: ['metadata', 'half'], equals: true },
          { path: ['metadata', 'third'], equals: { a: [true], b: 0 } },
        ];
        const order = { field: 'startedAt', direction: 'ASC' } as const;
        const collection = store.collection(sessions);
        expect(await collection.list({ where, order, limit: 9 })).toEqual({ items: [all[0], all[3]], hasMore: false });
        expect(await collection.list({ where, order, limit: 1 })).toEqual({ items: [all[0]], hasMore: true });
        const last = { where, order, limit: 1, fromEnd: true } as const;
        expect(await collection.list(last)).toEqual({ items: [all[3]], hasMore: true });
        const before = { value: all[3]!.startedAt, id: all[3]!.id };
        expect(await collection.list({ ...last, before })).toEqual({ items: [all[0]], hasMore: false });
        expect(await collection.list({ where, order, limit: 9, deleted: 'INCLUDE' })).toMatchObject({
          items: [{ id: all[0]!.id }, { id: all[3]!.id }],
        });
        expect(await collection.count(where)).toBe(2);
        expect(await collection.count(where, 'ONLY')).toBe(0);
        const texts = where.slice(0, 1);
        expect(
          await collection.listByParents('agent', ['bosun', 'nobody', 'Käpt’n'], { where: texts, order, limit: 3 }),
        ).toEqual([
          { items: all.slice(0, 3), hasMore: true },
          { items: [], hasMore: false },
          { items: all.slice(8, 11), hasMore: true },
        ]);
      });

      it('reads the first page of each of many parents', async () => {
        const all = await numbered();
        const order = { field: 'occurredAt', direction: 'DESC' } as const;
        const pages = await store
          .collection(memories)
          .listByParents('sessionId', ['odd', 'none', 'even'], { order, limit: 4 });
        const expected = (sessionId: string) =>
          all
            .filter((each) => each.sessionId === sessionId && each.deletedAt === null)
            .sort((x, y) => (x.occurredAt > y.occurredAt ? -1 : x.occurredAt < y.occurredAt ? 1 : x.id > y.id ? -1 : 1))
            .slice(0, 4);
        expect(pages).toEqual([
          { items: expected('odd'), hasMore: true },
          { items: [], hasMore: false },
          { items: expected('even'), hasMore: true },
        ]);
      });

      it('counts, for one and for many parents', async () => {
        const all = await numbered();
        const live = all.filter(({ deletedAt }) => deletedAt === null);
        expect(await store.collection(memories).count()).toBe(20);
        expect(await store.collection(memories).count([], 'ONLY')).toBe(5);
        expect(await store.collection(memories).count([], 'INCLUDE')).toBe(25);
        const odd = live.filter(({ sessionId }) => sessionId === 'odd');
        expect(await store.collection(memories).countByParents('sessionId', ['none', 'odd'], 'occurredAt')).toEqual([
          { count: 0, greatest: null },
          {
            count: odd.length,
            greatest: odd
              .map(({ occurredAt }) => occurredAt)
              .sort()
              .at(-1),
          },
        ]);
      });

      it('scans everything in the order of ids, deleted documents included', async () => {
        const all = (await numbered()).sort((a, b) => (a.id < b.id ? -1 : 1));
        const seen: Memory[] = [];
        for (
          let part = await store.scan(memories, null, 7);
          part.length;
          part = await store.scan(memories, part.at(-1)!.id, 7)
        )
          seen.push(...part);
        expect(seen).toEqual(all);
      });
    });

    describe('large data', () => {
      const CHARS = 1_000_000;
      const ORDER = { field: 'occurredAt', direction: 'ASC' } as const;
      /** Memories of a megabyte, a minute apart. */
      const saveLarge = async (count: number, overrides: (n: number) => Partial<Memory> = () => ({})) => {
        const all = Array.from({ length: count }, (_, n) =>
          aMemory({ content: String(n).padEnd(CHARS, 'x'), occurredAt: minute(n), ...overrides(n) }),
        );
        // One each: a server's log is in files of 10 MB, and a commit of four is larger there than that.
        for (const memory of all) await save(memory);
        return all;
      };
      const shown = (items: readonly Memory[]) => items.map(({ content }) => Number.parseInt(content, 10));
      const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

      it('is read in shorter pages, each record once, in either direction', async () => {
        await saveLarge(20);
        for (const [direction, fromEnd, deleted] of [
          ['ASC', false, 'EXCLUDE'],
          ['ASC', true, 'EXCLUDE'],
          ['DESC', false, 'INCLUDE'],
          ['DESC', true, 'INCLUDE'],
        ] as const) {
          const order = { ...ORDER, direction };
          const seen: number[] = [];
          for (let hasMore = true, at: Memory | null = null; hasMore; ) {
            const position: object = at ? { [fromEnd ? 'before' : 'after']: { value: at.occurredAt, id: at.id } } : {};
            const page = await store.collection(memories).list({ order, limit: 50, fromEnd, deleted, ...position });
            // As many as fit into a page, and no more than one beyond.
            if (page.hasMore) expect(page.items.length).toBe(Math.ceil(PAGE_BYTES / CHARS));
            if (fromEnd) seen.unshift(...shown(page.items));
            else seen.push(...shown(page.items));
            ({ hasMore } = page);
            at = page.items.at(fromEnd ? 0 : -1)!;
          }
          expect(seen).toEqual(direction === 'ASC' ? numbers(20) : numbers(20).reverse());
        }
      });

      it('is read in shorter pages where no index leads to it', async () => {
        await saveLarge(12, () => ({ metadata: { kind: 'large' } }));
        const where = [{ path: ['metadata', 'kind'], equals: 'large' }];
        const page = await store.collection(memories).list({ where, order: ORDER, limit: 50 });
        expect(page.hasMore).toBe(true);
        expect(shown(page.items)).toEqual(numbers(9));
      });

      it('is read by ids as far as a page has room, in whatever order they are', async () => {
        const ids = (await saveLarge(20)).map(({ id }) => id);
        const small = await save(aMemory());
        const read = async (of: readonly string[]) =>
          (await store.collection(memories).getFirst(of)).map((found) => found?.id ?? null);
        const most = Math.ceil(PAGE_BYTES / CHARS);
        expect(await read(ids)).toEqual(ids.slice(0, most));
        expect(await read(ids.slice(0, most))).toEqual(ids.slice(0, most));
        expect(await read([small[0]!.id, 'mem_none', small[0]!.id])).toEqual([small[0]!.id, null, small[0]!.id]);
        expect(await read([])).toEqual([]);
        // One that has to look for the first ones among all may return fewer.
        const backwards = ids.toReversed();
        const found = await read(backwards);
        expect(found).toEqual(backwards.slice(0, found.length));
        expect(found.length).toBeGreaterThanOrEqual(most / 2);
        expect(found.length).toBeLessThanOrEqual(most);
      });

      it('is refused as the first pages of many parents', async () => {
        const of = (n: number) => ({ taskId: n % 2 ? 'odd' : 'even' });
        const count = Math.ceil(PARENTS_BYTES / CHARS) + 1;
        await saveLarge(count, of);
        const list = (limit: number) =>
          store.collection(memories).listByParents('taskId', ['odd', 'even'], { order: ORDER, limit });
        await expect(list(count)).rejects.toThrow(ReadTooMuchError);
        expect((await list(10)).map(({ items, hasMore }) => [items.length, hasMore])).toEqual([
          [10, true],
          [10, true],
        ]);
      });

      it('is read in shorter pages of the log, each entry once, in either direction', async () => {
        const all = await saveLarge(40);
        // By an update the image before is large, and by a creation the one after.
        await store.commit([put({ ...all[39]!, version: 2, content: 'small' })], context());
        for (const [direction, fromEnd] of [
          ['ASC', false],
          ['DESC', false],
          ['ASC', true],
        ] as const) {
          const seen: number[] = [];
          for (let hasMore = true, at: number | null = null; hasMore; ) {
            const position: object = at === null ? {} : { [fromEnd ? 'before' : 'after']: at };
            const page = await store.log.list({ direction, limit: 100, fromEnd, ...position });
            expect(page.items.length).toBeLessThanOrEqual(32);
            for (const { entry, after } of page.items) expect(after?.version).toBe(entry.version);
            const seqs = page.items.map(({ entry }) => entry.seq);
            if (fromEnd) seen.unshift(...seqs);
            else seen.push(...seqs);
            ({ hasMore } = page);
            at = seqs.at(fromEnd ? 0 : -1)!;
          }
          const expected = numbers(41).map((n) => n + 1);
          expect(seen).toEqual(direction === 'ASC' ? expected : expected.reverse());
        }
      });
    });

    describe('the log', () => {
      it('has an entry per change, in order, with who, when and the image before', async () => {
        const [a] = await save(aMemory({ content: 'one' }));
        const two = { ...a!, version: 2, content: 'two' };
        await store.commit([put(two), put(aMemory())], context({ actor: 'ada', requestId: 'r2', at: minute(5) }));
        const entries = await store.log.read(0, 10);
        expect(entries.map(({ seq, operation, version }) => [seq, operation, version])).toEqual([
          [1, 'CREATE', 1],
          [2, 'UPDATE', 2],
          [3, 'CREATE', 1],
        ]);
        expect(entries[1]).toEqual({
          seq: 2,
          at: minute(5),
          actor: 'ada',
          requestId: 'r2',
          collection: 'memories',
          recordId: a!.id,
          version: 2,
          operation: 'UPDATE',
          before: { ...a! },
          isErased: false,
        } satisfies LogEntry);
        expect(entries[0]!.before).toBeNull();
      });

      it('returns what a record was after each entry, and at each version', async () => {
        const [v1] = await save(aMemory({ content: 'one' }));
        const v2 = { ...v1!, version: 2, content: 'two' };
        const v3 = { ...v2, version: 3, deletedAt: AT };
        await store.commit([put(v2)], context());
        await store.commit([put(v3, 'DELETE'), put(aMemory())], context());
        const page = await store.log.list({ recordId: v1!.id, direction: 'DESC', limit: 2 });
        expect(page.items.map(({ entry, after }) => [entry.version, after])).toEqual([
          [3, v3],
          [2, v2],
        ]);
        expect(page.hasMore).toBe(true);
        const rest = await store.log.list({
          recordId: v1!.id,
          direction: 'DESC',
          limit: 2,
          after: page.items[1]!.entry.seq,
        });
        expect(rest).toMatchObject({ items: [{ entry: { version: 1 }, after: v1 }], hasMore: false });
        const oldest = await store.log.list({ direction: 'DESC', limit: 1, fromEnd: true });
        expect(oldest).toMatchObject({ items: [{ entry: { seq: 1 } }], hasMore: true });
        expect(await Promise.all([1, 2, 3, 4].map((version) => store.log.image(v1!.id, version)))).toEqual([
          v1,
          v2,
          v3,
          null,
        ]);
      });

      it('returns what one request wrote, from many commits, page by page', async () => {
        const [a, b] = await save(aMemory(), aMemory());
        const ofRequest = context({ requestId: 'r7' });
        await store.commit([put({ ...a!, version: 2 }), put({ ...b!, version: 2 })], ofRequest);
        await store.commit([put({ ...a!, version: 3 })], context());
        await store.commit([put({ ...b!, version: 3 })], ofRequest);
        const list = async (query: object) => {
          const page = await store.log.list({ requestId: 'r7', direction: 'ASC', limit: 10, ...query });
          return { seqs: page.items.map(({ entry }) => entry.seq), hasMore: page.hasMore };
        };
        expect(await list({})).toEqual({ seqs: [3, 4, 6], hasMore: false });
        expect(await list({ direction: 'DESC', limit: 2 })).toEqual({ seqs: [6, 4], hasMore: true });
        expect(await list({ after: 3 })).toEqual({ seqs: [4, 6], hasMore: false });
        expect(await list({ recordId: b!.id })).toEqual({ seqs: [4, 6], hasMore: false });
        expect(await list({ requestId: 'r8' })).toEqual({ seqs: [], hasMore: false });
      });

      it('returns the last entries without their images', async () => {
        const [v1] = await save(aMemory(), aMemory());
        await store.commit([put({ ...v1!, version: 2 })], context({ actor: 'editor' }));
        const { before: _, isErased: __, ...last } = (await store.log.read(2, 1))[0]!;
        expect(await store.log.listHeaders({ direction: 'DESC', limit: 1 })).toEqual([last]);
        const all = await store.log.listHeaders({ direction: 'DESC', limit: 9 });
        expect(all.map(({ seq, actor }) => [seq, actor])).toEqual([
          [3, 'editor'],
          [2, 'tester'],
          [1, 'tester'],
        ]);
      });

      it('returns the same entries with and without images, whatever is asked for', async () => {
        const [a, b] = await save(aMemory(), aMemory());
        await store.commit([put({ ...a!, version: 2 }), put({ ...b!, version: 2 })], context({ requestId: 'r7' }));
        await store.commit([put({ ...a!, version: 3 })], context({ requestId: 'r7' }));
        const seqs = async (query: object) => {
          const asked = { direction: 'ASC', limit: 10, ...query } as const;
          const headers = (await store.log.listHeaders(asked)).map(({ seq }) => seq);
          expect((await store.log.list(asked)).items.map(({ entry }) => entry.seq)).toEqual(headers);
          return headers;
        };
        expect(await seqs({ seqs: [5, 2, 3, 99] })).toEqual([2, 3, 5]);
        expect(await seqs({ seqs: [5, 2, 3], direction: 'DESC', limit: 2 })).toEqual([5, 3]);
        expect(await seqs({ seqs: [5, 2, 3], after: 2, before: 5 })).toEqual([3]);
        expect(await seqs({ seqs: [] })).toEqual([]);
        expect(await seqs({ recordId: a!.id, requestId: 'r7' })).toEqual([3, 5]);
        expect(await seqs({ after: 1, before: 5, limit: 2 })).toEqual([2, 3]);
        expect(await seqs({ after: 1, before: 5, limit: 2, fromEnd: true })).toEqual([3, 4]);
        expect(await seqs({ direction: 'DESC', after: 5, before: 1, limit: 2, fromEnd: true })).toEqual([3, 2]);
      });

      it('returns the first and the last entry of each of many records after a number', async () => {
        const [a, b] = await save(aMemory(), aMemory(), aMemory());
        await store.commit([put({ ...a!, version: 2, content: 'two' }), put({ ...b!, version: 2 })], context());
        await store.commit([put({ ...a!, version: 3 })], context());
        const { seq } = (await store.log.list({ recordId: a!.id, direction: 'ASC', limit: 1 })).items[0]!.entry;
        const versions = async (which: 'FIRST' | 'LAST', after: number) =>
          (await store.log.ofEach([b!.id, 'mem_none', a!.id], which, after)).map((entry) => entry?.version ?? null);
        expect(await versions('FIRST', 0)).toEqual([1, null, 1]);
        expect(await versions('LAST', 0)).toEqual([2, null, 3]);
        expect(await versions('FIRST', seq + 2)).toEqual([2, null, 2]);
        expect(await versions('LAST', seq + 4)).toEqual([null, null, 3]);
        expect(await store.log.ofEach([a!.id], 'FIRST', 0)).toEqual(await store.log.read(seq - 1, 1));
        expect(await store.log.ofEach([], 'LAST', 0)).toEqual([]);
      });

      it('keeps a line of a purge, and nothing of what was purged', async () => {
        const [a] = await save(aMemory({ content: 'secret' }));
        await store.commit([put({ ...a!, version: 2, content: 'secret too' })], context());
        await expect(
          store.commit([{ kind: 'remove', collection: 'memories', id: a!.id, version: 1 }], context()),
        ).rejects.toThrow(ConflictError);
        await store.commit([{ kind: 'remove', collection: 'memories', id: a!.id, version: 2 }], context());
        expect(await stored(a!.id)).toBeNull();
        const { items } = await store.log.list({ recordId: a!.id, direction: 'ASC', limit: 10 });
        expect(items.map(({ entry }) => entry.operation)).toEqual(['CREATE', 'UPDATE', 'PURGE']);
        expect(JSON.stringify(items)).not.toContain('secret');
        expect(items.every(({ entry }) => entry.isErased)).toBe(true);
      });

      it('loses only images when it is trimmed, and says up to where', async () => {
        const [a] = await save(aMemory());
        await store.commit([put({ ...a!, version: 2 })], context({ at: minute(1) }));
        await store.commit([put({ ...a!, version: 3 })], context({ at: minute(2) }));
        expect(await store.trimLog(minute(2))).toBe(1);
        expect(await store.log.head()).toMatchObject({ seq: 3, floor: 2 });
        expect((await store.log.read(0, 10)).map(({ before, isErased }) => [before?.version, isErased])).toEqual([
          [undefined, false],
          [undefined, true],
          [2, false],
        ]);
        expect(await store.trimLog(minute(2))).toBe(0);
      });

      it('has images in a new form once they are rewritten, in every store on the place, and all else as it was', async () => {
        const [a, b] = await save(aMemory({ content: 'secret one' }), aMemory({ content: 'not one' }));
        await store.commit([put({ ...a!, version: 2, content: 'secret two' })], context());
        await store.commit([put({ ...a!, version: 3, content: 'clean' }), put({ ...b!, version: 2 })], context());
        const other = await factory.open(place);
        const [head, before] = [await store.log.head(), await store.log.read(0, 10)];
        const images = ['secret one', 'secret two'].map((content, index) => ({
          ...a!,
          version: index + 1,
          content: content.replace('secret', '[redacted]'),
        }));
        expect(await store.rewriteImages(images, EPOCH)).toBe(2);
        for (const each of [store, other]) {
          const now = await each.log.read(0, 10);
          expect(now.map((entry) => entry.before?.content ?? null)).toEqual([
            null,
            null,
            '[redacted] one',
            '[redacted] two',
            'not one',
          ]);
          expect(now.map((entry) => ({ ...entry, before: null }))).toEqual(
            before.map((entry) => ({ ...entry, before: null })),
          );
          expect(await each.log.head()).toEqual(head);
          expect(await each.log.holds(positionAfter(before[2]!))).toBe(true);
          expect(await each.log.image(a!.id, 2)).toMatchObject({ version: 2, content: '[redacted] two' });
          const { items } = await each.log.list({ recordId: a!.id, direction: 'ASC', limit: 10 });
          expect(items.map(({ after }) => after?.content)).toEqual(['[redacted] one', '[redacted] two', 'clean']);
        }
        expect(await store.rewriteImages(images, EPOCH)).toBe(0);
        await store.commit([put({ ...a!, version: 4, content: 'later' })], context());
        await store.close();
        store = await factory.open(place);
        expect(await store.log.image(a!.id, 1)).toMatchObject({ content: '[redacted] one' });
        expect(await store.log.image(a!.id, 3)).toMatchObject({ content: 'clean' });
        expect(await stored(a!.id)).toMatchObject({ version: 4, content: 'later' });
      });

      it('rewrites no image that was erased or never was, and none for a writer that was routed by another epoch', async () => {
        const [a, b] = await save(aMemory(), aMemory());
        await store.commit([put({ ...a!, version: 2 })], context({ at: minute(1) }));
        await store.commit([put({ ...b!, version: 2 })], context({ at: minute(2) }));
        await store.trimLog(minute(2));
        const wrong = [EPOCH + 1, -1].map((epoch) =>
          store.rewriteImages([{ ...b! }], epoch).catch((thrown: unknown) => thrown),
        );
        for (const each of await Promise.all(wrong)) expect(each).toBeInstanceOf(RouteChangedError);
        expect(await store.rewriteImages([a!, { ...a!, version: 2 }, aMemory()], EPOCH)).toBe(0);
        expect(await store.rewriteImages([], EPOCH)).toBe(0);
        expect((await store.log.read(0, 10)).map(({ before }) => before?.id ?? null)).toEqual([
          null,
          null,
          null,
          b!.id,
        ]);
      });

      it('keeps nothing of a record that is purged after its images were rewritten', async () => {
        const [a] = await save(aMemory());
        await store.commit([put({ ...a!, version: 2 })], context());
        const image = { ...a!, content: 'in a new form' };
        expect(await store.rewriteImages([image], EPOCH)).toBe(1);
        await store.commit([{ kind: 'remove', collection: 'memories', id: a!.id, version: 2 }], context());
        await store.close();
        store = await factory.open(place);
        expect(JSON.stringify(await store.log.read(0, 10))).not.toContain('form');
        expect(await store.rewriteImages([image], EPOCH)).toBe(0);
        expect(await store.health()).toEqual({ ok: true, problems: [] });
      });

      it('is followed from a cursor, then live, also across stores on one place, and ends when aborted', async () => {
        const other = await factory.open(place);
        await save(aMemory(), aMemory());
        const [first] = await store.log.read(0, 1);
        const stop = new AbortController();
        const seen: number[] = [];
        const waits: { count: number; resolve: () => void }[] = [];
        const until = (count: number) =>
          new Promise<void>((resolve) => (seen.length >= count ? resolve() : waits.push({ count, resolve })));
        const following = (async () => {
          for await (const entries of store.log.follow(positionAfter(first!), stop.signal)) {
            seen.push(...entries.map(({ seq }) => seq));
            for (const { count, resolve } of waits) if (seen.length >= count) resolve();
          }
        })();
        await until(1);
        await save(aMemory());
        await until(2);
        await other.commit([put(aMemory()), put(aMemory())], context());
        await until(4);
        expect(seen).toEqual([2, 3, 4, 5]);
        stop.abort();
        await following;
      });

      it('sends a follower that is far behind everything, in order', async () => {
        for (let n = 0; n < 4; n++) await save(...Array.from({ length: 300 }, () => aMemory()));
        const stop = new AbortController();
        let expected = 1;
        for await (const entries of store.log.follow(LOG_START, stop.signal)) {
          for (const { seq } of entries) expect(seq).toBe(expected++);
          if (expected > 1_200) stop.abort();
        }
        expect(expected).toBe(1_201);
      });
    });

    describe('moving', () => {
      it('imports only under a migration’s epoch, as it is, and the same again changes nothing', async () => {
        await save(aMemory());
        const entries = await store.log.read(0, 1);
        const document = aMemory({ version: 7, deletedAt: AT });
        const batch = {
          documents: [{ collection: 'memories', document }],
          entries: [{ ...entries[0]!, seq: 41, before: { a: 1 } }],
          removed: [],
        };
        await expect(store.import(batch, EPOCH)).rejects.toThrow(RouteChangedError);
        await expect(store.import(batch, -1)).rejects.toThrow(RouteChangedError);
        const target = await factory.open(await factory.place(), -1);
        for (let n = 0; n < 2; n++) await target.import(batch, -1);
        expect(await target.collection(memories).get([document.id])).toEqual([document]);
        expect(await target.log.read(0, 10)).toEqual(batch.entries);
        expect((await target.log.head()).seq).toBe(41);
        await target.import({ documents: [], entries: [], removed: [{ collection: 'memories', id: document.id }] }, -1);
        expect(await target.collection(memories).get([document.id])).toEqual([null]);
        expect(await target.setEpoch(-1, 3)).toBe(true);
        expect((await target.commit([put(aMemory())], context({ epoch: 3 }))).seq).toBe(42);
      });

      it('keeps the manifest', async () => {
        expect(await store.manifest()).toBeNull();
        await store.writeManifest({ name: 'first' });
        await store.writeManifest({ name: 'second' });
        await store.close();
        store = await factory.open(place);
        expect(await store.manifest()).toEqual({ name: 'second' });
      });
    });

    describe('closing', () => {
      it('completes pending calls, and may be repeated', async () => {
        const document = aMemory();
        const writing = save(document);
        await Promise.all([writing, store.close(), store.close()]);
        store = await factory.open(place);
        expect(await stored(document.id)).toEqual(document);
      });

      it('ends followers, and refuses what comes after with a clear error', async () => {
        const following = (async () => {
          for await (const entries of store.log.follow(LOG_START, new AbortController().signal))
            expect(entries).toEqual([]);
        })();
        await store.close();
        await following;
        await expect(store.commit([put(aMemory())], context())).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
        await expect(store.collection(tasks).count()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      });

      it('is healthy', async () => {
        expect(await store.health()).toEqual({ ok: true, problems: [] });
      });
    });
  });
}

export const STORE_COLLECTIONS = PROJECT_COLLECTIONS;
