import type { Task } from '../src/domain/task.js';
import { startMooring, startPeer, temporaryFolder } from '../test/support/machine/processes.js';
import { benchMemory, benchTask, createProject, fill, indexed, settled } from './fixtures.js';
import { load, type Shot } from './load.js';
import { type Bench, interleaved, median, milliseconds, perSecond, type Row } from './measure.js';

const SECONDS = 2;

/** Mutations over HTTP against bare node:http that makes the same commit. */
export const bench: Bench = async () => {
  const folder = await temporaryFolder();
  const ours = await startMooring(folder.path);
  const project = await createProject(ours.url, folder.path);
  // Written by another server, which has exited by then: one that created a project follows and indexes it.
  const elsewhere = await temporaryFolder();
  const maker = await startMooring(elsewhere.path);
  const other = await createProject(maker.url, elsewhere.path);
  await maker.stop();
  const floor = await startPeer('floor', other.path);

  const graphql = (query: string, input: object): Shot => ({
    method: 'POST',
    path: '/graphql',
    body: JSON.stringify({ query, variables: { input } }),
  });
  const bare = (collection: string, document: object): Shot => ({
    method: 'POST',
    path: '/commit',
    body: JSON.stringify({ collection, document }),
  });
  const { title, description, type, priority } = benchTask();
  const create = () =>
    graphql(
      'mutation C($input: CreateTaskInput!) { createTask(input: $input) { ... on CreateTaskPayload { task { id version } } } }',
      { projectId: project.id, title, description, type, priority },
    );

  const update = () =>
    graphql(
      'mutation U($input: UpdateTaskInput!) { updateTask(input: $input) { ... on UpdateTaskPayload { task { id version } } } }',
      { id: ourTasks.next().id, version: 1, title: 'Another title' },
    );
  const remove = () =>
    graphql(
      'mutation D($input: DeleteTaskInput!) { deleteTask(input: $input) { ... on DeleteTaskPayload { task { id version } } } }',
      { id: ourTasks.next().id, version: 1 },
    );
  const bareChange = (change: object) => () => bare('tasks', { ...bareTasks.next(), version: 2, ...change });
  const ourTasks = createSupply(project);
  const bareTasks = createSupply(other);
  const works: [string, () => Shot, () => Shot][] = [
    ['createTask', create, () => bare('tasks', benchTask(0, other.key))],
    ['updateTask', update, bareChange({ title: 'Another title' })],
    ['deleteTask', remove, bareChange({ deletedAt: '2026-02-01T00:00:00.000Z' })],
  ];

  const rows: Row[] = [];
  for (const [name, shot, floorShot] of works) {
    for (const clients of [1, 50]) {
      if (name !== 'createTask')
        for (const supply of [ourTasks, bareTasks]) await supply.fill(clients === 1 ? 30_000 : 120_000);
      await settled(ours.url, project.id);
      await indexed(project.path);
      const [mine, least] = await interleaved(3, [
        async () => (await load(ours.url, clients, SECONDS, shot)).rate,
        async () => (await load(floor.url, clients, SECONDS, floorShot)).rate,
      ]);
      rows.push({
        work: `${name} over HTTP, ${clients} client${clients > 1 ? 's' : ''}`,
        ours: perSecond(mine!),
        floor: perSecond(least!),
        ratio: mine! / least!,
        goal: { atLeast: clients === 1 ? 0.5 : 0.35 },
      });
    }
  }

  const save = () =>
    graphql(
      'mutation S($input: SaveMemoryInput!) { saveMemory(input: $input) { ... on SaveMemoryPayload { memory { id } } } }',
      { projectId: project.id, role: 'USER', content: benchMemory(1, project.key).content },
    );
  const [mine, least] = await interleaved(5, [
    async () => median((await load(ours.url, 1, 1, save)).times),
    async () => median((await load(floor.url, 1, 1, () => bare('memories', benchMemory(1, other.key)))).times),
  ]);
  rows.push({
    work: 'saveMemory acknowledged',
    ours: milliseconds(mine!),
    floor: milliseconds(least!),
    ratio: mine! / least!,
    goal: { atMost: 2 },
    note: 'while earlier ones are being embedded',
  });

  for (const server of [ours, floor]) await server.stop();
  for (const each of [folder, elsewhere]) await each.remove();
  return rows;
};

/** Tasks that exist already, so that each request changes another one. */
function createSupply({ path, key }: { readonly path: string; readonly key: string }) {
  let tasks: Task[] = [];
  return {
    async fill(count: number): Promise<void> {
      tasks = Array.from({ length: count }, (_, index) => benchTask(index, key));
      await fill(path, 'tasks', tasks);
    },
    next: (): Task => tasks.pop()!,
  };
}
