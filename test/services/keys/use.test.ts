import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { StoreError } from '../../../src/domain/errors.js';
import { CATALOG_KEY, createIdGenerator } from '../../../src/domain/id.js';
import type { RepositoryFactory } from '../../../src/repositories/factory.js';
import { createKeyUseService } from '../../../src/services/keys/use.js';
import { createRouter } from '../../../src/services/records/store-router.js';
import { createTransact } from '../../../src/services/records/transaction.js';
import { keyUse } from '../../../src/storage/account-collections.js';
import type { Store } from '../../../src/storage/store.js';
import { type Bench, startBench } from '../support.js';

const newId = createIdGenerator();
const [ONE, TWO] = [newId('apiKey', CATALOG_KEY), newId('apiKey', CATALOG_KEY)];
const HERE = '10.0.0.1';

/** The service of one process; others have their own over the same catalog. */
function processOf({ factory, catalog, clock }: Bench, commit: Store['commit'] = catalog.commit) {
  const store = { ...catalog, commit };
  const own: RepositoryFactory = { ...factory, catalog: { ...factory.catalog, store } };
  const now = () => clock.now;
  return createKeyUseService(createRouter(own), createTransact(now), newId, now);
}

async function start() {
  const bench = await startBench();
  const stored = async () =>
    (await bench.catalog.collection(keyUse).list({ order: { field: 'day', direction: 'ASC' }, limit: 100 })).items;
  const entries = async () => (await bench.catalog.log.head()).seq;
  return { bench, use: processOf(bench), stored, entries };
}

describe('the use of keys', () => {
  it('is counted by key and day, and read with what isn’t written yet', async () => {
    const { bench, use, stored } = await start();
    for (let request = 0; request < 5; request++) use.count(ONE, HERE, 'served');
    use.count(ONE, '10.0.0.2', 'refused');
    use.count(TWO, HERE, 'served');
    bench.clock.passDays(1);
    use.count(ONE, HERE, 'served');
    const days = [
      { day: '2026-03-02', requests: 1, refused: 0, lastAddress: HERE },
      { day: '2026-03-01', requests: 5, refused: 1, lastAddress: '10.0.0.2' },
    ];
    expect((await use.of([ONE], 30))[0]).toMatchObject(days);
    await use.flush();
    expect((await use.of([ONE], 30))[0]).toMatchObject(days);
    expect((await use.of([ONE], 1))[0]).toMatchObject(days.slice(0, 1));
    expect(await use.lastOf([TWO, ONE])).toMatchObject([{ day: '2026-03-01', requests: 1 }, { day: '2026-03-02' }]);
    expect(await stored()).toHaveLength(3);
    expect((await use.of([newId('apiKey', CATALOG_KEY)], 30))[0]).toEqual([]);
  });

  it('adds up what several processes count, and keeps the last use', async () => {
    const { bench, use, stored } = await start();
    const other = processOf(bench);
    other.count(ONE, '10.0.0.2', 'served');
    await other.flush();
    use.count(ONE, HERE, 'served');
    await Promise.all([use.flush(), other.flush()]);
    other.count(ONE, '10.0.0.3', 'served');
    use.count(ONE, HERE, 'served');
    await Promise.all([use.flush(), other.flush()]);
    expect(await stored()).toMatchObject([{ keyId: ONE, requests: 4, version: expect.any(Number) }]);
  });

  it('is written soon after the first use, then once an hour, however much a key is used', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { use, stored, entries } = await start();
    const before = await entries();
    use.count(ONE, HERE, 'served');
    use.count(TWO, HERE, 'served');
    vi.advanceTimersByTime(1_000);
    await expect.poll(stored, { timeout: 20_000 }).toHaveLength(2);
    await use.flush();
    expect(await entries()).toBe(before + 2);
    for (let request = 0; request < 1_000; request++) use.count(ONE, HERE, 'served');
    vi.advanceTimersByTime(3_599_000);
    expect(await entries()).toBe(before + 2);
    vi.advanceTimersByTime(1_000);
    await expect.poll(entries, { timeout: 20_000 }).toBe(before + 3);
  });

  it('keeps what can’t be written, and writes it later', async () => {
    const { bench, stored } = await start();
    let isFull = true;
    const use = processOf(bench, async (...write) => {
      if (isFull) throw new StoreError('STORE_FULL', 'The disk is full.', 'Make room.');
      return bench.catalog.commit(...write);
    });
    use.count(ONE, HERE, 'served');
    await expect(use.flush()).rejects.toThrow('The disk is full.');
    expect((await use.of([ONE], 1))[0]).toMatchObject([{ requests: 1 }]);
    isFull = false;
    use.count(ONE, HERE, 'served');
    await use.flush();
    expect(await stored()).toMatchObject([{ requests: 2 }]);
    await use.flush();
    expect(await stored()).toMatchObject([{ requests: 2, version: 1 }]);
  });
});
