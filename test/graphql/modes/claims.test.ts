import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Graph, startGraph } from '../support.js';

interface Claimed {
  readonly __typename: string;
  readonly message?: string;
  readonly blockedBy?: readonly string[];
  readonly heldBy?: string | null;
  readonly task: { readonly id: string; readonly version: number; readonly status: string; readonly title: string };
  readonly claim: { readonly agent: string; readonly expiresAt: string; readonly token: number };
}

interface ReadyPage {
  readonly readyTasks: {
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    readonly nodes: readonly { readonly title: string }[];
  };
}

let now: number;
let graph: Graph;
let projectId: string;

beforeAll(async () => {
  now = Date.parse('2026-01-31T09:00:00Z');
  graph = await startGraph({ shared: true, now: () => now });
});
beforeEach(async () => {
  projectId = (await graph.project()).id;
});

const TASK =
  'id title version status assignedAgent claim { agent expiresAt token } lastRelease { agent reason } result';

async function make(...tasks: readonly { title: string; [field: string]: unknown }[]): Promise<{ id: string }[]> {
  return (await graph.write<{ tasks: { id: string }[] }>('createTasks', { projectId, tasks }, 'tasks { id }')).tasks;
}

const claim = (input: object = {}) =>
  graph.mutate<Claimed>(
    'claimTask',
    { projectId, agent: 'ada', ...input },
    `task { ${TASK} } claim { agent expiresAt token } } ... on TaskNotReadyError { blockedBy heldBy heldUntil`,
  );
const update = async (id: string, change: object) => {
  const { task } = await graph.ask<{ task: { version: number } }>('query ($id: ID!) { task(id: $id) { version } }', {
    id,
  });
  return graph.write('updateTask', { id, version: task.version, ...change }, `task { ${TASK} }`);
};
const readyTitles = async (args = '') => {
  const query = `query ($id: ID!) { project(by: { id: $id }) { readyTasks${args} { nodes { title } totalCount } } }`;
  const { project } = await graph.ask<{ project: { readyTasks: { nodes: { title: string }[]; totalCount: number } } }>(
    query,
    {
      id: projectId,
    },
  );
  expect(project.readyTasks.totalCount).toBeGreaterThanOrEqual(project.readyTasks.nodes.length);
  return project.readyTasks.nodes.map(({ title }) => title);
};

const held = async (input: object = {}) => {
  const { task, claim: own } = await claim(input);
  return { id: task.id, token: own.token };
};
const later = (seconds: number) => {
  now += seconds * 1_000;
};
const inSeconds = (seconds: number) => new Date(now + seconds * 1_000).toISOString();

describe('ready tasks', () => {
  it('are those that wait for nothing, most urgent first, then oldest', async () => {
    const [first] = await make({ title: 'first' });
    await make(
      { title: 'later', dependsOn: [first!.id] },
      { title: 'urgent', priority: 'CRITICAL' },
      { title: 'stuck', status: 'BLOCKED' },
      { title: 'finished', status: 'DONE' },
    );
    expect(await readyTitles()).toEqual(['urgent', 'first']);
    await update(first!.id, { status: 'DONE' });
    expect(await readyTitles()).toEqual(['urgent', 'later']);
    await update(first!.id, { status: 'TESTING' });
    expect(await readyTitles()).toEqual(['urgent', 'first']);
  });

  it('don’t wait for deleted tasks', async () => {
    const [first] = await make({ title: 'first' });
    await make({ title: 'later', dependsOn: [first!.id] });
    await graph.write('deleteTask', { id: first!.id, version: 1 }, 'task { id }');
    expect(await readyTitles()).toEqual(['later']);
    await graph.write('restoreTask', { id: first!.id }, 'task { id }');
    expect(await readyTitles()).toEqual(['first']);
  });

  it('are filtered, by text too, and paged', async () => {
    await make(...Array.from({ length: 7 }, (_, index) => ({ title: `paint ${index}`, type: 'CHORE' })), {
      title: 'sail',
    });
    const query = `query ($id: ID!, $after: String, $filter: TaskFilter) { project(by: { id: $id }) {
      readyTasks(first: 3, after: $after, filter: $filter) { totalCount pageInfo { hasNextPage endCursor } nodes { title } } } }`;
    for (const filter of [{ text: 'PAINT' }, { types: ['CHORE'] }]) {
      const seen: string[] = [];
      let after: string | null = null;
      for (;;) {
        const answer: { project: ReadyPage } = await graph.ask<{ project: ReadyPage }>(query, {
          id: projectId,
          after,
          filter,
        });
        const { nodes, pageInfo, totalCount } = answer.project.readyTasks;
        expect(totalCount).toBe(7);
        seen.push(...nodes.map(({ title }) => title));
        after = pageInfo.endCursor;
        if (!pageInfo.hasNextPage) break;
      }
      expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6].map((index) => `paint ${index}`));
    }
  });

  it('include those of the agent itself on request', async () => {
    await make({ title: 'one' });
    await claim();
    expect(await readyTitles()).toEqual([]);
    expect(await readyTitles('(agent: "ada")')).toEqual(['one']);
    expect(await readyTitles('(agent: "bob")')).toEqual([]);
  });
});

describe('a claim', () => {
  it('takes the first ready task, and no other agent gets it', async () => {
    await make({ title: 'one' }, { title: 'two' });
    const first = await claim();
    expect(first).toMatchObject({
      task: { title: 'one', status: 'IN_PROGRESS', assignedAgent: 'ada' },
      claim: { agent: 'ada', token: 1, expiresAt: inSeconds(900) },
    });
    expect(await claim({ agent: 'bob' })).toMatchObject({ task: { title: 'two' } });
    expect(await claim({ agent: 'cid' })).toMatchObject({ __typename: 'NothingReadyError', code: 'NOTHING_READY' });
    expect(await claim({ agent: 'cid', id: first.task.id })).toMatchObject({
      __typename: 'TaskNotReadyError',
      heldBy: 'ada',
      heldUntil: first.claim.expiresAt,
    });
  });

  it('of a named task needs what it depends on to be done', async () => {
    const [first] = await make({ title: 'first' });
    const [second] = await make({ title: 'second', dependsOn: [first!.id] });
    expect(await claim({ id: second!.id })).toMatchObject({ __typename: 'TaskNotReadyError', blockedBy: [first!.id] });
    await update(first!.id, { status: 'DONE' });
    expect(await claim({ id: second!.id })).toMatchObject({ task: { title: 'second' } });
  });

  it('is by handle, in any spelling', async () => {
    const [one] = await make({ title: 'one' });
    const { task } = await graph.ask<{ task: { handle: string } }>('query ($id: ID!) { task(id: $id) { handle } }', {
      id: one!.id,
    });
    expect(one!.id).toContain(task.handle);
    const spelled = `${task.handle.slice(0, 3)}-${task.handle.slice(3)}`.toUpperCase();
    expect(await claim({ handle: spelled })).toMatchObject({ task: { id: one!.id } });
    const by = { projectId, handle: spelled };
    expect(await graph.ask('query ($by: TaskBy!) { task(by: $by) { id } }', { by })).toEqual({ task: { id: one!.id } });
    const none = { projectId, handle: 'zzzzzzz' };
    expect(await graph.ask('query ($by: TaskBy!) { task(by: $by) { id } }', { by: none })).toEqual({ task: null });
    expect(await claim({ handle: 'zzzzzzz' })).toMatchObject({ __typename: 'NotFoundError' });
  });

  it('is renewed, released with a reason, and completed, by its token', async () => {
    await make({ title: 'one', status: 'TESTING' });
    const first = await held();
    later(600);
    expect(await graph.write('renewClaim', { ...first, leaseSeconds: 60 }, `task { ${TASK} }`)).toMatchObject({
      task: { claim: { agent: 'ada', token: 1, expiresAt: inSeconds(60) } },
    });
    expect(await graph.write('releaseTask', { ...first, reason: 'no paint' }, `task { ${TASK} }`)).toMatchObject({
      task: { status: 'TESTING', assignedAgent: null, claim: null, lastRelease: { agent: 'ada', reason: 'no paint' } },
    });
    const second = await held({ agent: 'bob' });
    expect(second.token).toBe(2);
    const stageResult = { stage: 'review', status: 'passed' };
    expect(
      await graph.write(
        'completeTask',
        { ...second, result: 'painted', stageResult },
        `task { ${TASK} stageResults { stage at } completedAt }`,
      ),
    ).toMatchObject({
      task: {
        status: 'DONE',
        result: 'painted',
        claim: null,
        stageResults: [{ stage: 'review', at: expect.any(String) }],
      },
    });
  });

  it('outlives its first expiry when it is renewed, and expires after its second', async () => {
    await make({ title: 'one' });
    const mine = await held({ leaseSeconds: 60 });
    later(59);
    await graph.write('renewClaim', { ...mine, leaseSeconds: 60 }, 'task { id }');
    later(59);
    expect(await readyTitles()).toEqual([]);
    expect(await claim({ agent: 'bob' })).toMatchObject({ __typename: 'NothingReadyError' });
    await graph.write('renewClaim', { ...mine, leaseSeconds: 60 }, 'task { id }');
    later(60);
    expect(await graph.mutate('renewClaim', mine, 'task { id }')).toMatchObject({ __typename: 'ClaimLostError' });
    expect(await claim({ agent: 'bob' })).toMatchObject({ task: { title: 'one' }, claim: { token: 2 } });
  });

  it('by the holder again has a new token, and the one before is refused', async () => {
    const [one] = await make({ title: 'one', status: 'TESTING' });
    const first = await held({ leaseSeconds: 60 });
    later(30);
    const again = await claim({ id: one!.id, leaseSeconds: 60 });
    expect(again).toMatchObject({
      task: { status: 'IN_PROGRESS', assignedAgent: 'ada' },
      claim: { agent: 'ada', token: 2, expiresAt: inSeconds(60) },
    });
    for (const name of ['renewClaim', 'releaseTask', 'completeTask']) {
      expect(await graph.mutate(name, first, 'task { id }')).toMatchObject({
        __typename: 'ClaimLostError',
        message: expect.stringContaining('claimed again by ada'),
      });
    }
    // The status from before its first claim.
    expect(await graph.write('releaseTask', { id: one!.id, token: 2 }, `task { ${TASK} }`)).toMatchObject({
      task: { status: 'TESTING', claim: null },
    });
  });

  it('says whether it has expired', async () => {
    const [one] = await make({ title: 'one' });
    const query = 'query ($id: ID!) { task(id: $id) { claim { isExpired } } }';
    await claim({ leaseSeconds: 60 });
    later(59);
    expect(await graph.ask(query, one)).toEqual({ task: { claim: { isExpired: false } } });
    later(1);
    expect(await graph.ask(query, one)).toEqual({ task: { claim: { isExpired: true } } });
  });

  it('that expired is ready again, its holder writes nothing, and its history says whose it was', async () => {
    await make({ title: 'one' });
    const lost = await held({ leaseSeconds: 60 });
    later(59);
    expect(await readyTitles()).toEqual([]);
    later(2);
    expect(await readyTitles()).toEqual(['one']);
    for (const [name, more] of Object.entries({ renewClaim: {}, releaseTask: {}, completeTask: { result: 'late' } })) {
      expect(await graph.mutate(name, { ...lost, ...more }, 'task { id }')).toMatchObject({
        __typename: 'ClaimLostError',
        code: 'CLAIM_LOST',
        message: expect.stringContaining('expired'),
      });
    }
    const taken = await held({ agent: 'bob' });
    expect(taken.token).toBe(2);
    expect(await graph.mutate('completeTask', lost, 'task { id }')).toMatchObject({
      __typename: 'ClaimLostError',
      message: expect.stringContaining('bob'),
    });
    const query = 'query ($id: ID!) { task(id: $id) { status history { nodes { before } } } }';
    const { task } = await graph.ask<{
      task: { status: string; history: { nodes: { before: { claim: unknown } }[] } };
    }>(query, lost);
    expect(task.status).toBe('IN_PROGRESS');
    expect(task.history.nodes[0]!.before.claim).toMatchObject({ agent: 'ada' });
  });

  it('ends when the task is done, deleted or reverted, and its token is never given again', async () => {
    const [one] = await make({ title: 'one' });
    const first = await held();
    await update(one!.id, { status: 'DONE' });
    expect(await graph.mutate('completeTask', first, 'task { id }')).toMatchObject({ __typename: 'ClaimLostError' });
    await update(one!.id, { status: 'BACKLOG' });
    const second = await held();
    expect(second.token).toBe(2);
    const { task } = await graph.ask<{ task: { version: number } }>(
      'query ($id: ID!) { task(id: $id) { version } }',
      one,
    );
    await graph.write('revertRecord', { id: one!.id, version: task.version, toVersion: 1 }, 'record { id }');
    expect(await graph.mutate('renewClaim', second, 'task { id }')).toMatchObject({ __typename: 'ClaimLostError' });
    expect(await held()).toMatchObject({ token: 3 });
  });

  it.each([
    ['two ways to name a task', { handle: '0123456', filter: {} }],
    ['a handle that is none', { handle: 'no such' }],
    ['a lease of no time', { leaseSeconds: 0 }],
    ['too long a wait', { waitSeconds: 61 }],
    ['no agent', { agent: ' ' }],
  ])('refuses %s', async (_name, input) => {
    expect(await claim(input)).toMatchObject({ __typename: 'InvalidInputError', hint: expect.any(String) });
  });
});

describe('the time of a claim', () => {
  it('is that of the clock, however far ahead the last commit is', async () => {
    const [task] = await make({ title: 'first' });
    later(600);
    await graph.write('saveMemory', { projectId, role: 'USER', content: 'from the future' }, 'memory { id }');
    later(-600);
    const { claim: own } = await claim({ leaseSeconds: 60 });
    expect(Date.parse(own.expiresAt) - now).toBe(60_000);
    expect(await claim({ id: task!.id, agent: 'bob' })).toMatchObject({
      __typename: 'TaskNotReadyError',
      heldBy: 'ada',
    });
    const renewed = await graph.write<Claimed>(
      'renewClaim',
      { id: task!.id, token: own.token, leaseSeconds: 30 },
      `task { ${TASK} }`,
    );
    expect(renewed.task).toMatchObject({ claim: { expiresAt: new Date(now + 30_000).toISOString() } });
  });
});

describe('a release', () => {
  it('gives back the status and the agent from before the claim, unless they were changed since', async () => {
    const [task] = await make({ title: 'first', status: 'TESTING', assignedAgent: 'eve' });
    const release = async ({ token }: { token: number }) =>
      (await graph.write<Claimed>('releaseTask', { id: task!.id, token }, `task { ${TASK} }`)).task;
    expect(await release(await held())).toMatchObject({ status: 'TESTING', assignedAgent: 'eve' });

    await held({ leaseSeconds: 5 });
    later(10);
    expect(await release(await held({ agent: 'bob' }))).toMatchObject({ status: 'TESTING', assignedAgent: 'eve' });

    const own = await held();
    await update(task!.id, { status: 'CODE_REVIEW', assignedAgent: 'kim' });
    expect(await release(own)).toMatchObject({ status: 'CODE_REVIEW', assignedAgent: 'kim' });

    await held({ leaseSeconds: 5 });
    later(10);
    await update(task!.id, { status: 'ANALYSIS' });
    expect(await release(await held({ agent: 'bob' }))).toMatchObject({ status: 'ANALYSIS' });
  });
});

describe('subtasks', () => {
  it('are listed by their parent, which says how many are done', async () => {
    const [parent] = await make({ title: 'boat' });
    await make({ title: 'hull', parentId: parent!.id, status: 'DONE' }, { title: 'mast', parentId: parent!.id });
    const query = `query ($id: ID!, $filter: TaskFilter) { task(id: $id) { parent { id } progress { done total } subtasks { nodes {
      title progress { total } parent { title } } } }
      node(id: $id) { ... on Task { project { tasks(filter: $filter) { nodes { title } } } } } }`;
    expect(await graph.ask(query, { id: parent!.id, filter: { parentId: null } })).toEqual({
      task: {
        parent: null,
        progress: { done: 1, total: 2 },
        subtasks: {
          nodes: ['hull', 'mast'].map((title) => ({ title, progress: null, parent: { title: 'boat' } })),
        },
      },
      node: { project: { tasks: { nodes: [{ title: 'boat' }] } } },
    });
  });

  it('are no part of themselves, at any depth', async () => {
    const [one, two, three] = await make({ title: 'one' }, { title: 'two' }, { title: 'three' });
    await update(two!.id, { parentId: one!.id });
    await update(three!.id, { parentId: two!.id });
    for (const id of [one!.id, two!.id, three!.id]) {
      expect(await graph.mutate('updateTask', { id: one!.id, version: 1, parentId: id }, 'task { id }')).toMatchObject({
        __typename: 'InvalidInputError',
        field: 'parentId',
      });
    }
  });
});

describe('the board', () => {
  it('counts tasks by status and agent, and says who is at work', async () => {
    const [first] = await make({ title: 'first' }, { title: 'second' });
    await make({ title: 'third', dependsOn: [first!.id] }, { title: 'old', status: 'DONE' });
    await claim({ leaseSeconds: 60 });
    later(120);
    const { claim: own } = await claim({ agent: 'bob', filter: { text: 'second' } });
    const query = `query ($id: ID!) {
      taskBoard(projectId: $id) { byStatus { status count } ready blocked claimed overdue byAgent { agent assigned claimed overdue } }
      project(by: { id: $id }) { agents { name lastSeen lastAction { operation recordId } claims { task { title } expiresAt } } }
      task(id: "${first!.id}") { blocks { totalCount nodes { title blockedBy { title } } } }
    }`;
    const answer = await graph.ask<{ taskBoard: { byStatus: { status: string; count: number }[] } }>(query, {
      id: projectId,
    });
    expect(answer).toMatchObject({
      taskBoard: {
        ready: 1,
        blocked: 1,
        claimed: 1,
        overdue: 1,
        byAgent: [
          { agent: 'ada', assigned: 1, claimed: 0, overdue: 1 },
          { agent: 'bob', assigned: 1, claimed: 1, overdue: 0 },
        ],
      },
      task: { blocks: { totalCount: 1, nodes: [{ title: 'third', blockedBy: [{ title: 'first' }] }] } },
    });
    const counts = answer.taskBoard.byStatus.filter(({ count }) => count > 0);
    expect(counts).toEqual([
      { status: 'BACKLOG', count: 1 },
      { status: 'IN_PROGRESS', count: 2 },
      { status: 'DONE', count: 1 },
    ]);
    expect(answer).toMatchObject({
      project: {
        agents: expect.arrayContaining([
          {
            name: 'tester',
            lastSeen: expect.any(String),
            lastAction: { operation: 'UPDATE', recordId: expect.any(String) },
            claims: [],
          },
          {
            name: 'bob',
            lastSeen: null,
            lastAction: null,
            claims: [{ task: { title: 'second' }, expiresAt: own.expiresAt }],
          },
        ]),
      },
    });
  });
});
