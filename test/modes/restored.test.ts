import { createClient as createEventClient } from 'graphql-sse';
import { describe, expect, it, onTestFinished } from 'vitest';
import { encodeCursor } from '../../src/domain/cursor.js';
import { makeWorld } from '../migration/support/world.js';
import type { Api } from '../support/api.js';
import { cases } from '../support/extent.js';
import { MODES } from '../support/modes.js';
import { copyOfCatalog, copyOfProject } from '../support/restored.js';
import { settled } from '../support/server.js';
import { cursorOf, socketTo } from '../support/workload/follow.js';

interface Change extends Record<string, unknown> {
  readonly changes: { readonly cursor: string; readonly record: { readonly title?: string; readonly name?: string } };
}

const PROJECT = `subscription ($id: ID!, $after: String) {
  changes: projectChanges(projectId: $id, after: $after) { cursor record { ... on Task { title } } } }`;
const LIST = 'subscription ($after: String) { changes: projectListChanges(after: $after) { cursor record { name } } }';

const overSocket = (api: Api, query: string, variables: Record<string, unknown>) => {
  const client = socketTo(api);
  onTestFinished(() => client.dispose());
  return client.iterate<Change>({ query, variables });
};
const overEvents = (api: Api, query: string, variables: Record<string, unknown>) => {
  const client = createEventClient({ url: `${api.url}/graphql`, retryAttempts: 0 });
  onTestFinished(() => client.dispose());
  return client.iterate<Change>({ query, variables });
};

interface ReadOptions {
  /** How many changes to read. Left out, all until it ends. */
  readonly most?: number;
  /** The records' names, as they come. */
  readonly seen?: unknown[];
}

/** What a subscription sends until it ends: the records' names, then its error. */
async function read(
  following: AsyncIterable<{ data?: unknown; errors?: unknown }>,
  { most = Number.MAX_SAFE_INTEGER, seen = [] }: ReadOptions = {},
) {
  try {
    for await (const { data, errors } of following) {
      if (!data) return { seen, errors };
      const { record } = (data as Change).changes;
      if (seen.push(record.title ?? record.name) === most) break;
    }
  } catch (errors) {
    return { seen, errors };
  }
  return { seen, errors: null };
}

/** Subscriptions that have sent all that will be lost: one that hasn't begun would never learn of it. */
async function readingLost(
  followings: readonly AsyncIterable<{ data?: unknown; errors?: unknown }>[],
  lost: readonly string[],
) {
  const streams = followings.map((following) => {
    const seen: unknown[] = [];
    return { seen, ended: read(following, { seen }) };
  });
  for (const { seen } of streams) await expect.poll(() => seen).toEqual(lost);
  return streams.map(({ ended }) => ended);
}

const REFUSED = [
  {
    message: expect.stringContaining('restored to an older state'),
    extensions: { code: 'INVALID_CURSOR', hint: expect.stringContaining('read the lists again') },
  },
];
const refused = (seen: readonly string[] = []) => ({
  seen,
  errors: REFUSED.map((each) => expect.objectContaining(each)),
});

async function saveTasks({ mutate }: Api, projectId: string, ...titles: readonly string[]): Promise<void> {
  for (const title of titles) await mutate('createTask', { projectId, title }, 'task { id }');
}
const numbered = (count: number) => Array.from({ length: count }, (_, n) => `since ${n}`);

async function search({ ask }: Api, id: string, words: string): Promise<readonly string[]> {
  const query = `query ($id: ID!, $words: String!) { project(by: { id: $id }) { searchTasks(query: $words) { hits { node { title } } } } }`;
  const { project } = await ask<{ project: { searchTasks: { hits: { node: { title: string } }[] } } }>(query, {
    id,
    words,
  });
  return project.searchTasks.hits.map(({ node }) => node.title);
}

describe.each(MODES)('a project in %s whose data was restored to an older state', (mode) => {
  async function begin() {
    const world = await makeWorld();
    const app = await world.start();
    const id = await app.createProject({ storageMode: mode });
    await saveTasks(app, id, 'kept');
    const kept = await cursorOf(app, id);
    await settled(app, id);
    const restore = await copyOfProject(world, mode, id);
    await saveTasks(app, id, 'ghost', 'ghost too');
    return { world, app, id, kept, lost: await cursorOf(app, id), restore };
  }

  // A repeated number is what a number alone can't distinguish; every store's contract tries the others.
  it.each(cases([2], [0, 60]))(
    'refuses an old cursor, with %s changes since, and accepts one of its own',
    async (count) => {
      const { world, app, id, kept, lost, restore } = await begin();
      await app.close();
      await restore();
      const again = await world.start();
      const since = numbered(count);
      await saveTasks(again, id, ...since);
      for (const over of [overSocket, overEvents])
        expect(await read(over(again, PROJECT, { id, after: lost }))).toEqual(refused());
      if (count > 0)
        expect(await read(overSocket(again, PROJECT, { id, after: kept }), { most: count })).toEqual({
          seen: since,
          errors: null,
        });
      expect(await search(again, id, 'ghost kept')).toEqual(['kept']);
    },
  );

  it('ends every stream that has read lost changes; new streams receive what is written next', async () => {
    const { app, id, kept, restore } = await begin();
    const lost = ['ghost', 'ghost too'];
    const streams = await readingLost(
      [overSocket, overEvents].map((over) => over(app, PROJECT, { id, after: kept })),
      lost,
    );
    await restore();
    for (const ended of streams) expect(await ended).toEqual(refused(lost));
    const now = await cursorOf(app, id);
    expect(now).toBe(kept);
    const live = read(overSocket(app, PROJECT, { id, after: now }), { most: 3 });
    await saveTasks(app, id, 'a', 'b', 'c');
    expect(await live).toEqual({ seen: ['a', 'b', 'c'], errors: null });
    // A search waits only a moment for an index that is being compared with what is stored.
    await expect.poll(() => search(app, id, 'ghost kept')).toEqual(['kept']);
  });

  it('refuses a cursor of an earlier version, which holds only a number, and says why', async () => {
    const { app, id } = await begin();
    const after = encodeCursor(`changes of ${id}`, [1]);
    expect(await read(overSocket(app, PROJECT, { id, after }))).toEqual({
      seen: [],
      errors: [
        expect.objectContaining({
          message: expect.stringContaining('earlier version'),
          extensions: { code: 'INVALID_CURSOR', hint: expect.stringContaining('read again') },
        }),
      ],
    });
  });
});

describe('the list of projects, when the catalog was restored to an older state', () => {
  async function begin() {
    const world = await makeWorld();
    const app = await world.start();
    await app.createProject({ name: 'Kept' });
    const kept = await listCursor(app);
    const restore = await copyOfCatalog(world);
    await app.createProject({ name: 'Ghost' });
    return { world, app, kept, lost: await listCursor(app), restore };
  }
  const listCursor = async ({ ask }: Api) =>
    (await ask<{ projectListCursor: string }>('{ projectListCursor }')).projectListCursor;

  it.each(cases([1], [0, 20]))('refuses an old cursor, with %s projects since', async (count) => {
    const { world, app, kept, lost, restore } = await begin();
    await app.close();
    await restore();
    const again = await world.start();
    const since = numbered(count);
    for (const name of since) await again.createProject({ name });
    expect(await read(overSocket(again, LIST, { after: lost }))).toEqual(refused());
    if (count > 0)
      expect(await read(overSocket(again, LIST, { after: kept }), { most: count })).toEqual({
        seen: since,
        errors: null,
      });
  });

  it('ends every stream that has read lost changes', async () => {
    const { app, kept, restore } = await begin();
    const streams = await readingLost(
      [overSocket, overEvents].map((over) => over(app, LIST, { after: kept })),
      ['Ghost'],
    );
    await restore();
    for (const ended of streams) expect(await ended).toEqual(refused(['Ghost']));
    expect(await listCursor(app)).toBe(kept);
  });
});
