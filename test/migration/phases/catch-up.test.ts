import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createIdGenerator } from '../../../src/domain/id.js';
import { LOG_START } from '../../../src/domain/log-position.js';
import type { Migration } from '../../../src/domain/migration.js';
import { createWriters, pacingOf } from '../../../src/migration/pacing/writers.js';
import { runCatchUp } from '../../../src/migration/phases/catch-up.js';
import { flip } from '../../../src/migration/phases/flip.js';
import { runVerify } from '../../../src/migration/phases/verify.js';
import { planMigration } from '../../../src/migration/preflight/plan.js';
import { createFindings } from '../../../src/migration/runner/findings.js';
import { takeOver } from '../../../src/migration/runner/leased-record.js';
import { drive, type MigrationRun } from '../../../src/migration/runner/migration-run.js';
import { createProgressTracker } from '../../../src/migration/runner/progress.js';
import { createReplayer } from '../../../src/migration/transfer/replay-loop.js';
import { migrations } from '../../../src/storage/collections.js';
import type { Store } from '../../../src/storage/store.js';
import { makeProject, startBench } from '../../services/support.js';
import { cases } from '../../support/extent.js';
import { aMemory } from '../../support/records.js';
import { contents, create, PAIRS, sides, TARGET_EPOCH, type TestSide } from '../support/sides.js';

/** How long the target takes for each entry, in ms: longer than several writers take for a write. */
const ENTRY_MS = 4;
/** Together they write at least twice as fast as it stores, unless the machine itself is slow. */
const WRITERS = 4;
/** Entries that exist before. */
const BEFORE = 300;
const REST_MS = 5;

/** A target that is slow, in addition to the time of the store itself. */
function slow(target: Store): Store {
  return {
    ...target,
    async import(batch, epoch) {
      await delay(batch.entries.length * ENTRY_MS);
      await target.import(batch, epoch);
    },
  };
}

/** A migration in the catalog that this process has taken over, as far as it is copied. */
async function startRun(mostMs: number, step: MigrationRun['step'] = async () => {}) {
  const bench = await startBench();
  const project = await makeProject(bench);
  const { catalog, factory } = bench;
  const writers = createWriters(mostMs);
  const options = { dryRun: false, autoCutOver: true, batchSize: 20, onReject: 'STOP' } as const;
  const to = { mode: 'FILE', location: null } as const;
  const at = new Date().toISOString();
  const newId = createIdGenerator();
  const planned = planMigration({
    project,
    to,
    options,
    id: newId('migration', '00000000'),
    at,
    lastToken: -TARGET_EPOCH - 2,
  });
  const document: Migration = {
    ...planned,
    phase: 'CATCHING_UP',
    checkpoint: { ...planned.checkpoint, isCopied: true },
  };
  const change = { kind: 'put', collection: migrations.name, operation: 'CREATE', document } as const;
  await catalog.commit([change], { epoch: 1, actor: 'tester', requestId: 'r', at });
  // Once for the write, once for the token of the target.
  const record = (await takeOver({ catalog, holder: 'this', now: Date.now }, document.id))!;
  const parts = { factory, writers, newId, now: Date.now, preflight: { run: () => Promise.reject(new Error('done')) } };
  const run: MigrationRun = {
    ...{
      parts,
      record,
      progress: createProgressTracker(record.current.progress),
      signal: new AbortController().signal,
    },
    findings: createFindings({ catalog, migrationId: document.id, newId, now: Date.now }),
    step,
  };
  return { run, project, catalog, writers };
}

const pairs = PAIRS.filter(({ isSkipped }) => !isSkipped);
it.each(cases(pairs.slice(0, 1), pairs.slice(1)))(
  'a move from $from to $to catches up with writers that are faster than it',
  async ({ from, to }) => {
    const { run, project, catalog, writers } = await startRun(500);
    const [source, target] = [await sides.store(from), await sides.store(to, -run.record.current.runner.token)];
    for (let n = 0; n < BEFORE; n += 100) await create(source, ...Array.from({ length: 100 }, () => aMemory()));
    const [live, other] = [await sides.side(source), await sides.side(slow(target))];
    const replayer = createReplayer(run, { project, live, other, close: () => {} });

    const over = new AbortController();
    // As every server does: it learns of the move from the catalog's log.
    const hearing = (async () => {
      for await (const _ of catalog.log.follow(LOG_START, over.signal)) {
        const [record] = await catalog.collection(migrations).get([run.record.current.id]);
        if (record) writers.observe(record);
      }
    })();
    const writing = Array.from({ length: WRITERS }, async () => {
      while (!over.signal.aborted) {
        await writers.pause(project.id, 1);
        await create(source, aMemory());
        await delay(REST_MS);
      }
    });
    const reported: Migration[] = [];
    const phase = drive(run, () => runCatchUp(run, { project, live, other, close: () => {} }, replayer));
    try {
      for await (const migration of phase) reported.push(migration);
    } finally {
      over.abort();
      await Promise.all([...writing, hearing]);
    }
    const waits = reported.map(({ progress }) => progress.pacing!);
    expect(Math.max(...waits)).toBeLessThanOrEqual(500);
    await replayer.toHead();
    expect(await contents(target)).toEqual(await contents(source));
  },
);

it('what is written while both sides are compared is replayed meanwhile', async () => {
  const source = await sides.store('SQLite');
  const BETWEEN = 10;
  const { run, project } = await startRun(0, async (name) => {
    if (name === 'verify') await create(source, ...Array.from({ length: BETWEEN }, () => aMemory()));
  });
  const target = await sides.store('SQLite', -run.record.current.runner.token);
  await create(source, ...Array.from({ length: 400 }, () => aMemory()));
  const [live, other] = [await sides.side(source), await sides.side(target)];
  const route = { project, live, other, close: () => {} };
  const replayer = createReplayer(run, route);
  await replayer.toHead();
  let steps = 0;
  let lag = 0;
  const phase = drive(run, (signal) =>
    (async function* () {
      for await (const patch of runVerify(run, route, replayer, signal)) {
        steps += 1;
        lag = Math.max(lag, (await source.log.head()).seq - replayer.position.seq);
        yield patch;
      }
      return {};
    })(),
  );
  for await (const _ of phase);
  expect(steps).toBeGreaterThan(10);
  // A page, and what came since.
  expect(lag).toBeLessThanOrEqual(run.record.current.options.batchSize + BETWEEN);
});

/** A side whose index answers only when it has what was written since, which only a replay brings. */
function busyIndex(side: TestSide, source: Store, run: MigrationRun) {
  let waitedFor: number | null = null;
  const held: TestSide = {
    ...side,
    search: {
      ...side.search,
      async embeddings(ids) {
        if (waitedFor === null) {
          await create(source, ...Array.from({ length: 50 }, () => aMemory()));
          waitedFor = (await source.log.head()).seq - run.record.current.options.batchSize;
        }
        while ((await side.store.log.head()).seq < waitedFor) await delay(5);
        return side.search.embeddings(ids);
      },
    },
  };
  return { held, waitedFor: () => waitedFor };
}

it.each(pairs)(
  'from $from to $to, what is written while one step takes long is replayed meanwhile',
  async ({ from, to }) => {
    const { run, project } = await startRun(0);
    const [source, target] = [await sides.store(from), await sides.store(to, -run.record.current.runner.token)];
    await create(source, ...Array.from({ length: 30 }, () => aMemory()));
    const [live, other] = [await sides.side(source), await sides.side(target)];
    const { held, waitedFor } = busyIndex(other, source, run);
    const route = { project, live, other: held, close: () => {} };
    const replayer = createReplayer(run, route);
    await replayer.toHead();
    for await (const _ of drive(run, (signal) => runVerify(run, route, replayer, signal)));
    expect(waitedFor()).not.toBeNull();
    await replayer.toHead();
    expect(await contents(target)).toEqual(await contents(source));
  },
);

it('what is written while vectors are counted is replayed meanwhile', async () => {
  const { run, project } = await startRun(0);
  const source = await sides.store('SQLite');
  const target = await sides.store('SQLite', -run.record.current.runner.token);
  await create(source, aMemory());
  const [live, other] = [await sides.side(source), await sides.side(target)];
  const { held, waitedFor } = busyIndex(other, source, run);
  const route = { project, live, other: held, close: () => {} };
  const replayer = createReplayer(run, route);
  for await (const _ of drive(run, () => runCatchUp(run, route, replayer)));
  expect(waitedFor()).not.toBeNull();
  await replayer.toHead();
  expect(await contents(target)).toEqual(await contents(source));
});

/** Resolves when the catalog has the migration so. */
async function untilTold({ run, catalog }: Awaited<ReturnType<typeof startRun>>, is: (told: Migration) => boolean) {
  for (;;) {
    const [told] = await catalog.collection(migrations).get([run.record.current.id]);
    if (told && is(told)) return told;
    await delay(5);
  }
}

it('progress is written while one step takes long', async () => {
  const started = await startRun(0);
  const { run } = started;
  const phase = drive(run, () =>
    (async function* () {
      yield {};
      run.progress.set({ lag: { entries: 7, seconds: 1 } });
      await untilTold(started, ({ progress }) => progress.lag.entries === 7);
      return {};
    })(),
  );
  for await (const _ of phase);
});

describe('a target that stops answering', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('doesn’t make writes wait, and is reported until it answers', async () => {
    const started = await startRun(500);
    const { run, project } = started;
    const source = await sides.store('SQLite');
    const target = await sides.store('SQLite', -run.record.current.runner.token);
    const many = () => create(source, ...Array.from({ length: 200 }, () => aMemory()));
    await many();
    let state: 'slow' | 'deaf' | 'well' = 'slow';
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const deaf: Store = {
      ...target,
      async import(batch, epoch) {
        // So slow at first that writers have to wait, then it doesn't answer.
        if (state === 'slow' && run.progress.now().pacing! > 0) {
          state = 'deaf';
          vi.advanceTimersByTime(11_000);
          await answered;
          state = 'well';
        }
        if (state === 'slow') await many();
        await target.import(batch, epoch);
        if (state === 'slow') vi.advanceTimersByTime(1_500);
      },
    };
    const [live, other] = [await sides.side(source), await sides.side(deaf)];
    const route = { project, live, other, close: () => {} };
    const replayer = createReplayer(run, route);
    const paced: number[] = [];
    const phase = drive(run, () =>
      (async function* () {
        while ((await replayer.page()) > 0) {
          if (state === 'slow') paced.push(run.progress.now().pacing!);
          yield {};
        }
        return {};
      })(),
    );
    const telling = (async () => {
      const told = await untilTold(started, ({ problem }) => problem !== null);
      answer();
      return told;
    })();
    for await (const _ of phase);
    const { problem, progress } = await telling;
    expect(paced.at(-1)).toBeGreaterThan(0);
    expect([problem?.code, progress.pacing]).toEqual(['STORE_TIMEOUT', 0]);
    expect(run.record.current.problem).toBeNull();
    expect(await contents(target)).toEqual(await contents(source));
  });
});

it('after an abandoned cut-over, the log is replayed until the next', async () => {
  const started = await startRun(0);
  const { run, project } = started;
  await run.record.write(({ checkpoint }) => ({ checkpoint: { ...checkpoint, isVerified: true } }));
  const source = await sides.store('SQLite');
  const target = await sides.store('SQLite', -run.record.current.runner.token);
  await create(source, aMemory());
  const [live, other] = [await sides.side(source), await sides.side(target)];
  const route = { project, live, other, close: () => {} };
  let givenUp: ReturnType<NonNullable<MigrationRun['givenUp']>> = {
    until: Number.POSITIVE_INFINITY,
    message: 'Given up.',
  };
  const resting = { ...run, givenUp: () => givenUp };
  const replayer = createReplayer(resting, route);
  const acting = (async () => {
    await untilTold(started, ({ message, progress }) => message === 'Given up.' && progress.canCutOver);
    await create(source, aMemory());
    const { seq } = await source.log.head();
    while ((await target.log.head()).seq < seq) await delay(5);
    givenUp = null;
  })();
  for await (const _ of drive(resting, () => runCatchUp(resting, route, replayer)));
  await acting;
  expect(await contents(target)).toEqual(await contents(source));
});

it('a flip whose sides don’t end where they have to isn’t done, and says which one and where', async () => {
  const { run, project } = await startRun(0);
  const source = await sides.store('SQLite', project.epoch);
  const target = await sides.store('SQLite', -run.record.current.runner.token);
  const route = { project, live: await sides.side(source), other: await sides.side(target), close: () => {} };
  const result = await flip({
    ...{ factory: run.parts.factory, record: run.record, route, flipped: () => ({}), onStep: async () => {} },
    replay: async () => ({ seq: 7, mark: 'seven' }),
  });
  const why = new Error('The store that is being moved ends at entry 0 of its log, and entry 7 should be its last.');
  expect(result).toEqual({ hasFlipped: false, why });
});

it('a runner that takes a migration over doesn’t pace writes until it has measured', async () => {
  const { run, catalog } = await startRun(500);
  await run.record.write(({ progress }) => ({ progress: { ...progress, pacing: 300 } }));
  expect(pacingOf(run.record.current)).toBe(300);
  const next = (await takeOver({ catalog, holder: 'this', now: Date.now }, run.record.current.id))!;
  expect(pacingOf(next.current)).toBe(0);
});

it('only one replay runs at a time, and none during other work on the other side', async () => {
  const { run, project } = await startRun(0);
  const [source, target] = [await sides.store('SQLite'), await sides.store('SQLite', -run.record.current.runner.token)];
  await create(source, ...Array.from({ length: 150 }, () => aMemory()));
  let underWay = 0;
  let most = 0;
  const alone = async (work: () => Promise<unknown>) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await work();
    underWay -= 1;
  };
  const watched: Store = { ...target, import: (batch, epoch) => alone(() => target.import(batch, epoch)) };
  const [live, other] = [await sides.side(source), await sides.side(watched)];
  const replayer = createReplayer(run, { project, live, other, close: () => {} });
  const something = () => replayer.exclusively(() => alone(() => delay(5)));
  await Promise.all([replayer.page(), replayer.toHead(), something(), replayer.keepUp(), replayer.page()]);
  expect(most).toBe(1);
  expect(await contents(target)).toEqual(await contents(source));
});
