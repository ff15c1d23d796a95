import { beforeEach, describe, expect, it } from 'vitest';
import { MigrationStateError, type StorageInUseError } from '../../../src/domain/errors.js';
import type { Migration, MigrationPhase } from '../../../src/domain/migration.js';
import type { Project } from '../../../src/domain/project.js';
import type { MigrationService } from '../../../src/services/migrations/contract.js';
import { migrations } from '../../../src/storage/collections.js';
import { author, type Bench, makeProject, rejection, startBench } from '../support.js';
import { checkpoint } from './moving.js';

let bench: Bench;
let project: Project;
let moves: MigrationService;

beforeEach(async () => {
  bench = await startBench();
  project = await makeProject(bench);
  moves = bench.services.migrations;
});

const start = (input: Partial<Parameters<MigrationService['start']>[1]> = {}) =>
  moves.start(author, { projectId: project.id, to: 'FILE', ...input });
const bring = (id: string, change: Partial<Migration>) => checkpoint(bench.catalog, id, change);
const END = { endedAt: '2026-03-01T12:00:00.000Z', activeFor: null };
const MOVED = { phase: 'MOVED', movedAt: '2026-03-01T12:00:00.000Z' } as const;

describe('starting a migration', () => {
  it('plans it in the catalog, for a runner to find', async () => {
    const made = await start({ batchSize: 7, onReject: 'CONTINUE', autoCutOver: false });
    expect(made).toMatchObject({
      projectId: project.id,
      activeFor: project.id,
      from: { mode: 'LOCAL', location: null },
      to: { mode: 'FILE', location: null },
      options: { dryRun: false, autoCutOver: false, batchSize: 7, onReject: 'CONTINUE' },
      phase: 'PLANNED',
      runner: { token: 1, holder: null },
    });
    expect(await moves.find(made.id)).toEqual(made);
    expect(await moves.activeOf(project.id)).toEqual(made);
  });

  it('is refused while another is active, and names that one; two at once start one', async () => {
    const made = await Promise.allSettled([start(), start({ location: '/elsewhere' })]);
    expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const active = await moves.activeOf(project.id);
    const error = await rejection<MigrationStateError>(start());
    expect(error).toBeInstanceOf(MigrationStateError);
    expect(error).toMatchObject({ code: 'MIGRATION_STATE', migrationId: active!.id });
    expect(error.message).toContain(active!.id);
  });

  it('begins with a token that no earlier migration of the project had', async () => {
    const first = await start();
    await bring(first.id, { phase: 'FAILED', ...END, runner: { ...first.runner, token: 5 } });
    expect((await start()).runner).toMatchObject({ token: 6, firstToken: 6 });
    const other = await makeProject(bench, { name: 'Pier' });
    expect((await start({ projectId: other.id })).runner.token).toBe(1);
  });

  it.each([
    ['a project that is none', { projectId: 'prj_01k9x0000000000000000000zz' }, 'NOT_FOUND'],
    ['an id of something else', { projectId: 'tsk_01k9x0000000000000000000zz' }, 'INVALID_INPUT'],
    ['the place where it is', { to: 'LOCAL' }, 'INVALID_INPUT'],
    ['a place of its own in LOCAL', { to: 'LOCAL', location: '/data' }, 'INVALID_INPUT'],
    ['a folder that is no absolute path', { location: 'files' }, 'INVALID_INPUT'],
    ['a database with a wrong name', { to: 'MONGODB', location: 'a.b' }, 'INVALID_INPUT'],
    ['a mode that is not available', { to: 'MONGODB' }, 'STORAGE_MODE_UNAVAILABLE'],
    ['batches of none', { batchSize: 0 }, 'INVALID_INPUT'],
    ['batches that are too large', { batchSize: 1_001 }, 'INVALID_INPUT'],
  ] as const)('refuses %s', async (_, input, code) => {
    expect(await rejection(start(input))).toMatchObject({ code });
    expect((await moves.all.list({ filter: {}, deleted: 'INCLUDE', order: NEWEST, limit: 10 })).items).toEqual([]);
  });

  it('refuses a project that is deleted', async () => {
    await bench.services.projects.delete(author, project);
    expect(await rejection(start())).toMatchObject({ code: 'NOT_FOUND', hint: expect.stringContaining('Restore') });
  });
});

const NEWEST = { field: 'createdAt', direction: 'DESC' } as const;
const BEFORE_FLIP: readonly MigrationPhase[] = [
  'PLANNED',
  'PREFLIGHT',
  'COPYING',
  'CATCHING_UP',
  'VERIFYING',
  'CUTTING_OVER',
];
type Command = 'pause' | 'resume' | 'cancel' | 'cutOver' | 'rollBack' | 'verify';

describe('a command to a migration', () => {
  it.each(BEFORE_FLIP)('that pauses, cuts over or cancels is accepted while it is %s', async (phase) => {
    const { id } = await start();
    await bring(id, { phase });
    expect(await moves.pause(author, { id })).toMatchObject({ isPaused: true, phase });
    expect(await moves.resume(author, { id })).toMatchObject({ isPaused: false });
    expect(await moves.cutOver(author, { id })).toMatchObject({ requestedAction: 'CUT_OVER' });
    await moves.pause(author, { id });
    expect(await moves.cancel(author, { id })).toMatchObject({ requestedAction: 'CANCEL', isPaused: false });
    for (const command of ['rollBack', 'verify'] as const) {
      const error = await rejection<MigrationStateError>(moves[command](author, { id }));
      expect(error).toMatchObject({ code: 'MIGRATION_STATE', migrationId: id });
      expect(error.hint).toContain('MOVED');
    }
  });

  it('that verifies or rolls back is accepted once it is MOVED, and one that pauses, cuts over or cancels only on the way back', async () => {
    const { id } = await start();
    await bring(id, MOVED);
    for (const command of ['pause', 'cutOver', 'cancel'] as const) {
      const error = await rejection<MigrationStateError>(moves[command](author, { id }));
      expect(error).toMatchObject({ code: 'MIGRATION_STATE', migrationId: id });
      expect(error.hint).toContain('rollBackMigration');
    }
    expect(await moves.verify(author, { id })).toMatchObject({ requestedAction: 'VERIFY' });
    expect(await moves.pause(author, { id })).toMatchObject({ requestedAction: 'VERIFY', isPaused: true });
    expect(await moves.rollBack(author, { id })).toMatchObject({ requestedAction: 'ROLL_BACK', isPaused: false });
    const { requestedAction } = await bring(id, { phase: 'CATCHING_UP', isRollingBack: true, requestedAction: null });
    expect(requestedAction).toBeNull();
    expect(await moves.pause(author, { id })).toMatchObject({ isPaused: true });
    expect(await moves.cancel(author, { id })).toMatchObject({ requestedAction: 'CANCEL', isPaused: false });
  });

  it.each(['FAILED', 'CANCELLED', 'ROLLED_BACK', 'FINALIZED'] as const)('is refused once it is %s', async (phase) => {
    const { id } = await start();
    await bring(id, { phase, ...END });
    for (const command of ['pause', 'resume', 'cancel', 'cutOver', 'rollBack', 'verify'] satisfies Command[]) {
      expect(await rejection(moves[command](author, { id }))).toMatchObject({
        code: 'MIGRATION_STATE',
        message: expect.stringContaining(phase),
      });
    }
    expect(await rejection(moves.finalize(author, { id, token: 'x' }))).toMatchObject({ code: 'MIGRATION_STATE' });
  });

  it('that is repeated writes once', async () => {
    const { id } = await start();
    const told = await moves.pause(author, { id });
    expect(await moves.pause(author, { id })).toEqual(told);
  });

  it('that resumes clears the problem', async () => {
    const { id } = await start();
    await bring(id, { phase: 'COPYING', problem: { code: 'STORE_UNAVAILABLE', message: 'Down.', hint: 'Wait.' } });
    expect(await moves.resume(author, { id })).toMatchObject({ problem: null, isPaused: false });
  });

  it('is never lost among the checkpoints of its runner', async () => {
    const { id } = await start();
    let isTold = false;
    const running = (async () => {
      for (let n = 0; !isTold; n++) {
        await bring(id, { phase: 'COPYING', message: `${n}` }).catch(() => undefined);
        // Far more often than a runner does, but not all the time.
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    })();
    await moves.cancel(author, { id }).finally(() => {
      isTold = true;
    });
    await running;
    expect(await moves.find(id)).toMatchObject({ requestedAction: 'CANCEL' });
  });

  it('needs the id of an existing migration', async () => {
    expect(await rejection(moves.pause(author, { id: project.id }))).toMatchObject({ code: 'INVALID_INPUT' });
    const unknown = 'mig_01k9x0000000000000000000zz'.replace(/.{8}$/, '00000000');
    expect(await rejection(moves.pause(author, { id: unknown }))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await moves.find(unknown)).toBeNull();
  });
});

describe('finalizing', () => {
  it('needs the token that is issued for it, within ten minutes', async () => {
    const { id } = await start();
    expect(moves.finalization((await moves.find(id))!)).toBeNull();
    const moved = await bring(id, MOVED);
    const { token, expiresAt, consequence } = moves.finalization(moved)!;
    expect(expiresAt).toBe(new Date(bench.clock.now + 600_000).toISOString());
    expect(consequence).toContain(`The kept source of ${project.id} in LOCAL`);

    const other = await start({ projectId: (await makeProject(bench, { name: 'Pier' })).id });
    const otherToken = moves.finalization(await bring(other.id, MOVED))!.token;
    const forged = token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    for (const wrong of ['', 'yes', forged, otherToken]) {
      expect(await rejection(moves.finalize(author, { id, token: wrong }))).toMatchObject({
        code: 'CONFIRMATION_REQUIRED',
      });
    }
    bench.clock.now += 600_000;
    expect(await rejection(moves.finalize(author, { id, token }))).toMatchObject({
      code: 'CONFIRMATION_REQUIRED',
      message: expect.stringContaining('expired'),
    });

    const fresh = moves.finalization(moved)!.token;
    const told = await moves.finalize(author, { id, token: fresh });
    expect(told).toMatchObject({ requestedAction: 'FINALIZE' });
    expect(moves.finalization(told)).toBeNull();
    expect((await rejection(moves.rollBack(author, { id }))).message).toContain('FINALIZE');
  });

  it('says what a verification found that was not repaired', async () => {
    const { id } = await start();
    const collections = [{ name: 'tasks', compared: 9, mismatches: 2, repaired: 1, digest: null }];
    const verification = { at: '2026-03-01T12:00:00.000Z', isComplete: true, seq: 9, collections };
    const moved = await bring(id, { ...MOVED, verification });
    expect(moves.finalization(moved)!.consequence).toContain('found 2 that differ');
  });
});

describe('a project on the move', () => {
  it.each([
    ['cancel', {}],
    ['Finalize', MOVED],
  ])('is not purged: %s first', async (hint, change) => {
    const { id } = await start();
    await bring(id, change);
    const { token } = await bench.services.records.requestPurge(author, project);
    const purging = bench.services.projects.purge(author, { ...project, token });
    const error = await rejection<MigrationStateError>(purging);
    expect(error).toMatchObject({ code: 'MIGRATION_STATE', migrationId: id });
    expect(error.hint).toMatch(new RegExp(hint, 'i'));
    await bring(id, END);
    expect(await bench.services.projects.purge(author, { ...project, token })).toMatchObject({ id: project.id });
  });

  it('is not purged by the retention, which continues with the others', async () => {
    const other = await makeProject(bench, { name: 'Pier' });
    await start();
    for (const each of [project, other]) await bench.services.projects.delete(author, each);
    bench.clock.passDays(31);
    expect(await bench.services.records.applyRetention()).toMatchObject({ purged: 1 });
    expect(await bench.services.records.find(project.id)).toMatchObject({ id: project.id });
  });

  it('keeps the settings of both its places', async () => {
    const { storage } = bench.services;
    const settings = { file: { path: '/data/files' } };
    const { token } = await storage.test(author, { settings });
    await storage.save(author, { settings, token: token! });
    const elsewhere = { settings: { file: { path: '/elsewhere' } } };
    expect((await storage.test(author, elsewhere)).projectIds).toEqual([]);
    const { id } = await start();
    expect((await storage.test(author, elsewhere)).projectIds).toEqual([project.id]);
    await bring(id, END);
    expect((await storage.test(author, elsewhere)).projectIds).toEqual([]);
  });

  it('keeps settings from being removed, and is named in the error', async () => {
    const { storage } = bench.services;
    const settings = { file: { path: '/mnt/files' } };
    const { token } = await storage.test(author, { settings });
    await storage.save(author, { settings, token: token! });
    await start();
    const error = await rejection<StorageInUseError>(storage.remove(author, { mode: 'FILE' }));
    expect(error).toMatchObject({ code: 'STORAGE_IN_USE', projectIds: [project.id] });
  });
});

describe('an estimate', () => {
  it('is what the preflight finds for the place, and nothing is kept of it', async () => {
    const asked: unknown[] = [];
    const estimate = { bytes: 5, tokens: 0 } as never;
    bench = await startBench({
      preflight: {
        async run({ id }, to) {
          asked.push([id, to]);
          return { at: '', checks: [], estimate };
        },
      },
    });
    project = await makeProject(bench);
    const { estimate: ask, all } = bench.services.migrations;
    expect(await ask({ projectId: project.id, to: 'FILE' })).toEqual({ checks: [], bytes: 5, tokens: 0 });
    expect(asked).toEqual([[project.id, { mode: 'FILE', location: null }]]);
    expect(await all.count({}, 'INCLUDE')).toBe(0);
    expect(await rejection(ask({ projectId: project.id, to: 'LOCAL' }))).toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('the list of migrations', () => {
  it('can be that of one project', async () => {
    const other = await makeProject(bench, { name: 'Pier' });
    await start();
    const { id } = await start({ projectId: other.id });
    const { items } = await moves.all.list({
      filter: { projectId: other.id },
      deleted: 'EXCLUDE',
      order: NEWEST,
      limit: 10,
    });
    expect(items.map((each) => each.id)).toEqual([id]);
    expect(await bench.catalog.collection(migrations).count()).toBe(2);
  });
});
