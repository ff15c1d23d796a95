import { beforeEach, describe, expect, it } from 'vitest';
import type { Migration, MigrationFinding } from '../../src/domain/migration.js';
import { migrationFindings } from '../../src/storage/collections.js';
import { checkpoint } from '../services/migrations/moving.js';
import { type Graph, startGraph, storageMode } from './support.js';

let graph: Graph;
let projectId: string;
/** A mode in which the project doesn't live. */
const to = storageMode === 'FILE' ? 'LOCAL' : 'FILE';

beforeEach(async () => {
  graph = await startGraph();
  projectId = (await graph.project()).id;
});

type Fields = Record<string, unknown> & { readonly id: string };
const start = async (input: object = {}, fields = 'id') =>
  (await graph.write<{ migration: Fields }>('startMigration', { projectId, to, ...input }, `migration { ${fields} }`))
    .migration;
const bring = (id: string, change: Partial<Migration>) => checkpoint(graph.factory.catalog.store, id, change);
const MOVED = { phase: 'MOVED', movedAt: '2026-03-01T12:00:00.000Z' } as const;

async function find(id: string, store: Graph, seq: number, finding: Partial<MigrationFinding>): Promise<void> {
  const at = '2026-03-01T12:00:00.000Z';
  const document: MigrationFinding = {
    ...{ id: `mif_01k9x0000000000${String(seq).padStart(3, '0')}00000000`, version: 1, createdAt: at, updatedAt: at },
    ...{ deletedAt: null, externalId: null, migrationId: id, kind: 'REJECT', collection: 'tasks', recordId: `${seq}` },
    ...{ differing: [], reason: 'Too large.', isRepaired: false, ...finding },
  };
  const change = { kind: 'put', collection: migrationFindings.name, operation: 'CREATE', document } as const;
  const catalog = store.factory.catalog.store;
  await catalog.commit([change], { epoch: await catalog.epoch(), actor: 'migration', requestId: 'run', at });
}

describe('a migration', () => {
  it('is started with its options, and shown with its state', async () => {
    const fields = `id projectId project { id migration { id } } from { mode location } to { mode location }
      dryRun autoCutOver batchSize onReject phase isRollingBack isPaused isOver message problem { code }
      progress { cursor migrationId phase collections { name } vectors { done total failed } rate etaSeconds
        lag { entries seconds } tokens dollars fenceMs canCutOver canRollBack message at }
      preflight { at } verification { at } rejects { nodes { recordId } totalCount } mismatches { nodes { recordId } }
      finalization { token } createdAt movedAt endedAt`;
    const made = await start({}, fields);
    expect(made).toMatchObject({
      projectId,
      project: { id: projectId, migration: { id: made.id } },
      from: { mode: storageMode, location: null },
      to: { mode: to, location: null },
      ...{ dryRun: false, autoCutOver: true, batchSize: 100, onReject: 'STOP' },
      ...{ phase: 'PLANNED', isRollingBack: false, isPaused: false, isOver: false, problem: null },
      progress: { migrationId: made.id, phase: 'PLANNED', tokens: 0, fenceMs: null, canCutOver: false },
      ...{ preflight: null, verification: null, finalization: null, movedAt: null, endedAt: null },
      rejects: { nodes: [], totalCount: 0 },
    });
  });

  it('is found by its id, as any node, among others too, and in the list, newest first', async () => {
    const first = await start();
    await bring(first.id, { phase: 'FAILED', endedAt: '2026-03-01T12:00:00.000Z', activeFor: null });
    const second = await start();
    const query = `query ($id: ID!, $ids: [ID!]!, $projectId: ID!) {
      migration(id: $id) { id isOver }
      node(id: $id) { __typename id ... on Migration { phase } }
      nodes(ids: $ids) { __typename id }
      migrations(projectId: $projectId) { nodes { id } totalCount }
      page: migrations(first: 1) { nodes { id } pageInfo { hasNextPage endCursor } }
      project(by: { id: $projectId }) { migration { id } }
    }`;
    const answer = await graph.ask<{ page: { pageInfo: { endCursor: string } } }>(query, {
      id: first.id,
      ids: [second.id, projectId, first.id],
      projectId,
    });
    expect(answer).toMatchObject({
      migration: { id: first.id, isOver: true },
      node: { __typename: 'Migration', id: first.id, phase: 'FAILED' },
      nodes: [
        { __typename: 'Migration', id: second.id },
        { __typename: 'Project', id: projectId },
        { __typename: 'Migration', id: first.id },
      ],
      migrations: { nodes: [{ id: second.id }, { id: first.id }], totalCount: 2 },
      page: { nodes: [{ id: second.id }], pageInfo: { hasNextPage: true } },
      project: { migration: { id: second.id } },
    });
    const rest = await graph.ask('query ($after: String) { migrations(after: $after) { nodes { id } } }', {
      after: answer.page.pageInfo.endCursor,
    });
    expect(rest).toEqual({ migrations: { nodes: [{ id: first.id }] } });
  });

  it('is null for an unknown id, and an error for the id of another kind', async () => {
    await start();
    const unknown = `mig_${'0'.repeat(26)}`;
    const query = 'query ($id: ID!) { migration(id: $id) { id } node(id: $id) { id } }';
    expect(await graph.ask(query, { id: unknown })).toEqual({ migration: null, node: null });
    expect(
      (await graph.refused('query ($id: ID!) { migration(id: $id) { id } }', { id: projectId })).message,
    ).toContain('is the id of a project, not of a migration');
  });

  it('takes commands, and refuses those that its phase doesn’t allow', async () => {
    const { id } = await start();
    const tell = (name: string) => graph.mutate<object>(name, { id }, 'migration { id phase isPaused }');
    expect(await tell('pauseMigration')).toMatchObject({ migration: { id, isPaused: true } });
    expect(await tell('resumeMigration')).toMatchObject({ migration: { isPaused: false } });
    expect(await tell('cutOverMigration')).toMatchObject({ migration: { id } });
    for (const name of ['rollBackMigration', 'verifyMigration']) {
      expect(await tell(name)).toMatchObject({
        __typename: 'MigrationStateError',
        code: 'MIGRATION_STATE',
        hint: expect.stringContaining('MOVED'),
      });
    }
    await bring(id, { ...MOVED, requestedAction: null });
    for (const name of ['verifyMigration', 'rollBackMigration']) {
      expect(await tell(name)).toMatchObject({ migration: { id } });
    }
    expect(await tell('cancelMigration')).toMatchObject({ code: 'MIGRATION_STATE' });
    expect(await graph.mutate('startMigration', { projectId, to }, 'migration { id }')).toMatchObject({
      __typename: 'MigrationStateError',
      message: expect.stringContaining(id),
    });
  });

  it('is finalized by the token that it shows once it has moved', async () => {
    const { id } = await start();
    await bring(id, MOVED);
    const query = 'query ($id: ID!) { migration(id: $id) { finalization { token expiresAt consequence } } }';
    const { migration } = await graph.ask<{ migration: { finalization: { token: string; consequence: string } } }>(
      query,
      { id },
    );
    expect(migration.finalization.consequence).toContain(projectId);
    expect(await graph.mutate('finalizeMigration', { id, token: 'no' }, 'migration { id }')).toMatchObject({
      __typename: 'ConfirmationError',
    });
    const { token } = migration.finalization;
    expect(
      await graph.mutate('finalizeMigration', { id, token }, 'migration { phase finalization { token } }'),
    ).toMatchObject({
      migration: { phase: 'FINALIZING', finalization: null },
    });
  });

  it('lists what could not be copied and what differs, page by page', async () => {
    const { id } = await start();
    for (let n = 0; n < 3; n++) await find(id, graph, n, {});
    await find(id, graph, 3, { kind: 'MISMATCH', differing: ['title'], reason: 'It differs.', isRepaired: true });
    const query = `query ($id: ID!, $after: String) { migration(id: $id) {
      rejects(first: 2, after: $after) { nodes { recordId reason } pageInfo { hasNextPage endCursor } totalCount }
      mismatches { nodes { collection recordId differing reason isRepaired } } } }`;
    const first = await graph.ask<{ migration: { rejects: { pageInfo: { endCursor: string } } } }>(query, { id });
    expect(first.migration).toMatchObject({
      rejects: { nodes: [{ recordId: '0' }, { recordId: '1' }], pageInfo: { hasNextPage: true }, totalCount: 3 },
      mismatches: {
        nodes: [{ collection: 'tasks', recordId: '3', differing: ['title'], reason: 'It differs.', isRepaired: true }],
      },
    });
    const { endCursor: after } = first.migration.rejects.pageInfo;
    expect(await graph.ask(query, { id, after })).toMatchObject({
      migration: { rejects: { nodes: [{ recordId: '2' }], pageInfo: { hasNextPage: false } } },
    });
  });
});

describe('following a migration', () => {
  const FOLLOW = `subscription ($id: ID!, $after: String) { migrationProgress(id: $id, after: $after) {
    cursor migrationId phase message isPaused } }`;
  type Event = { migrationProgress: { cursor: string; phase: string; message: string } };
  const follow = (id: string, after?: string) => graph.follow<Event>(FOLLOW, { id, after });
  type Following = Awaited<ReturnType<typeof follow>>;

  async function next(events: Following): Promise<Event['migrationProgress']> {
    const { done, value } = await events.next();
    if (done) throw new Error('It ended.');
    if (value.errors) throw value.errors[0];
    return value.data!.migrationProgress;
  }

  it('dropped and resumed by its cursor sees what it missed, and the end', async () => {
    const { id } = await start();
    const events = await follow(id);
    expect(await next(events)).toMatchObject({ phase: 'PLANNED', migrationId: id });
    await bring(id, { phase: 'COPYING' });
    const { cursor } = await next(events);
    await events.return();
    await bring(id, { phase: 'VERIFYING', message: 'missed' });
    await bring(id, MOVED);
    const again = await follow(id, cursor);
    expect([await next(again), await next(again)]).toMatchObject([
      { phase: 'VERIFYING', message: 'missed' },
      { phase: 'MOVED' },
    ]);
    await bring(id, { phase: 'FINALIZED', endedAt: '2026-03-01T12:00:00.000Z', activeFor: null });
    expect(await next(again)).toMatchObject({ phase: 'FINALIZED' });
    expect((await again.next()).done).toBe(true);
  });

  it('begins where the record that was read stood', async () => {
    const { progress } = (await start({}, 'id progress { cursor migrationId }')) as unknown as {
      progress: { cursor: string; migrationId: string };
    };
    await bring(progress.migrationId, { phase: 'COPYING' });
    const events = await follow(progress.migrationId, progress.cursor);
    expect(await next(events)).toMatchObject({ phase: 'COPYING' });
    await events.return();
  });

  it('is shared: the catalog is read once for 200 followers', async () => {
    const { id } = await start();
    const readers = await Promise.all(Array.from({ length: 200 }, () => follow(id)));
    await Promise.all(readers.map(next));
    const first = readers.map(next);
    await bring(id, { phase: 'PREFLIGHT' });
    await Promise.all(first);
    await graph.settled(projectId);
    graph.statements.length = 0;
    const second = readers.map(next);
    await bring(id, { phase: 'COPYING', message: 'to all' });
    for (const event of await Promise.all(second)) expect(event).toMatchObject({ phase: 'COPYING', message: 'to all' });
    expect(graph.statements.length).toBeGreaterThan(0);
    expect(graph.statements.length).toBeLessThan(30);
    await Promise.all(readers.map((events) => events.return()));
  });

  it('is refused for anything but a migration', async () => {
    await expect(follow(projectId)).rejects.toMatchObject({ originalError: { code: 'INVALID_INPUT' } });
    const { id } = await start();
    await expect(follow(id, 'rubbish')).rejects.toMatchObject({ originalError: { code: 'INVALID_CURSOR' } });
  });
});
