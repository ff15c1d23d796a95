import { describe, expect, it } from 'vitest';
import type { Principal } from '../../../src/domain/access/principal.js';
import { ID_LENGTH, PREFIX_LENGTH, PROJECT_KEY_LENGTH, parseId, withProjectKey } from '../../../src/domain/id.js';
import { accountsIn } from '../../support/accounts.js';
import { author, type Graph, prepare, startGraph } from '../support.js';
import { answerTo, makeHarbour } from './harbour.js';
import { principalWith, sharing } from './principals.js';
import { type Ids, ROWS } from './root-fields.js';

/** In everything that can be read of the project of others. */
const CANARY = 'canary';
/** A key that no project has. */
const NOWHERE = 'z'.repeat(PROJECT_KEY_LENGTH);

let graph: Graph;
let ours: Ids;
let theirs: Ids;
let removed: Ids;
let us: Principal;
prepare(async () => {
  graph = await startGraph({ shared: true });
  ours = await makeHarbour(graph, 'ours');
  theirs = await makeHarbour(graph, CANARY);
  removed = await makeHarbour(graph, `${CANARY}-removed`);
  const { version } = await graph.services.projects.restore(author, { id: removed.project });
  await graph.services.projects.delete(author, { id: removed.project, version });
  us = principalWith({ in: { [ours.project]: 4 }, permissions: ['projects:create'], userId: 'usr_us' });
});

/** The same ids in a project that doesn't exist; of the catalog's own records, those of none. */
function idsOfNothing(ids: Ids): Ids {
  const nothing = (id: string) =>
    parseId(id) === null
      ? `${id.slice(0, PREFIX_LENGTH)}_${'0'.repeat(ID_LENGTH - PREFIX_LENGTH - 1)}`
      : withProjectKey(id, NOWHERE);
  return Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, nothing(id)])) as unknown as Ids;
}

/** An answer in which the ids that were asked for are named instead. */
function withoutIds(answer: unknown, ids: Ids): string {
  return Object.entries(ids).reduce((text, [name, id]) => text.replaceAll(id, name), JSON.stringify(answer));
}

/** Everything that is asked for by an id. */
const BY_ID = ROWS.filter(
  (row) => row.rights !== 'signedIn' && !/Storage|createsProjects|createsAnywhere/.test(row.rights),
);

describe.each(['a project of others', 'a deleted project of others'])('of %s', (which) => {
  it.each(BY_ID)('$name tells as much as of one that does not exist', async (row) => {
    const ids = which === 'a project of others' ? theirs : removed;
    const nothing = idsOfNothing(ids);
    const answer = withoutIds(await answerTo(graph.as(us), row, ids), ids);
    expect(answer).toBe(withoutIds(await answerTo(graph.as(us), row, nothing), nothing));
    expect(answer).not.toContain(CANARY);
  });
});

const EVERYTHING = `
  projects(deleted: $deleted, orderBy: $order) { totalCount pageInfo { hasNextPage hasPreviousPage } nodes { id name } }
  found: projects(deleted: $deleted, filter: { text: "${CANARY}" }) { totalCount nodes { id } }
  migrations { totalCount nodes { id message project { name } } }
`;

describe('lists', () => {
  it.each(['EXCLUDE', 'INCLUDE', 'ONLY'])('have and count only what is shared (deleted: %s)', async (deleted) => {
    const order = { field: 'NAME', direction: 'ASC' };
    const text = `query ($deleted: DeletedFilter!, $order: ProjectOrder) { ${EVERYTHING} }`;
    const answer = await graph.as(us).ask<Record<string, unknown>>(text, { deleted, order });
    const all = deleted === 'ONLY' ? 0 : 1;
    expect(answer.projects).toMatchObject({
      totalCount: all,
      pageInfo: { hasNextPage: false, hasPreviousPage: false },
    });
    expect(answer.found).toEqual({ totalCount: 0, nodes: [] });
    expect(answer.migrations).toMatchObject({ totalCount: 1, nodes: [{ id: ours.migration }] });
    expect(JSON.stringify(answer)).not.toContain(CANARY);
  });

  it('go on from a cursor that others were given, without what they see', async () => {
    const page = 'projects(first: 1, orderBy: { field: NAME, direction: DESC }';
    const { projects } = await graph.ask<Projects>(
      `{ ${page}) { pageInfo { endCursor hasNextPage } nodes { name } } }`,
    );
    const after = projects.pageInfo.endCursor;
    const next = await graph
      .as(us)
      .ask<Projects>(`{ ${page}, after: "${after}") { nodes { name } pageInfo { hasNextPage } } }`);
    expect(JSON.stringify(next)).not.toContain(CANARY);
  });

  it('find no project by the path of one that is not shared', async () => {
    const text = `{ project(by: { path: "/srv/${CANARY}" }) { id } }`;
    expect(await graph.as(us).ask(text)).toEqual({ project: null });
    expect(await graph.ask(text)).toEqual({ project: { id: theirs.project } });
  });

  it('of many ids have null for each that is not shared', async () => {
    const ids = [...Object.values(theirs), ...Object.values(removed), ours.task, ours.migration, ours.project];
    const { nodes } = await graph
      .as(us)
      .ask<{ nodes: unknown[] }>('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(nodes.filter((node) => node !== null)).toEqual(
      [ours.task, ours.migration, ours.project].map((id) => ({ id })),
    );
  });
});

interface Projects {
  readonly projects: { readonly pageInfo: { readonly endCursor: string } };
}

describe('the changes of the list of projects', () => {
  it('are those of what is shared, also where the cursor is from before the others', async () => {
    const after = await graph.as(us).ask<{ projectListCursor: string }>('{ projectListCursor }');
    const text =
      'subscription ($after: String) { projectListChanges(after: $after) { entry { recordId before after } record { name } } }';
    const stream = await graph.as(us).follow<unknown>(text, { after: after.projectListCursor });
    await rename(theirs.project, `Quay ${CANARY}`);
    await makeHarbour(graph, `${CANARY}-new`);
    await rename(ours.project, 'Quay of ours');
    const { value } = await stream.next();
    await stream.return();
    expect(value).toMatchObject({ data: { projectListChanges: { record: { name: 'Quay of ours' } } } });
    expect(JSON.stringify(value)).not.toContain(CANARY);
  });
});

async function rename(id: string, name: string): Promise<void> {
  const { version } = await graph.services.projects.restore(author, { id });
  await graph.services.projects.update(author, { id, version, name });
}

describe('what must be unique', () => {
  const REFUSED = { __typename: 'InvalidInputError', code: 'INVALID_INPUT' };

  it.each([
    ['externalId', { externalId: CANARY }],
    ['externalId', { externalId: `${CANARY}-removed` }],
    ['path', { path: `/srv/${CANARY}` }],
  ])('is refused without a word about whose it is: %s', async (field, input) => {
    const answer = await graph.as(us).mutate('createProject', { name: 'Mine', ...input }, 'project { id }');
    expect(answer).toMatchObject({ ...REFUSED, field, message: `${field} can't be used.` });
    expect(JSON.stringify(answer)).not.toContain(theirs.project);
    expect(JSON.stringify(answer)).not.toContain(removed.project);
  });

  it('is refused to an update in the same way', async () => {
    const { version } = await graph.services.projects.restore(author, { id: ours.project });
    const input = { id: ours.project, version, path: `/srv/${CANARY}` };
    expect(await graph.as(us).mutate('updateProject', input, 'project { id }')).toMatchObject({
      ...REFUSED,
      field: 'path',
    });
  });

  it('is refused to a restored project in the same way', async () => {
    const first = await graph.services.projects.create(author, { name: 'First', path: '/srv/taken' });
    await graph.services.projects.delete(author, first);
    await graph.services.projects.create(author, { name: 'Second', path: '/srv/taken' });
    const answer = await graph
      .as(sharing(first.id, 'MANAGE'))
      .mutate('restoreProject', { id: first.id }, 'project { id }');
    expect(answer).toMatchObject({ ...REFUSED, field: 'path' });
  });

  it('is told to those who may read the project that has it', async () => {
    const input = { name: 'Mine', path: `/srv/${CANARY}` };
    const both = principalWith({ in: { [theirs.project]: 2 }, permissions: ['projects:create'] });
    const answer = await graph.as(both).mutate('createProject', input, 'project { id }');
    expect(answer).toHaveProperty('message', expect.stringContaining(theirs.project));
  });
});

describe('records that name one of another project', () => {
  it.each([
    ['saveMemory', (ids: Ids) => ({ projectId: ours.project, role: 'USER', content: 'x', references: [ids.task] })],
    ['saveMemory', (ids: Ids) => ({ projectId: ours.project, role: 'USER', content: 'x', supersedes: ids.memory })],
    ['saveMemory', (ids: Ids) => ({ projectId: ours.project, role: 'USER', content: 'x', taskId: ids.task })],
    ['createTask', (ids: Ids) => ({ projectId: ours.project, title: 'x', dependsOn: [ids.task] })],
    ['createTask', (ids: Ids) => ({ projectId: ours.project, title: 'x', parentId: ids.task })],
    ['claimTask', (ids: Ids) => ({ projectId: ours.project, agent: 'ada', id: ids.task })],
  ])('are refused as if it did not exist: %s', async (name, input) => {
    const nothing = idsOfNothing(theirs);
    const answer = withoutIds(await graph.as(us).mutate(name, input(theirs), '__typename'), theirs);
    expect(answer).toBe(withoutIds(await graph.as(us).mutate(name, input(nothing), '__typename'), nothing));
    expect(answer).toContain('Error');
  });
});

it('a key for some projects does not see what access its owner has to others', async () => {
  const { grant } = accountsIn(graph.factory.catalog.store);
  const mine = await grant('usr_us', ours.project, 'READ');
  const hidden = await grant('usr_us', theirs.project, 'READ');
  const key = principalWith({ in: { [ours.project]: 2 }, userId: 'usr_us', keyId: 'key_us' });
  const node = (id: string) => graph.as(key).ask(`{ node(id: "${id}") { id } }`);
  expect(await node(mine.id)).toEqual({ node: { id: mine.id } });
  expect(await node(hidden.id)).toEqual({ node: null });
});
