import { describe, expect, it } from 'vitest';
import { LEVEL } from '../../../src/domain/access/level.js';
import { author, type Graph, prepare, startGraph } from '../support.js';
import { principalWith, ROLES, sharing } from './principals.js';

let graph: Graph;
/** By their names, in this order: every second one is deleted. */
let ids: Record<string, string>;
const NAMES = ['a live', 'b deleted', 'c deleted', 'd live', 'e deleted', 'f live'];
prepare(async () => {
  graph = await startGraph({ shared: true });
  ids = {};
  for (const name of NAMES) {
    const project = await graph.services.projects.create(author, { name });
    if (name.endsWith('deleted')) await graph.services.projects.delete(author, project);
    ids[name] = project.id;
  }
});

type List = { readonly totalCount: number; readonly nodes: readonly { readonly name: string }[] } & {
  readonly pageInfo: Record<'hasNextPage' | 'hasPreviousPage', boolean> & Record<'startCursor' | 'endCursor', string>;
};

const FIELDS = 'totalCount nodes { name } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
const BY_NAME = 'orderBy: { field: NAME, direction: ASC }';

async function list(caller: ReturnType<typeof sharing>, args: string): Promise<List> {
  return (await graph.as(caller).ask<{ projects: List }>(`{ projects(${args}, ${BY_NAME}) { ${FIELDS} } }`)).projects;
}

/** Reads all, and manages one of the deleted. */
const mixed = () => principalWith({ everywhere: LEVEL.READ, in: { [ids['c deleted']!]: LEVEL.MANAGE } });

describe('a deleted project', () => {
  it('is listed to those who manage it', async () => {
    expect((await list(ROLES.OWNER, 'deleted: ONLY')).totalCount).toBe(3);
    expect(await list(mixed(), 'deleted: ONLY')).toMatchObject({ totalCount: 1, nodes: [{ name: 'c deleted' }] });
    expect(await list(ROLES.VIEWER, 'deleted: ONLY')).toMatchObject({ totalCount: 0, nodes: [] });
  });

  it('is absent by its id for others', async () => {
    const text = `{ node(id: "${ids['b deleted']}") { id } project(by: { id: "${ids['b deleted']}" }) { id } }`;
    expect(await graph.as(ROLES.VIEWER).ask(text)).toEqual({ node: null, project: null });
    const managed = await graph.as(sharing(ids['b deleted']!, 'MANAGE')).ask(text);
    expect(managed).toEqual({ node: { id: ids['b deleted'] }, project: { id: ids['b deleted'] } });
  });

  it('is left out of lists that have both, and of their count', async () => {
    const { totalCount, nodes } = await list(mixed(), 'deleted: INCLUDE');
    expect(totalCount).toBe(4);
    expect(nodes.map(({ name }) => name)).toEqual(['a live', 'c deleted', 'd live', 'f live']);
  });

  it('is skipped from page to page, in both directions', async () => {
    const forward: string[] = [];
    for (let after = ''; ; ) {
      const page = await list(mixed(), `deleted: INCLUDE, first: 1${after}`);
      forward.push(...page.nodes.map(({ name }) => name));
      if (!page.pageInfo.hasNextPage) break;
      after = `, after: "${page.pageInfo.endCursor}"`;
    }
    expect(forward).toEqual(['a live', 'c deleted', 'd live', 'f live']);

    const backward: string[] = [];
    for (let before = ''; ; ) {
      const page = await list(mixed(), `deleted: INCLUDE, last: 1${before}`);
      backward.push(...page.nodes.map(({ name }) => name));
      if (!page.pageInfo.hasPreviousPage) break;
      before = `, before: "${page.pageInfo.startCursor}"`;
    }
    expect(backward).toEqual(forward.toReversed());
  });

  it('is told as deleted to those who follow the list, without its record', async () => {
    const project = await graph.services.projects.create(author, { name: 'g soon deleted' });
    const text = 'subscription { projectListChanges { entry { recordId operation } record { name } } }';
    const stream = await graph.as(ROLES.VIEWER).follow<unknown>(text);
    await graph.services.projects.delete(author, project);
    const { value } = await stream.next();
    await stream.return();
    const entry = { recordId: project.id, operation: 'DELETE' };
    expect(value).toEqual({ data: { projectListChanges: { entry, record: null } } });
  });
});
