import type { Task } from '../src/domain/task.js';
import { askServer } from '../test/support/api.js';
import { startMooring, temporaryFolder } from '../test/support/machine/processes.js';
import { benchTask, createProject, fill, indexed, settled } from './fixtures.js';
import { type Bench, interleaved, median, milliseconds, type Row, timed } from './measure.js';

const TASKS = 100_000;

/** Pages of ready tasks against plain ones, among 100,000 tasks with 200,000 dependencies. */
export const bench: Bench = async () => {
  const folder = await temporaryFolder();
  const server = await startMooring(folder.path);
  const project = await createProject(server.url, folder.path);
  const tasks = Array.from({ length: TASKS }, (_, index) => benchTask(index, project.key));
  // The last two thirds depend on four others each: 200,000 edges in half of the tasks, whose dependencies are done or not.
  const linked = tasks.map((task, index): Task => {
    if (index % 4 === 0) return { ...task, status: 'DONE', completedAt: task.createdAt };
    if (index < TASKS / 2) return task;
    const step = index % 8 === 1 ? 4 : 1;
    return { ...task, dependsOn: [1, 2, 3, 4].map((each) => tasks[(index - each * 4 * step) & ~3]!.id) };
  });
  await fill(project.path, 'tasks', linked);
  await settled(server.url, project.id);
  await indexed(project.path);

  const page = async (field: string, after: string | null) => {
    const query = `query P($id: ID!, $after: String) { project(by: { id: $id }) { page: ${field} { pageInfo { endCursor } nodes { id title } } } }`;
    const { project: found } = await askServer<{ project: { page: { pageInfo: { endCursor: string | null } } } }>(
      server.url,
      query,
      { id: project.id, after },
    );
    return found.page.pageInfo.endCursor;
  };
  const READY = 'readyTasks(first: 20, after: $after)';
  const PLAIN = 'tasks(first: 20, after: $after, filter: { statuses: [BACKLOG] })';
  let deep: string | null = null;
  for (let count = 0; count < 25_000; count += 200) deep = await page('readyTasks(first: 200, after: $after)', deep);
  const time = (field: string, after: string | null) => async () => median(await timed(200, () => page(field, after)));
  const [first, plain, last] = await interleaved(5, [time(READY, null), time(PLAIN, null), time(READY, deep)]);
  const rows: Row[] = [
    {
      work: 'readyTasks, page 1 of 20',
      ours: milliseconds(first!),
      floor: milliseconds(plain!),
      ratio: first! / plain!,
      goal: { atMost: 3 },
      note: 'against a plain list',
    },
    {
      work: 'readyTasks, after 25,000',
      ours: milliseconds(last!),
      floor: milliseconds(first!),
      ratio: last! / first!,
      goal: { atMost: 1.1 },
      note: 'against page 1',
    },
  ];
  await server.stop();
  await folder.remove();
  return rows;
};
