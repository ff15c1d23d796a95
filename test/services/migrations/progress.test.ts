import { beforeEach, describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from '../../../src/domain/cursor.js';
import type { Migration, MigrationPhase } from '../../../src/domain/migration.js';
import type { MigrationEvent, MigrationService } from '../../../src/services/migrations/contract.js';
import { author, type Bench, makeProject, rejection, startBench } from '../support.js';
import { checkpoint } from './moving.js';

let bench: Bench;
let moves: MigrationService;
let id: string;

beforeEach(async () => {
  bench = await startBench();
  moves = bench.services.migrations;
  const project = await makeProject(bench);
  ({ id } = await moves.start(author, { projectId: project.id, to: 'FILE' }));
});

const bring = (change: Partial<Migration>) => checkpoint(bench.catalog, id, change);
const ENDED = { endedAt: '2026-03-01T12:00:00.000Z', activeFor: null };

async function next(events: AsyncIterator<MigrationEvent>): Promise<MigrationEvent> {
  const { done, value } = await events.next();
  if (done) throw new Error('It ended.');
  return value;
}

async function rest(events: AsyncIterable<MigrationEvent>): Promise<Migration[]> {
  const all: Migration[] = [];
  for await (const { migration } of events) all.push(migration);
  return all;
}

const phases = (all: readonly Migration[]) => all.map(({ phase }) => phase);

describe('the progress of a migration', () => {
  it('comes at once, then live, and ends with the migration', async () => {
    await bring({ phase: 'COPYING' });
    const events = await moves.progress(id, null);
    expect((await next(events)).migration).toMatchObject({ id, phase: 'COPYING' });
    await bring({ phase: 'CATCHING_UP' });
    expect((await next(events)).migration.phase).toBe('CATCHING_UP');
    await bring({ phase: 'MOVED' });
    expect((await next(events)).migration.phase).toBe('MOVED');
    await bring({ phase: 'FINALIZED', ...ENDED });
    expect(phases(await rest(events))).toEqual(['FINALIZED']);
  });

  it.each<Partial<Migration>>([
    { phase: 'FAILED' },
    { phase: 'CANCELLED' },
    { phase: 'ROLLED_BACK' },
    { phase: 'FINALIZED' },
    { phase: 'PLANNED', message: 'A dry run.' },
  ])('is one event when it is over already: $phase', async (change) => {
    await bring({ ...change, ...ENDED });
    expect(await rest(await moves.progress(id, null))).toMatchObject([change]);
  });

  it('shows every phase, and the last of each, however quickly they follow each other', async () => {
    const events = await moves.progress(id, null);
    await next(events);
    for (const phase of ['PREFLIGHT', 'COPYING', 'CATCHING_UP', 'VERIFYING', 'CUTTING_OVER'] as const) {
      for (let n = 0; n < 20; n++) await bring({ phase, message: `${n}` });
    }
    await bring({ phase: 'FAILED', ...ENDED });
    const all = await rest(events);
    expect(all.length).toBeLessThan(60);
    const lastOf = (phase: MigrationPhase) => all.filter((each) => each.phase === phase).at(-1)?.message;
    expect([...new Set(phases(all))]).toEqual(BEFORE_FLIP_AND_FAILED);
    for (const phase of BEFORE_FLIP_AND_FAILED.slice(0, -1)) expect(lastOf(phase)).toBe('19');
  });

  it('resumes after a cursor: at least the last of each phase that was missed, then live', async () => {
    const before = await moves.progress(id, null);
    await next(before);
    await bring({ phase: 'PREFLIGHT' });
    const { cursor } = await next(before);
    await before.return?.();
    for (let n = 0; n < 450; n++) await bring({ phase: 'COPYING', message: `${n}` });
    await bring({ phase: 'CATCHING_UP', message: 'behind' });
    const after = await moves.progress(id, cursor);
    const missed = [await next(after), await next(after)];
    expect(missed.map(({ migration }) => [migration.phase, migration.message])).toEqual([
      ['COPYING', '449'],
      ['CATCHING_UP', 'behind'],
    ]);
    await bring({ phase: 'VERIFYING' });
    await bring({ phase: 'FAILED', ...ENDED });
    expect(phases(await rest(after))).toEqual(['VERIFYING', 'FAILED']);
  });

  it('shows the current state when nothing was missed', async () => {
    const events = await moves.progress(id, null);
    const { cursor, migration } = await next(events);
    await events.return?.();
    const again = await moves.progress(id, cursor);
    expect(await next(again)).toEqual({ cursor, migration });
    await again.return?.();
  });

  it("resumes after the cursor of the record's version", async () => {
    const read = await bring({ phase: 'COPYING' });
    for (let n = 0; n < 25; n++) await bring({ phase: 'CATCHING_UP' });
    const events = await moves.progress(id, await moves.cursorOf(read));
    expect((await next(events)).migration.phase).toBe('CATCHING_UP');
    await events.return?.();
  });

  it.each(['FINALIZE', 'ROLL_BACK'] as const)(
    'shows a record in which an earlier version stored that it is to %s as one of this version, from the log too',
    async (wish) => {
      const cursor = await moves.cursorOf(await bring({ phase: 'MOVED' }));
      await bring({ requestedAction: undefined, wish } as unknown as Partial<Migration>);
      const found = (await moves.find(id))!;
      expect(found).toMatchObject({ requestedAction: wish });
      expect(moves.finalization(found)).toBeNull();
      expect(await moves.activeOf(found.projectId)).toEqual(found);
      const order = { field: 'createdAt', direction: 'ASC' } as const;
      expect((await moves.all.list({ filter: {}, deleted: 'EXCLUDE', order, limit: 10 })).items).toEqual([found]);
      const events = await moves.progress(id, cursor);
      expect((await next(events)).migration).toEqual(found);
      await events.return?.();
    },
  );

  it('shows what a runner in another process writes, and nothing of other migrations', async () => {
    const other = await startBench({ folder: bench.folder });
    const project = await makeProject(bench, { name: 'Pier' });
    const second = await moves.start(author, { projectId: project.id, to: 'FILE' });
    const events = await moves.progress(id, null);
    await next(events);
    await checkpoint(other.catalog, second.id, { phase: 'COPYING' });
    await checkpoint(other.catalog, id, { phase: 'FAILED', ...ENDED });
    expect(await rest(events)).toMatchObject([{ id, phase: 'FAILED' }]);
  });

  it('is refused for cursors of others, old ones, and ids of nothing', async () => {
    const events = await moves.progress(id, null);
    const { cursor } = await next(events);
    await events.return?.();
    const project = await makeProject(bench, { name: 'Pier' });
    const second = await moves.start(author, { projectId: project.id, to: 'FILE' });
    expect(await rejection(moves.progress(second.id, cursor))).toMatchObject({ code: 'INVALID_CURSOR' });
    expect(await rejection(moves.progress(id, 'rubbish'))).toMatchObject({ code: 'INVALID_CURSOR' });
    // As after the catalog was restored to an older state, and has another entry of that number.
    const [seq] = decodeCursor(`progress of ${id}`, cursor, 2);
    const other = encodeCursor(`progress of ${id}`, [seq!, 'another']);
    expect(await rejection(moves.progress(id, other))).toMatchObject({ code: 'INVALID_CURSOR' });
    expect(await rejection(moves.progress(project.id, null))).toMatchObject({ code: 'INVALID_INPUT' });
    const unknown = `mig_${'0'.repeat(26)}`;
    expect(await rejection(moves.progress(unknown, null))).toMatchObject({ code: 'NOT_FOUND' });
    const read = await bring({ phase: 'COPYING' });
    await bench.catalog.trimLog('2027-01-01T00:00:00.000Z');
    expect(await rejection(moves.progress(id, cursor))).toMatchObject({ code: 'CURSOR_EXPIRED' });
    const now = await moves.progress(id, await moves.cursorOf(read));
    expect((await next(now)).migration).toEqual(read);
    await now.return?.();
  });

  it('ends at once for a reader that leaves while waiting', async () => {
    const events = await moves.progress(id, null);
    await next(events);
    const waiting = events.next();
    await events.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });
});

const BEFORE_FLIP_AND_FAILED: readonly MigrationPhase[] = [
  'PREFLIGHT',
  'COPYING',
  'CATCHING_UP',
  'VERIFYING',
  'CUTTING_OVER',
  'FAILED',
];
