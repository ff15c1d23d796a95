import { describe, expect, it, onTestFinished } from 'vitest';
import { localPrincipal } from '../../../src/domain/access/principal.js';
import { CATALOG_KEY, createIdGenerator } from '../../../src/domain/id.js';
import type { LogHeader, Operation } from '../../../src/domain/log-entry.js';
import { OPERATIONS } from '../../../src/domain/log-entry.js';
import { type LogPosition, positionAfter } from '../../../src/domain/log-position.js';
import type { AuditEntry, AuditFilter, AuditPage, AuditQuery } from '../../../src/services/audit/contract.js';
import { MOST_HEADERS } from '../../../src/services/audit/read-log.js';
import { roles, users } from '../../../src/storage/account-collections.js';
import type { Log } from '../../../src/storage/store.js';
import { atOnce } from '../../../src/util/turn.js';
import { accountsIn } from '../../support/accounts.js';
import { amount } from '../../support/extent.js';
import { type Bench, makeProject, START, startBench } from '../support.js';

const principal = localPrincipal(null);
const ACTORS = ['ada', 'ada claude', 'adam', 'retention', 'ada '] as const;
const MINUTE = 60_000;
const newId = createIdGenerator();
const RECORDS = [
  ...[1, 2, 3].map(() => ({ name: users.name, id: newId('user', CATALOG_KEY) })),
  ...[1, 2].map(() => ({ name: roles.name, id: newId('role', CATALOG_KEY) })),
];
const at = (minute: number) => new Date(START + minute * MINUTE).toISOString();

/** A small generator of numbers, the same in each run. */
function createRandom(seed: number) {
  let state = seed;
  return <T>(values: readonly T[]): T => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return values[((mixed ^ (mixed >>> 14)) >>> 0) % values.length]!;
  };
}

/** Entries of several users, grants and one project, with times that step back as those of several servers do. */
async function fill(bench: Bench, count: number): Promise<void> {
  const pick = createRandom(7);
  const { catalog } = bench;
  const epoch = await catalog.epoch();
  const base = { createdAt: at(0), updatedAt: at(0), deletedAt: null, externalId: null };
  const versions = new Map<string, number>();
  for (let n = 0; n < count; n += 1) {
    const { name: collection, id } = pick(RECORDS);
    const version = (versions.get(id) ?? 0) + 1;
    versions.set(id, version);
    const operation = pick(OPERATIONS.filter((each) => each !== 'PURGE')) as Exclude<Operation, 'PURGE'>;
    const document = { ...base, id, version, name: `${id} ${n}`, email: `${id}@example.com` };
    await catalog.commit([{ kind: 'put', collection, operation, document }], {
      ...{ epoch, actor: pick(ACTORS), requestId: `r${n % 9}`, at: at(n * 5 - pick([0, 0, 0, 9])) },
    });
  }
}

const MINUTES = [-9_999, 9_999, ...Array.from({ length: 600 }, (_, minute) => minute)];

const query = (of: Partial<AuditQuery>): AuditQuery => ({
  ...{ principal, filter: {}, direction: 'DESC', after: null, before: null, limit: 20, fromEnd: false, turn: atOnce },
  ...of,
});

/** All that a filter selects, page by page. */
async function walk(
  bench: Bench,
  of: Partial<AuditQuery>,
  onPage: (page: AuditPage) => void | Promise<void> = () => {},
): Promise<readonly AuditEntry[]> {
  const all: AuditEntry[] = [];
  const { fromEnd = false } = of;
  for (let position: LogPosition | null = null; ; ) {
    const page = await bench.services.audit.list(query({ ...of, [fromEnd ? 'before' : 'after']: position }));
    if (fromEnd) all.unshift(...page.entries);
    else all.push(...page.entries);
    await onPage(page);
    if (!page.hasMore) return all;
    position = page.end;
  }
}

/** The same log, of which it is counted what is read. */
function counted(log: Log): { headers: number; images: number } {
  const reads = { headers: 0, images: 0 };
  const { list, listHeaders } = log;
  Object.assign(log, {
    async list(of: Parameters<Log['list']>[0]) {
      const page = await list(of);
      reads.images += page.items.length;
      return page;
    },
    async listHeaders(of: Parameters<Log['listHeaders']>[0]) {
      const found = await listHeaders(of);
      reads.headers += found.length;
      return found;
    },
  });
  onTestFinished(() => void Object.assign(log, { list, listHeaders }));
  return reads;
}

describe('the audit', () => {
  it('has what a filter selects, as a plain filter over the whole log has it, from either end', async () => {
    const bench = await startBench();
    await fill(bench, 120);
    const whole = await bench.catalog.log.listHeaders({ direction: 'ASC', limit: 1_000 });
    const ids = [...new Set(whole.map(({ recordId }) => recordId))];
    const pick = createRandom(11);
    let matched = 0;
    for (let n = 0; n < amount({ quick: 120, all: 3_000 }); n += 1) {
      const filter: AuditFilter = {
        ...pick([{}, {}, { actor: pick(['ada', 'adam', 'ada claude', 'nobody']) }]),
        ...pick([{}, {}, { collection: pick(['users', 'roles', 'grants', 'tasks'] as const) }]),
        ...pick([{}, {}, {}, { recordId: pick(ids) }]),
        ...pick([{}, {}, { operation: pick(OPERATIONS) }]),
        ...pick([{}, {}, {}, { requestId: pick(['r1', 'r2', 'r3']) }]),
        ...pick([{}, { after: at(pick(MINUTES)) }]),
        ...pick([{}, { before: at(pick(MINUTES)) }]),
      };
      const direction = pick(['ASC', 'DESC'] as const);
      const wanted = whole.filter((header) => matches(header, filter)).map(({ seq }) => seq);
      matched += wanted.length;
      const found = await walk(bench, { filter, direction, limit: pick([1, 7, 50]), fromEnd: pick([true, false]) });
      const seqs = direction === 'ASC' ? wanted : wanted.toReversed();
      expect({ filter, seqs: found.map(({ seq }) => seq) }).toEqual({ filter, seqs });
    }
    expect(matched).toBeGreaterThan(1_000);
  });

  it('is paged from either end while others write, each entry once', async () => {
    const bench = await startBench();
    await fill(bench, 30);
    const accounts = accountsIn(bench.catalog);
    const before = (await walk(bench, { limit: 200 })).map(({ seq }) => seq);
    const writes = async () => void (await accounts.createUser('MEMBER'));
    const down = (await walk(bench, { limit: 4 }, writes)).map(({ seq }) => seq);
    expect(down).toEqual(before);
    const back = (await walk(bench, { limit: 4, fromEnd: true }, writes)).map(({ seq }) => seq);
    expect(new Set(back).size).toBe(back.length);
    expect(back.slice(-before.length)).toEqual(before);
    expect(back).toEqual([...back].sort((a, b) => b - a));
  });

  it('has what was done with the keys of a user, revoked ones included, where the user is asked for', async () => {
    const bench = await startBench();
    const accounts = accountsIn(bench.catalog);
    const [bob, eve] = [await accounts.createUser('MEMBER'), await accounts.createUser('MEMBER')];
    const { key } = await accounts.createKey(bob);
    const { key: revoked } = await accounts.createKey(bob, { revokedAt: at(0) });
    const { key: other } = await accounts.createKey(eve);
    const actors = [bob.id, `${key.id} claude`, revoked.id, `${key.id}x`, `${other.id} claude`, eve.id];
    for (const actor of actors) {
      const document = { ...eve, version: actors.indexOf(actor) + 2 };
      await bench.catalog.commit([{ kind: 'put', collection: users.name, operation: 'UPDATE', document }], {
        ...{ epoch: await bench.catalog.epoch(), actor, requestId: 'r', at: at(1) },
      });
    }
    const of = async (actor: string) =>
      (await walk(bench, { filter: { actor }, direction: 'ASC' })).map((entry) => entry.actor);
    expect(await of(bob.id)).toEqual(actors.slice(0, 3));
    expect(await of(key.id)).toEqual([`${key.id} claude`]);
  });

  it('refuses the place of an entry that the log doesn’t have', async () => {
    const bench = await startBench();
    await fill(bench, 3);
    const [entry] = (await walk(bench, {})).values();
    const forged = { ...positionAfter(entry!), mark: 'another' };
    await expect(bench.services.audit.list(query({ after: forged }))).rejects.toMatchObject({ code: 'INVALID_CURSOR' });
  });

  it('reads a bounded part of a long log for a page, and little where a record, a request or a time is named', async () => {
    const bench = await startBench();
    const project = await makeProject(bench);
    const epoch = await bench.catalog.epoch();
    await bench.catalog.setEpoch(epoch, -1);
    // Half a minute from one to the next, so that what clocks may differ is few entries.
    const entries = Array.from({ length: 2 * MOST_HEADERS + 500 }, (_, index) => ({
      ...{ seq: index + 10, at: at(index / 2), actor: 'server', requestId: `r${index}`, collection: 'usage' },
      ...{ recordId: 'usg_1', version: index + 1, operation: 'UPDATE' as const, before: null, isErased: false },
    }));
    await bench.catalog.import({ documents: [], removed: [], entries }, -1);
    await bench.catalog.setEpoch(-1, epoch);

    const reads = counted(bench.catalog.log);
    const page = await bench.services.audit.list(query({ filter: { collection: 'projects' } }));
    expect(page).toMatchObject({ entries: [], hasMore: true });
    expect(reads.headers).toBeLessThanOrEqual(MOST_HEADERS + 1_000);
    expect(reads.images).toBe(0);
    const all = await walk(bench, { filter: { collection: 'projects' } });
    expect(all.map(({ recordId }) => recordId)).toEqual([project.id]);

    reads.headers = 0;
    const filters: AuditFilter[] = [
      { recordId: project.id },
      { requestId: 'r5000' },
      { after: at(5_000), before: at(5_001) },
      { before: at(-100) },
      { after: at(99_999) },
    ];
    const found: number[] = [];
    for (const filter of filters) found.push((await walk(bench, { filter })).length);
    expect(found).toEqual([1, 1, 2, 0, 0]);
    expect(reads.headers).toBeLessThan(400);
  });
});

function matches(header: LogHeader, filter: AuditFilter): boolean {
  const { actor, collection, recordId, operation, requestId, after, before } = filter;
  return [
    actor === undefined || header.actor === actor || header.actor.startsWith(`${actor} `),
    collection === undefined || header.collection === collection,
    recordId === undefined || header.recordId === recordId,
    operation === undefined || header.operation === operation,
    requestId === undefined || header.requestId === requestId,
    after === undefined || header.at >= after,
    before === undefined || header.at < before,
  ].every(Boolean);
}
