import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { RouteChangedError } from '../../../src/domain/errors.js';
import type { Memory } from '../../../src/domain/memory.js';
import type { Mismatch } from '../../../src/migration/transfer/compare.js';
import { verify } from '../../../src/migration/verify/verify.js';
import type { VerifyOptions, VerifyStep } from '../../../src/migration/verify/verify-step.js';
import { memories } from '../../../src/storage/collections.js';
import type { ImportBatch, Store } from '../../../src/storage/store.js';
import type { Mutex } from '../../../src/util/mutex.js';
import { aMemory } from '../../support/records.js';
import {
  contents,
  copyAll,
  copyOptions,
  create,
  createScribe,
  edit,
  type Kind,
  PAIRS,
  positionIn,
  replayAll,
  sides,
  TARGET_EPOCH,
  type TestSide,
} from '../support/sides.js';

interface Moved {
  readonly source: TestSide;
  readonly target: TestSide;
  /** What a verification works with. */
  options(own?: Partial<VerifyOptions>): VerifyOptions;
}

/** A source and a target that has everything. */
async function moved(
  from: Kind,
  to: Kind,
  {
    prepare = (store: Store) => createScribe(store).write(120),
    /** What happens to the target before anybody searches it. */
    before = async (_target: Store) => {},
    model = 'words',
  }: {
    readonly prepare?: (store: Store) => Promise<void>;
    readonly before?: (target: Store) => Promise<void>;
    readonly model?: string;
  } = {},
): Promise<Moved> {
  const source = await sides.side(await sides.store(from));
  await prepare(source.store);
  const store = await sides.store(to, TARGET_EPOCH);
  const copying = await copyOptions(source.store, store);
  await copyAll(copying);
  let position = await replayAll(source.store, store, await positionIn(source.store, copying.until));
  await before(store);
  const target = await sides.side(store, { donor: source, model });
  await source.search.settled();
  await target.search.settled();
  return {
    source,
    target,
    options: (own = {}) => ({
      source,
      target,
      from: null,
      catchUp: async () => {
        position = await replayAll(source.store, store, position);
      },
      repair: null,
      isRejected: async () => false,
      isSameModel: model === 'words',
      ...own,
    }),
  };
}

async function all(options: VerifyOptions): Promise<readonly VerifyStep[]> {
  const steps: VerifyStep[] = [];
  for await (const step of verify(options)) steps.push(step);
  return steps;
}

const found = (steps: readonly VerifyStep[], which: 'mismatches' | 'repaired' = 'mismatches') =>
  steps
    .flatMap((step) => step[which])
    .map(({ collection, recordId, differing }: Mismatch) => [collection, recordId, ...differing]);

/** The last step of each collection. */
const ends = (steps: readonly VerifyStep[]) => new Map(steps.map((step) => [step.at.collection, step]));

const damage = (target: Store, batch: Partial<ImportBatch>) =>
  target.import({ documents: [], entries: [], removed: [], ...batch }, TARGET_EPOCH);

describe.each(PAIRS)('verifying $from against $to', ({ from, to, isSkipped }) => {
  it.skipIf(isSkipped)('finds nothing while writers are ahead of the target, and compares everything', async () => {
    const { source, options } = await moved(from, to);
    const scribe = createScribe(source.store, 'later');
    await scribe.write(20);
    const steps: VerifyStep[] = [];
    for await (const step of verify(options())) {
      steps.push(step);
      await scribe.write(5);
    }
    expect(found(steps)).toEqual([]);
    expect([...ends(steps).keys()]).toEqual(['tasks', 'memories', 'sessions', 'states', 'log', 'vectors']);
    const { log } = await contents(source.store);
    const compared = steps.filter(({ at }) => at.collection === 'log').reduce((sum, step) => sum + step.compared, 0);
    expect(compared).toBeGreaterThanOrEqual(140);
    expect(compared).toBeLessThanOrEqual(log!.length);
    expect(ends(steps).get('vectors')?.agreement).toBe(1);
  });

  it.skipIf(isSkipped)('names what was damaged in the target, and repairs it on request', async () => {
    const { source, target, options } = await moved(from, to);
    const before = await contents(source.store);
    const [changed, gone] = before.memories as readonly Memory[];
    const extra = aMemory({ content: 'nobody wrote this' });
    const entry = (await source.store.log.read(9, 1))[0]!;
    await damage(target.store, {
      documents: [
        {
          collection: memories.name,
          document: { ...changed!, externalId: 'damaged', metadata: { is: 'damaged' } } as Memory,
        },
        { collection: memories.name, document: extra },
      ],
      removed: [{ collection: memories.name, id: gone!.id }],
      entries: [{ ...entry, actor: 'nobody' }],
    });
    const expected = [
      ['memories', changed!.id, 'externalId', 'metadata'],
      ['memories', gone!.id],
      ['memories', extra.id],
      ['log', '10', 'actor'],
    ];
    const seen = await all(options());
    expect(found(seen)).toEqual(expected);
    expect(seen.flatMap(({ mismatches }) => mismatches).map(({ reason }) => reason)).toEqual([
      "It differs from the source's in externalId, metadata.",
      'It is missing at the target.',
      "The source doesn't have it.",
      "It differs from the source's in actor.",
    ]);
    const mended = await all(options({ repair: { epoch: TARGET_EPOCH } }));
    expect(found(mended)).toEqual([]);
    expect(found(mended, 'repaired')).toEqual(expected);
    expect(await contents(target.store)).toEqual(before);
    expect(found(await all(options()))).toEqual([]);
  });
});

describe('verifying', () => {
  it('resumes from every step as if it hadn’t stopped', async () => {
    const { target, options } = await moved('SQLite', 'SQLite', {
      prepare: async (store) => {
        await createScribe(store).write(60);
        for (let n = 0; n < 260; n += 1) await create(store, aMemory({ content: `one of many ${n}` }));
      },
    });
    await damage(target.store, {
      removed: [{ collection: memories.name, id: (await target.store.scan(memories, null, 1))[0]!.id }],
    });
    const steps = await all(options());
    expect(steps.length).toBeGreaterThan(10);
    for (const [index, { at, digest }] of steps.entries()) {
      const rest = await all(options({ from: { ...at, digest } }));
      const known = ends(steps.slice(0, index + 1));
      expect(found([...steps.slice(0, index + 1), ...rest])).toEqual(found(steps));
      for (const [name, end] of ends(steps))
        expect((ends(rest).get(name) ?? known.get(name))?.digest, `${name} from ${at.collection}`).toBe(end.digest);
    }
  });

  it('has the same digests for the same records on every store', async () => {
    const one = await moved('SQLite', 'files');
    const forth = await all(one.options());
    const back = await all({ ...one.options(), source: one.target, target: one.source, catchUp: async () => {} });
    const digests = (steps: readonly VerifyStep[]) => [...ends(steps)].map(([name, { digest }]) => [name, digest]);
    expect(digests(back)).toEqual(digests(forth));
  });

  it('reports what it repaired', async () => {
    let lost = '';
    const { target, options } = await moved('SQLite', 'SQLite', {
      before: async (store) => {
        lost = (await store.scan(memories, null, 100)).find(({ deletedAt }) => deletedAt === null)!.id;
        await damage(store, { removed: [{ collection: memories.name, id: lost }] });
      },
    });
    expect(await target.search.embeddings([lost])).toEqual([null]);
    const steps = await all(options({ repair: { epoch: TARGET_EPOCH } }));
    expect(found(steps)).toEqual([]);
    expect(found(steps, 'repaired')[0]).toEqual(['memories', lost]);
    await target.search.settled();
    expect(await target.search.embeddings([lost])).toMatchObject([{ state: 'READY' }]);
  });

  it('doesn’t compare what couldn’t be copied', async () => {
    const { source, target, options } = await moved('SQLite', 'SQLite');
    const [first] = await source.store.scan(memories, null, 1);
    await damage(target.store, { removed: [{ collection: memories.name, id: first!.id }] });
    const isRejected = async (collection: string, id: string) => collection === 'memories' && id === first!.id;
    expect(found(await all(options({ isRejected })))).toEqual([]);
  });

  it('accepts images that only one side has erased for their age', async () => {
    const { source, options } = await moved('SQLite', 'SQLite');
    await source.store.trimLog('2026-02-01T00:00:00.000Z');
    expect(found(await all(options({ catchUp: async () => {} })))).toEqual([]);
  });

  it('names entries that the target has beyond the source’s', async () => {
    const { source, target, options } = await moved('SQLite', 'SQLite');
    const [last] = await source.store.log.read(119, 1);
    await damage(target.store, { entries: [{ ...last!, seq: 121 }] });
    const steps = await all(options({ repair: { epoch: TARGET_EPOCH } }));
    expect(found(steps)).toEqual([['log', '121']]);
  });

  it('copies again only while nothing is replayed', async () => {
    const { target, options } = await moved('SQLite', 'SQLite');
    const [first] = await target.store.scan(memories, null, 1);
    await damage(target.store, { removed: [{ collection: memories.name, id: first!.id }] });
    let isAlone = false;
    const alone: boolean[] = [];
    const watched: Store = {
      ...target.store,
      import: (batch, epoch) => {
        alone.push(isAlone);
        return target.store.import(batch, epoch);
      },
    };
    const exclusively: Mutex = async (work) => {
      isAlone = true;
      return work().finally(() => {
        isAlone = false;
      });
    };
    const own = { target: { ...target, store: watched }, repair: { epoch: TARGET_EPOCH, exclusively } };
    const steps = await all(options(own));
    expect(found(steps, 'repaired')).toEqual([[memories.name, first!.id]]);
    expect(alone).toEqual([true]);
  });

  it('repairs nothing under another epoch than the target’s', async () => {
    const { target, options } = await moved('SQLite', 'SQLite');
    const [first] = await target.store.scan(memories, null, 1);
    await damage(target.store, { removed: [{ collection: memories.name, id: first!.id }] });
    const before = await contents(target.store);
    await expect(all(options({ repair: { epoch: TARGET_EPOCH - 1 } }))).rejects.toThrow(RouteChangedError);
    expect(await contents(target.store)).toEqual(before);
  });

  it('reads few at a time once it has met large ones', async () => {
    const { source, options } = await moved('SQLite', 'SQLite', {
      prepare: async (store) => {
        for (let n = 0; n < 50; n += 1)
          await create(store, aMemory({ content: n < 32 ? 'small' : 'l'.repeat(900_000) }));
      },
    });
    const asked: number[] = [];
    const watched: Store = {
      ...source.store,
      scan: (spec, after, limit) => {
        asked.push(limit);
        return source.store.scan(spec, after, limit);
      },
    };
    for await (const { at } of verify(options({ source: { ...source, store: watched } })))
      if (at.collection === 'log') break;
    expect(asked).toContain(9);
  });
});

describe('verifying many', () => {
  it('rests between any two pages that it reads', async () => {
    const { options } = await moved('SQLite', 'SQLite', {
      prepare: async (store) => {
        for (let n = 0; n < 40; n += 1) await create(store, aMemory());
      },
    });
    let rests = 0;
    const rest = async () => {
      rests += 1;
    };
    const pages = new Map<string, number>();
    for await (const { at, compared } of verify(options({ rest })))
      if (compared > 0) pages.set(at.collection, (pages.get(at.collection) ?? 0) + 1);
    // Of 40 memories, their entries and their vectors, each in two pages.
    expect([...pages.values()]).toEqual([2, 2, 2]);
    expect(rests).toBe(6);
  });
});

describe('verifying vectors', () => {
  const said = (steps: readonly VerifyStep[]) =>
    steps.flatMap(({ mismatches }) => mismatches).map(({ reason }) => reason);

  /** Damages the vector of the memory in the index file. */
  function spoil({ indexPath }: TestSide, id: string, change: (vector: Float32Array) => void): void {
    const db = new Database(indexPath);
    try {
      const rows = db
        .prepare('select v.rowid, v.vector from vectors v join records r on r.rowid = v.memory where r.id = ?')
        .all(id) as { rowid: number; vector: Buffer }[];
      for (const { rowid, vector } of rows) {
        const numbers = new Float32Array(new Uint8Array(vector).buffer);
        change(numbers);
        db.prepare('update vectors set vector = ? where rowid = ?').run(Buffer.from(numbers.buffer), rowid);
      }
    } finally {
      db.close();
    }
  }

  const prepare = async (store: Store) => {
    for (let n = 0; n < 30; n += 1)
      await create(store, aMemory({ content: `memory number ${n} about ${n % 7} things` }));
  };

  it('names those that are damaged, and computes them again on request', async () => {
    const { source, target, options } = await moved('SQLite', 'SQLite', { prepare });
    const ids = (await source.store.scan(memories, null, 4)).map(({ id }) => id);
    const damages: readonly ((vector: Float32Array) => void)[] = [
      (vector) => vector.reverse(),
      (vector) => vector.fill(0.5),
      (vector) => vector.fill(Number.NaN),
    ];
    for (const [index, change] of damages.entries()) spoil(target, ids[index]!, change);
    const seen = await all(options());
    expect(found(seen).slice(0, 3)).toEqual([
      ['vectors', ids[0], 'vector'],
      ['vectors', ids[1], 'norm'],
      ['vectors', ids[2], 'vector'],
    ]);
    const mended = await all(options({ repair: { epoch: TARGET_EPOCH } }));
    expect(found(mended)).toEqual([]);
    expect(found(mended, 'repaired').map(([, id]) => id)).toEqual(ids.slice(0, 3));
    expect(ends(mended).get('vectors')?.agreement).toBe(1);
    expect(found(await all(options()))).toEqual([]);
  });

  it('names those that are missing', async () => {
    const { source, target, options } = await moved('SQLite', 'SQLite', { prepare });
    const [first] = await source.store.scan(memories, null, 1);
    const bare: TestSide['search'] = {
      ...target.search,
      embeddings: async (ids) =>
        (await target.search.embeddings(ids)).map((status, index) =>
          status && ids[index] === first!.id ? { ...status, state: 'FAILED', reason: 'no reason' } : status,
        ),
    };
    const steps = await all(options({ target: { ...target, search: bare } }));
    expect(found(steps)).toEqual([['vectors', first!.id]]);
    expect(said(steps)).toEqual(["The source has its vector, the target doesn't (no reason)."]);
  });

  it('says how far another model agrees, and accepts that', async () => {
    const { source, target, options } = await moved('SQLite', 'SQLite', { prepare, model: 'other words' });
    const steps = await all(options());
    expect(found(steps)).toEqual([]);
    expect(ends(steps).get('vectors')?.agreement).toBeGreaterThan(0.9);
    const [first] = await source.store.scan(memories, null, 1);
    spoil(target, first!.id, (vector) => vector.fill(0));
    expect(found(await all(options()))).toEqual([['vectors', first!.id, 'norm']]);
  });

  it('ends even if the target’s index never gets them: they are pending', async () => {
    const { source, target, options } = await moved('SQLite', 'SQLite', { prepare });
    const ids = (await source.store.scan(memories, null, 2)).map(({ id }) => id);
    for (const id of ids) spoil(target, id, (vector) => vector.fill(0.5));
    const renewed = new Set<string>();
    const waiting: TestSide['search'] = {
      ...target.search,
      renew: async (some) => {
        for (const id of some) renewed.add(id);
      },
      embeddings: async (some) =>
        (await target.search.embeddings(some)).map((status, index) =>
          status && renewed.has(some[index]!) ? { ...status, state: 'PENDING' } : status,
        ),
      counts: async () => ({ ...(await target.search.counts()), pending: 1_000 }),
      // Others are created all the time.
      settled: () => new Promise(() => {}),
    };
    const own = { target: { ...target, search: waiting }, repair: { epoch: TARGET_EPOCH }, patienceMs: 50 };
    const steps = await all(options(own));
    expect([...renewed]).toEqual(ids);
    expect([found(steps), found(steps, 'repaired')]).toEqual([[], []]);
    const compared = steps.filter(({ at }) => at.collection === 'vectors').map((step) => step.compared);
    expect(compared.reduce((sum, each) => sum + each, 0)).toBe(28);
  });

  it('waits only for those that are computed again', async () => {
    const { source, target, options } = await moved('SQLite', 'SQLite', { prepare });
    const [first] = await source.store.scan(memories, null, 1);
    spoil(target, first!.id, (vector) => vector.fill(0.5));
    const busy: TestSide['search'] = {
      ...target.search,
      counts: async () => ({ ...(await target.search.counts()), pending: 1_000 }),
      settled: () => new Promise(() => {}),
    };
    const steps = await all(options({ target: { ...target, search: busy }, repair: { epoch: TARGET_EPOCH } }));
    expect([found(steps), found(steps, 'repaired')]).toEqual([[], [['vectors', first!.id, 'norm']]]);
  });

  it('ends even if the target’s index never reaches the end of its log, and names none for that', async () => {
    const { source, target, options } = await moved('SQLite', 'SQLite', { prepare });
    const [first] = await source.store.scan(memories, null, 1);
    spoil(target, first!.id, (vector) => vector.fill(0.5));
    const behind: TestSide['search'] = {
      ...target.search,
      counts: async () => ({ ...(await target.search.counts()), lag: 5 }),
    };
    const steps = await all(options({ target: { ...target, search: behind }, patienceMs: 50 }));
    expect(found(steps)).toEqual([]);
  });

  it('accepts those that wait for their vector', async () => {
    const { source, options } = await moved('SQLite', 'SQLite', { prepare });
    const [first] = await source.store.scan(memories, null, 1);
    const { search } = options().target;
    const waiting: TestSide['search'] = {
      ...search,
      embeddings: async (ids) =>
        (await search.embeddings(ids)).map((status, index) =>
          status && ids[index] === first!.id ? { ...status, state: 'PENDING' } : status,
        ),
    };
    await edit(source.store, first!, { content: 'edited meanwhile' });
    expect(found(await all(options({ target: { ...options().target, search: waiting } })))).toEqual([]);
  });
});
