import type { StorageMode } from '../src/domain/project.js';
import type { Task } from '../src/domain/task.js';
import { askServer } from '../test/support/api.js';
import { startMooring, temporaryFolder } from '../test/support/machine/processes.js';
import { startMongo } from '../test/support/mongodb/server.js';
import { benchTask, createProject, fill, indexed, settled } from './fixtures.js';
import { load, type Shot } from './load.js';
import { type Bench, interleaved, milliseconds, type Row } from './measure.js';

const TASKS = 100_000;
/** Where tasks are written through the API. */
const FEWER_TASKS = 20_000;
const BATCH = 500;
const SECONDS = { LOCAL: 2, FILE: 1, MONGODB: 1 };

/** Claims of the next ready task against updates of tasks, in every mode. */
export const bench: Bench = async () => {
  const folder = await temporaryFolder();
  const mongo = await startMongo();
  const server = await startMooring(folder.path, { MONGODB_CONNECTION_STRING: mongo.uri });
  const rows: Row[] = [];
  for (const mode of ['LOCAL', 'FILE', 'MONGODB'] as const) {
    const { id, supply } = await (mode === 'LOCAL' ? fillLocal(server.url, folder.path) : fillByApi(server.url, mode));
    rows.push(...(await claims(server.url, id, supply, mode)));
  }
  await server.stop();
  await mongo.stop();
  await folder.remove();
  return rows;
};

/** Tasks to update: not those that are claimed first. */
type Supply = { readonly id: string }[];

/** A quarter of the tasks is done, and half of them depend on four others each. */
async function fillLocal(url: string, path: string): Promise<{ readonly id: string; readonly supply: Supply }> {
  const project = await createProject(url, path);
  const all = Array.from({ length: TASKS }, (_, index) => benchTask(index, project.key));
  const linked = all.map((task, index): Task => {
    if (index % 4 === 0) return { ...task, status: 'DONE', completedAt: task.createdAt };
    return index < TASKS / 2
      ? task
      : { ...task, dependsOn: [1, 2, 3, 4].map((each) => all[(index - each * 4) & ~3]!.id) };
  });
  await fill(project.path, 'tasks', linked);
  await settled(url, project.id);
  await indexed(project.path);
  const open = linked.filter(({ status }) => status !== 'DONE');
  return { id: project.id, supply: open.reverse() };
}

async function fillByApi(
  url: string,
  storageMode: StorageMode,
): Promise<{ readonly id: string; readonly supply: Supply }> {
  const made = await askServer<{ createProject: { project: { id: string } } }>(
    url,
    'mutation C($input: CreateProjectInput!) { createProject(input: $input) { ... on CreateProjectPayload { project { id } } ... on Error { message } } }',
    { input: { name: storageMode, storageMode } },
  );
  const { id } = made.createProject.project;
  const supply: { id: string }[] = [];
  for (let start = 0; start < FEWER_TASKS; start += BATCH) {
    const tasks = Array.from({ length: BATCH }, (_, index) => {
      const { title, description, priority } = benchTask(start + index);
      return { title, description, priority };
    });
    const { createTasks } = await askServer<{ createTasks: { tasks: { id: string }[] } }>(
      url,
      'mutation C($input: CreateTasksInput!) { createTasks(input: $input) { ... on CreateTasksPayload { tasks { id } } ... on Error { message } } }',
      { input: { projectId: id, tasks } },
    );
    supply.push(...createTasks.tasks);
  }
  await settled(url, id);
  return { id, supply: supply.reverse() };
}

async function claims(
  url: string,
  projectId: string,
  supply: Supply,
  mode: keyof typeof SECONDS,
): Promise<readonly Row[]> {
  const graphql = (query: string, input: object): Shot => ({
    method: 'POST',
    path: '/graphql',
    body: JSON.stringify({ query, variables: { input } }),
  });
  const claim = () =>
    graphql(
      'mutation C($input: ClaimTaskInput!) { claimTask(input: $input) { ... on ClaimTaskPayload { task { id version } } ... on Error { errors: code } } }',
      { projectId, agent: 'bench', leaseSeconds: 86_400 },
    );
  const update = () =>
    graphql(
      'mutation U($input: UpdateTaskInput!) { updateTask(input: $input) { ... on UpdateTaskPayload { task { id version } } ... on Error { errors: code } } }',
      { id: supply.shift()!.id, version: 1, assignedAgent: 'bench' },
    );
  const rows: Row[] = [];
  for (const [clients, goal] of [
    [1, 1.5],
    [50, 2],
  ] as const) {
    const [ours, updates] = await interleaved(3, [
      async () => 1_000 / (await load(url, clients, SECONDS[mode], claim)).rate,
      async () => 1_000 / (await load(url, clients, SECONDS[mode], update)).rate,
    ]);
    rows.push({
      work: `claimTask of the next ready one, ${mode}, ${clients} client${clients > 1 ? 's' : ''}`,
      ours: milliseconds(ours!),
      floor: milliseconds(updates!),
      ratio: ours! / updates!,
      goal: { atMost: goal },
      note: 'against updateTask',
    });
  }
  return rows;
}
