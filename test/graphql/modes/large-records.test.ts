import { beforeAll, describe, expect, it } from 'vitest';
import type { Task } from '../../../src/domain/task.js';
import { createRequestBudgets } from '../../../src/server/execution/budgets.js';
import { createTurns } from '../../../src/server/execution/turns.js';
import { PAGE_BYTES } from '../../../src/storage/store.js';
import { cases } from '../../support/extent.js';
import { author, type Graph, startGraph, storageMode } from '../support.js';

/** Characters of a large text, and how many are more than a request may hold: 64 MB of two bytes a character. */
const CHARS = 1_000_000;
const COUNT = 36;

/** Writing them takes long: in a quick run, one mode shows what the requests do, and the stores' own suite what they read. */
const isLeftOut = !cases<string>(['LOCAL'], ['FILE', 'MONGODB']).includes(storageMode);
const why = isLeftOut ? ' (in LOCAL, or a full run, as writing them takes long)' : '';

interface Page {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  readonly nodes: readonly { readonly id: string }[];
}

let graph: Graph;
beforeAll(async () => {
  const budgets = createRequestBudgets(createTurns());
  graph = await startGraph({ shared: true, share: () => budgets.of({}) });
});

/** Tasks of a megabyte each, the oldest first. */
async function makeTasks(projectId: string, more: object = {}): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < COUNT) {
    const title = `task ${ids.length}`;
    const task = { projectId, title, description: 'x'.repeat(CHARS), ...more };
    ids.push((await graph.services.tasks.create(author, task)).id);
  }
  return ids;
}

/** The ids of a list, page by page. */
async function readPages(read: (after: string | null) => Promise<Page>): Promise<readonly (readonly string[])[]> {
  const pages: string[][] = [];
  for (let after: string | null = null; ; ) {
    const { nodes, pageInfo }: Page = await read(after);
    pages.push(nodes.map(({ id }) => id));
    if (!pageInfo.hasNextPage) return pages;
    after = pageInfo.endCursor;
  }
}

const LIST = 'pageInfo { hasNextPage endCursor } nodes { id }';

function expectPages(pages: readonly (readonly string[])[], ids: readonly string[], chars: number): void {
  expect(pages.flat()).toEqual(ids);
  for (const page of pages) expect(page.length).toBeLessThanOrEqual(Math.ceil(PAGE_BYTES / chars));
  expect(pages.length).toBeLessThanOrEqual(2 * Math.ceil((ids.length * chars) / PAGE_BYTES));
}

describe.skipIf(isLeftOut)(`large tasks${why}`, () => {
  let projectId: string;
  let ids: string[];
  let first: Task;
  beforeAll(async () => {
    projectId = (await graph.project()).id;
    first = await graph.services.tasks.create(author, { projectId, title: 'first' });
    ids = await makeTasks(projectId, { dependsOn: [first.id] });
  });

  it('that a task blocks are listed in shorter pages', async () => {
    const query = `query ($id: ID!, $after: String) { task(id: $id) { blocks(first: 200, after: $after) { ${LIST} } } }`;
    const read = async (after: string | null) =>
      (await graph.ask<{ task: { blocks: Page } }>(query, { id: first.id, after })).task.blocks;
    expectPages(await readPages(read), ids.toSorted(), CHARS);
  });

  it('do not keep a project from saying who wrote them', async () => {
    const query = `query ($id: ID!) { project(by: { id: $id }) {
      agents { name lastSeen lastAction { recordId operation changedFields } } } }`;
    const { project } = await graph.ask<{ project: { agents: unknown } }>(query, { id: projectId });
    expect(project.agents).toEqual([
      {
        name: author.actor,
        lastSeen: expect.any(String),
        lastAction: { recordId: ids.at(-1), operation: 'CREATE', changedFields: null },
      },
    ]);
  });

  const readReady = async (filter: object, first: number, after: string | null) => {
    const query = `query ($id: ID!, $filter: TaskFilter, $first: Int, $after: String) { project(by: { id: $id }) {
      readyTasks(filter: $filter, first: $first, after: $after) { totalCount ${LIST} } } }`;
    const variables = { id: projectId, filter, first, after };
    return (await graph.ask<{ project: { readyTasks: Page & { totalCount: number } } }>(query, variables)).project
      .readyTasks;
  };

  it('that are ready are listed in shorter pages, or looked through for a text, however many do not have it', async () => {
    await graph.services.tasks.update(author, { id: first.id, version: first.version, status: 'DONE' });
    expectPages(await readPages((after) => readReady({}, 200, after)), ids, CHARS);
    expect(await readReady({ text: `task ${COUNT - 1}` }, 1, null)).toMatchObject({
      totalCount: 1,
      pageInfo: { hasNextPage: false },
      nodes: [{ id: ids.at(-1) }],
    });
    const { totalCount, nodes, pageInfo } = await readReady({ text: 'task' }, 200, null);
    expect([totalCount, pageInfo.hasNextPage]).toEqual([COUNT, true]);
    expect(nodes.map(({ id }) => id)).toEqual(ids.slice(0, nodes.length));
  });

  it('on which a task depends are read for `blockedBy` only while they are open', async () => {
    const { id: other } = await graph.project();
    const done = await makeTasks(other, { status: 'DONE' });
    const open = await graph.services.tasks.create(author, { projectId: other, title: 'open' });
    const dependsOn = [...done, open.id];
    const last = await graph.services.tasks.create(author, { projectId: other, title: 'last', dependsOn });
    const query = 'query ($id: ID!) { task(id: $id) { blockedBy { id } } }';
    expect(await graph.ask(query, { id: last.id })).toEqual({ task: { blockedBy: [{ id: open.id }] } });
  });
});

it.skipIf(isLeftOut)(`large memories that refer to a task are listed in shorter pages${why}`, async () => {
  const { id: projectId } = await graph.project();
  const task = await graph.services.tasks.create(author, { projectId, title: 'first' });
  const ids: string[] = [];
  const chars = 250_000;
  while (ids.length < 40) {
    const metadata = { text: 'x'.repeat(chars) };
    const memory = { projectId, role: 'USER', content: 'short', references: [task.id], metadata } as const;
    ids.push((await graph.services.memories.save(author, memory)).id);
  }
  const query = `query ($id: ID!, $after: String) { task(id: $id) { referencedBy(first: 200, after: $after) { ${LIST} } } }`;
  const read = async (after: string | null) =>
    (await graph.ask<{ task: { referencedBy: Page } }>(query, { id: task.id, after })).task.referencedBy;
  expectPages(await readPages(read), ids.toSorted(), chars);
});
