import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startGraph, waitingCaller } from '../graphql/support.js';
import { type Api, createApi } from '../support/api.js';
import { type Running, startMooring } from '../support/machine/processes.js';
import { startEndpoint } from './endpoint.js';
import { runHere } from './in-process.js';
import { dataFolder } from './support.js';

interface TaskLine {
  readonly id: string;
  readonly handle: string;
  readonly title: string;
  readonly status: string;
  readonly claim: { readonly agent: string; readonly token: number; readonly expiresAt: string } | null;
}

let data: Awaited<ReturnType<typeof dataFolder>>;
let server: Running;
let api: Api;
let projectId: string;
let projects = 0;
beforeAll(async () => {
  data = await dataFolder();
  server = await startMooring(data.path);
  api = createApi(server.url);
});
beforeEach(async () => {
  projects += 1;
  projectId = await api.createProject({ path: join(data.path, `work ${projects}`) });
});
afterAll(async () => {
  await server.stop();
  await data.remove();
});

const cli = (...args: string[]) => runHere({ data: data.path }, 'tasks', ...args);
/** On the test's own project. */
const on = (verb: string, ...args: string[]) => cli(verb, '--project', projectId, ...args);
async function make(...tasks: readonly object[]): Promise<{ id: string; handle: string }[]> {
  const made = await api.mutate<{ tasks: { id: string; handle: string }[] }>(
    'createTasks',
    { projectId, tasks },
    'tasks { id handle }',
  );
  return made.tasks;
}
const spelled = ({ handle }: { handle: string }) => `${handle.slice(0, 3)}-${handle.slice(3)}`;

describe('tasks', () => {
  test('are listed with their handles, narrowed by options, as a table or a line of JSON each', async () => {
    const [first] = await make(
      { title: 'Paint the hull', type: 'CHORE' },
      { title: 'Mend the sail', priority: 'HIGH', assignedAgent: 'ada' },
      { title: 'Old', status: 'DONE' },
    );
    const { code, stdout } = await on('list');
    expect(code).toBe(0);
    expect(stdout.split('\n')[3]).toMatch(
      new RegExp(`^${spelled(first!)} {2}MEDIUM {4}BACKLOG {2}CHORE {4}– {6}Paint the hull$`),
    );
    const titles = async (...args: string[]) =>
      (await on('list', '--json', ...args)).lines<TaskLine>().map(({ title }) => title);
    expect(await titles()).toEqual(['Old', 'Mend the sail', 'Paint the hull']);
    expect(await titles('--status', 'done', '--status', 'backlog', '--limit', '2')).toEqual(['Old', 'Mend the sail']);
    expect(await titles('--agent', 'ada')).toEqual(['Mend the sail']);
    expect(await titles('--type', 'chore', '--text', 'HULL', '--priority', 'medium')).toEqual(['Paint the hull']);
    expect((await on('list', '--text', 'keel')).stdout).toBe('No task matches.\n');
  });

  test('that are ready come most urgent first, and none is no failure', async () => {
    expect(await on('ready')).toMatchObject({ code: 0, stdout: 'No task is ready.\n' });
    const [first] = await make({ title: 'Paint the hull' }, { title: 'Mend the sail', priority: 'HIGH' });
    await make({ title: 'Set sail', dependsOn: [first!.id] });
    const ready = (await on('ready', '--json')).lines<TaskLine>();
    expect(ready.map(({ title }) => title)).toEqual(['Mend the sail', 'Paint the hull']);
  });

  test('are those of the project in the working directory when none is named', async () => {
    const folder = await dataFolder();
    await make({ title: 'Elsewhere' });
    projectId = await api.createProject({ path: folder.path });
    await make({ title: 'Here' });
    const env = { MOORING_URL: server.url };
    expect((await runHere({ data: folder.path, env }, 'tasks', 'list')).stdout).toMatch(/ Here\n$/);
    expect(await cli('list')).toMatchObject({ code: 4, stderr: expect.stringContaining('--project') });
    await folder.remove();
  });

  test('are counted on the board', async () => {
    const [first] = await make({ title: 'Paint the hull' }, { title: 'Mend the sail' });
    await make({ title: 'Set sail', dependsOn: [first!.id] });
    await on('claim', '--agent', 'ada');
    const { stdout } = await on('board');
    expect(stdout).toBe(
      [
        'status       tasks',
        'BACKLOG          2',
        'IN_PROGRESS      1',
        '',
        '1 task ready, 1 blocked, 1 claimed, 0 overdue',
        '',
        'agent  assigned  claimed  overdue',
        'ada           1        1        0',
        '',
      ].join('\n'),
    );
    const [board] = (await on('board', '--json')).lines();
    expect(board).toMatchObject({ ready: 1, byAgent: [{ agent: 'ada', claimed: 1 }] });
  });
});

describe('a claim', () => {
  test('takes the first ready task, and prints its token and what to do next', async () => {
    const [, second] = await make({ title: 'Paint the hull' }, { title: 'Mend the sail', priority: 'HIGH' });
    const { code, stdout } = await on('claim', '--agent', 'ada', '--lease', '60');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      new RegExp(`^${spelled(second!)} {2}Mend the sail\nClaimed by ada until \\S+Z. The token is 1.`),
    );
    expect(stdout).toContain(`mooring tasks done ${spelled(second!)} --project ${projectId} --token 1`);
  });

  test('is refused under a name that no header can carry, as it is none', async () => {
    await make({ title: 'Paint the hull' });
    const { code, stderr } = await on('claim', '--agent', 'two\nlines');
    expect(code).toBe(2);
    expect(stderr).toContain('agent');
    expect(stderr).toContain('printable characters');
  });

  test('is renewed, released and completed by handle or by id, in the name of its agent', async () => {
    const [task] = await make({ title: 'Mend the sail' });
    const agent = 'Ærø 灯';
    const [first] = (await on('claim', task!.handle, '--agent', agent, '--json')).lines<TaskLine>();
    expect(first).toMatchObject({ id: task!.id, claim: { agent, token: 1 } });
    const [renewed] = (await cli('renew', task!.id, '--token', '1', '--lease', '3600', '--json')).lines<TaskLine>();
    expect(renewed!.claim).toMatchObject({ agent, token: 1 });
    // An hour from now, where a quarter of one is the default.
    const expiryOf = ({ claim }: TaskLine) => Date.parse(claim!.expiresAt);
    expect(expiryOf(renewed!) - expiryOf(first!)).toBeGreaterThanOrEqual(2_700_000);
    expect((await cli('renew', task!.id, '--token', '1')).stdout).toContain(`Claimed by ${agent} until`);
    expect((await on('release', spelled(task!), '--token', '1', '--reason', 'no thread')).stdout).toContain(
      'Released: BACKLOG',
    );
    await on('claim', task!.id, '--agent', 'bob');
    const done = await on('done', spelled(task!).toUpperCase(), '--token', '2', '--result', 'Sewn.', '--json');
    expect(done.lines<TaskLine>()).toMatchObject([{ id: task!.id, status: 'DONE', claim: null }]);
    const query =
      'query ($id: ID!) { task(id: $id) { result lastRelease { agent reason } history(direction: ASC) { nodes { actor } } } }';
    expect(await api.ask(query, { id: task!.id })).toEqual({
      task: {
        result: 'Sewn.',
        lastRelease: { agent, reason: 'no thread' },
        history: { nodes: ['tester', agent, agent, agent, agent, 'bob', 'bob'].map((actor) => ({ actor })) },
      },
    });
  });

  test('waits for a task that becomes ready', async () => {
    let refused = () => {};
    const isRefused = new Promise<void>((resolve) => {
      refused = resolve;
    });
    const graph = await startGraph({ caller: waitingCaller(() => refused()) });
    const { id: project } = await graph.project();
    await graph.write('createTask', { projectId: project, title: 'Mend the sail' }, 'task { id }');
    const bob = { projectId: project, agent: 'bob' };
    const { task } = await graph.write<{ task: { id: string } }>('claimTask', bob, 'task { id }');
    const url = await startEndpoint(({ query, variables }) => graph.run(query, variables));
    const options = ['--url', url, '--project', project, '--agent', 'ada', '--wait', '60', '--json'];
    const claiming = cli('claim', ...options);
    await Promise.race([isRefused, claiming]);
    await graph.write('releaseTask', { id: task.id, token: 1 }, 'task { id }');
    const { code, stderr, lines } = await claiming;
    expect([code, stderr]).toEqual([0, '']);
    expect(lines()).toMatchObject([{ id: task.id, claim: { agent: 'ada', token: 2 } }]);
  });

  test('exits with 7 when nothing is ready, and with 8 when it is lost', async () => {
    expect(await on('claim', '--agent', 'ada')).toMatchObject({
      code: 7,
      stdout: '',
      stderr: expect.stringContaining('--wait 60'),
    });
    const [task] = await make({ title: 'Mend the sail' });
    await on('claim', '--agent', 'ada');
    expect(await on('claim', task!.handle, '--agent', 'bob')).toMatchObject({
      code: 7,
      stderr: expect.stringContaining('is claimed by ada'),
    });
    for (const verb of ['renew', 'release', 'done']) {
      const { code, stderr } = await on(verb, task!.handle, '--token', '2', '--json');
      expect([code, JSON.parse(stderr)]).toEqual([8, expect.objectContaining({ code: 'CLAIM_LOST' })]);
    }
  });

  test('of what doesn’t exist exits with 4, and of two things at once with 2', async () => {
    const [task] = await make({ title: 'Mend the sail' });
    expect((await on('claim', 'zzzzzzz', '--agent', 'ada')).code).toBe(4);
    expect((await on('claim', task!.handle, '--text', 'sail', '--agent', 'ada')).code).toBe(2);
    expect((await on('claim', 'no handle', '--agent', 'ada')).code).toBe(2);
    expect((await on('claim')).code).toBe(2);
    await api.mutate('deleteTask', { id: task!.id, version: 1 }, 'task { id }');
    expect(await cli('claim', task!.id, '--agent', 'ada')).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('it is deleted'),
    });
  });
});
