import { afterEach, describe, expect, it, vi } from 'vitest';
import { MOST_TOLD_APART, OTHERS } from '../../../src/services/audit/security-events.js';
import { keyUse, securityEvents } from '../../../src/storage/account-collections.js';
import type { Store } from '../../../src/storage/store.js';
import { type Bench, startBench } from '../support.js';

const eventsIn = ({ catalog }: Bench) => catalog.scan(securityEvents, null, 1_000);
const entriesIn = async ({ catalog }: Bench) =>
  (await catalog.log.listHeaders({ direction: 'ASC', limit: 10_000 })).filter(
    ({ collection }) => collection === 'securityEvents',
  );
const REFUSED = { kind: 'CREDENTIAL_REFUSED', address: '192.0.2.1', detail: 'unknown' } as const;
const HOUR = 3_600_000;

describe('security events', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are counted by what they are, where they come from, and the hour', async () => {
    const bench = await startBench();
    const { audit } = bench.services;
    audit.note(REFUSED);
    audit.note({ ...REFUSED, address: '::ffff:192.0.2.1' });
    audit.note({ ...REFUSED, detail: 'expired' });
    audit.note({ ...REFUSED, kind: 'SETUP_REFUSED' });
    audit.note({ kind: 'EXPORT', actor: 'usr_1', projectId: 'prj_1', detail: 'session' });
    await audit.flush();
    bench.clock.now += HOUR;
    audit.note(REFUSED);
    await audit.flush();
    const found = (await eventsIn(bench)).map(({ kind, hour, address, actor, projectId, detail, count }) =>
      [kind, hour, address, actor, projectId, detail, count].join(' '),
    );
    expect(found.sort()).toEqual([
      'CREDENTIAL_REFUSED 2026-03-01T12 192.0.2.1   expired 1',
      'CREDENTIAL_REFUSED 2026-03-01T12 192.0.2.1   unknown 2',
      'CREDENTIAL_REFUSED 2026-03-01T13 192.0.2.1   unknown 1',
      'EXPORT 2026-03-01T12  usr_1 prj_1 session 1',
      'SETUP_REFUSED 2026-03-01T12 192.0.2.1   unknown 1',
    ]);
    // Who exported wrote the entry, so that it is found by its actor.
    expect(new Set((await entriesIn(bench)).map(({ actor }) => actor))).toEqual(new Set(['audit', 'usr_1']));
  });

  it('of 10,000 failures from 1,000 addresses are few entries, and none is lost', async () => {
    const bench = await startBench();
    const { audit } = bench.services;
    for (let n = 0; n < 10_000; n += 1)
      audit.note({ ...REFUSED, address: `10.0.${Math.floor(n / 10) % 4}.${n % 250}` });
    await audit.flush();
    const events = await eventsIn(bench);
    expect(events).toHaveLength(MOST_TOLD_APART + 1);
    expect(events.reduce((sum, { count }) => sum + count, 0)).toBe(10_000);
    expect(events.filter(({ address }) => address === OTHERS)).toMatchObject([{ detail: '', actor: '' }]);
    expect(await entriesIn(bench)).toHaveLength(MOST_TOLD_APART + 1);
  });

  it('are written soon when they are new, then as their count doubles, and when their hour is over', async () => {
    const bench = await startBench();
    const { audit } = bench.services;
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
    const noted = async (times: number, afterMs: number, count: number) => {
      for (let n = 0; n < times; n += 1) audit.note(REFUSED);
      vi.advanceTimersByTime(afterMs);
      await expect.poll(async () => (await eventsIn(bench))[0]?.count, { timeout: 20_000 }).toBe(count);
    };
    await noted(1, 1_000, 1);
    await noted(1, 60_000, 2);
    // Neither of these is written yet: fewer than twice as many, or within the same minute.
    await noted(1, 60_000, 2);
    await noted(5, 30_000, 2);
    await noted(0, 30_000, 8);
    await noted(1, 60_000, 8);
    bench.clock.now += HOUR;
    await noted(0, 60_000, 9);
    expect(await entriesIn(bench)).toHaveLength(4);
  });

  it('that several servers note are counted together', async () => {
    const one = await startBench();
    const other = await startBench({ folder: one.folder });
    for (const { services } of [one, other, one]) services.audit.note(REFUSED);
    await Promise.all([one.services.audit.flush(), other.services.audit.flush()]);
    expect(await eventsIn(one)).toMatchObject([{ count: 3 }]);
  });

  it('are kept while the catalog can’t be written, and counted once when a write may have succeeded', async () => {
    const bench = await startBench();
    const { audit } = bench.services;
    const { store } = bench.factory.catalog;
    const { commit } = store;
    const fails = (how: Store['commit']) => Object.assign(store, { commit: how });
    fails(() => Promise.reject(new Error('the disk is full')));
    audit.note(REFUSED);
    await expect(audit.flush()).rejects.toThrow('the disk is full');
    audit.note(REFUSED);
    fails(async (...args) => {
      await commit(...args);
      throw new Error('the answer was lost');
    });
    await expect(audit.flush()).rejects.toThrow('the answer was lost');
    fails(commit);
    await audit.flush();
    expect(await eventsIn(bench)).toMatchObject([{ count: 2 }]);
  });

  it('are purged with what the log keeps no longer, and so are the uses of keys', async () => {
    const bench = await startBench();
    bench.services.audit.note(REFUSED);
    await bench.services.audit.flush();
    const at = new Date(bench.clock.now).toISOString();
    const base = { id: 'kus_1', version: 1, createdAt: at, updatedAt: at, deletedAt: null, externalId: null };
    const use = { ...base, keyId: 'key_1', day: '2026-03-01', requests: 1, refused: 0, lastAt: at, lastAddress: '' };
    const context = { epoch: await bench.catalog.epoch(), actor: 'test', requestId: 'test', at };
    await bench.catalog.commit([{ kind: 'put', collection: keyUse.name, operation: 'CREATE', document: use }], context);
    const left = async () =>
      [await eventsIn(bench), await bench.catalog.scan(keyUse, null, 9)].map(({ length }) => length);
    bench.clock.passDays(90);
    await bench.services.records.applyRetention();
    expect(await left()).toEqual([1, 1]);
    bench.clock.passDays(1);
    await bench.services.records.applyRetention();
    expect(await left()).toEqual([0, 0]);
  });
});
