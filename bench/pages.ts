import { askServer } from '../test/support/api.js';
import { startMooring, startPeer, temporaryFolder } from '../test/support/machine/processes.js';
import { at, benchMemory, benchTask, createProject, fill, settled } from './fixtures.js';
import { load, type Shot } from './load.js';
import { type Bench, interleaved, median, milliseconds } from './measure.js';

const TASKS = 100_000;
const PAGE = 5;

/** A page at the start and 20,000 pages on; and a project with 100 tasks and 20 memories each. */
export const bench: Bench = async () => {
  const folder = await temporaryFolder();
  const ours = await startMooring(folder.path);
  const deep = await createProject(ours.url, folder.path);
  await fill(
    deep.path,
    'tasks',
    Array.from({ length: TASKS }, (_, index) => benchTask(index, deep.key)),
  );
  await settled(ours.url, deep.id);
  const query = `query P($id: ID!, $after: String) { project(by: { id: $id }) {
    tasks(first: ${PAGE}, after: $after, orderBy: { field: CREATED_AT, direction: ASC }) { edges { cursor node { id title status } } pageInfo { endCursor hasNextPage } } } }`;
  const page = (after: string | null): Shot => ({
    method: 'POST',
    path: '/graphql',
    body: JSON.stringify({ query, variables: { id: deep.id, after } }),
  });
  const last = await cursorAt(ours.url, deep.id, TASKS - 2 * PAGE);
  const time = (url: string, shot: Shot) => async () => median((await load(url, 1, 1, () => shot)).times);
  await time(ours.url, page(null))();
  const [first, far] = await interleaved(5, [time(ours.url, page(null)), time(ours.url, page(last))]);

  const wide = await createProject(ours.url, folder.path);
  const parents = Array.from({ length: 100 }, (_, index) => benchTask(index, wide.key));
  await fill(wide.path, 'tasks', parents);
  await fill(
    wide.path,
    'memories',
    parents.flatMap(({ id }, index) =>
      Array.from({ length: 25 }, (_, n) => benchMemory(index * 25 + n, wide.key, { taskId: id })),
    ),
  );
  const nested: Shot = {
    method: 'POST',
    path: '/graphql',
    body: JSON.stringify({
      query: `query N($id: ID!) { project(by: { id: $id }) { id name tasks(first: 100, orderBy: { field: CREATED_AT, direction: ASC }) { nodes {
        id version createdAt updatedAt title description status priority
        memories(first: 20) { nodes { id version createdAt updatedAt role content occurredAt } } } } } }`,
      variables: { id: wide.id },
    }),
  };
  await settled(ours.url, wide.id);
  const floor = await startPeer('floor', wide.path);
  const bare: Shot = { method: 'GET', path: '/nested' };
  await time(ours.url, nested)();
  const [mine, least] = await interleaved(5, [time(ours.url, nested), time(floor.url, bare)]);

  for (const server of [ours, floor]) await server.stop();
  await folder.remove();
  return [
    {
      work: `tasks page 20,000 against page 1 (${TASKS.toLocaleString('en')} tasks)`,
      ours: milliseconds(far!),
      floor: milliseconds(first!),
      ratio: far! / first!,
      goal: { atMost: 1.1 },
    },
    {
      work: 'project → 100 tasks → 20 memories each, over HTTP',
      ours: milliseconds(mine!),
      floor: milliseconds(least!),
      ratio: mine! / least!,
      goal: { atMost: 3 },
    },
  ];
};

/** The cursor of the task at an index, reached by large pages. */
async function cursorAt(url: string, id: string, index: number): Promise<string> {
  let after: string | null = null;
  for (let seen = 0; seen < index; ) {
    const size: number = Math.min(200, index - seen);
    const answer: { project: { tasks: { pageInfo: { endCursor: string } } } } = await askServer(
      url,
      `query W($id: ID!, $after: String) { project(by: { id: $id }) { tasks(first: ${size}, after: $after, orderBy: { field: CREATED_AT, direction: ASC }) { pageInfo { endCursor } } } }`,
      { id, after },
    );
    after = answer.project.tasks.pageInfo.endCursor;
    seen += size;
  }
  if (!after) throw new Error(`No task stands at ${index}, which is ${at(index)}.`);
  return after;
}
