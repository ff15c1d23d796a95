import { beforeEach, describe, expect, it } from 'vitest';
import { type Graph, prepare, startGraph } from '../support.js';

const START = Date.parse('2026-03-01T12:00:00Z');
const HOUR = 3_600_000;

let graph: Graph;
let projectId: string;
let now = START;

prepare(async () => {
  graph = await startGraph({ shared: true, now: () => now });
});
beforeEach(async () => {
  now = START;
  projectId = (await graph.project()).id;
});

interface Times {
  readonly id: string;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deletedAt: string | null;
}
const TIMES = 'id version createdAt updatedAt deletedAt';

async function write<T extends Times>(name: string, input: object, noun: string, more = ''): Promise<T> {
  return (await graph.write<{ [noun: string]: T }>(name, input, `${noun} { ${TIMES} ${more} }`))[noun]!;
}
const makeTask = (title: string) => write('createTask', { projectId, title }, 'task');

async function read<T>(fields: string): Promise<T> {
  const query = `query ($id: ID!) { project(by: { id: $id }) { ${fields} } }`;
  return (await graph.ask<{ project: T }>(query, { id: projectId })).project;
}

/** Times that never fall, each ending with the one before it if it is the first of all. */
const expectRising = (times: readonly (string | null)[]) => expect(times).toEqual([...times].sort());

describe('a clock that steps back', () => {
  it('moves no time of a record back, whatever is done to it', async () => {
    const made = await makeTask('A');
    now -= HOUR;
    const { id } = made;
    type Done = Times & { readonly completedAt: string };
    const done = await write<Done>('updateTask', { id, version: 1, status: 'DONE' }, 'task', 'completedAt');
    now -= 365 * 24 * HOUR;
    const deleted = await write('deleteTask', { id, version: 2 }, 'task');
    const restored = await write('restoreTask', { id }, 'task');
    const { record } = await graph.write<{ record: Times }>(
      'revertRecord',
      { id, version: restored.version, toVersion: 1 },
      `record { ... on Task { ${TIMES} } }`,
    );
    expectRising([
      made.createdAt,
      made.updatedAt,
      done.updatedAt,
      deleted.updatedAt,
      restored.updatedAt,
      record.updatedAt,
    ]);
    expect([done.completedAt, deleted.deletedAt]).toEqual([done.updatedAt, deleted.updatedAt]);
  });

  it('hides neither changed nor new records from a list by time', async () => {
    const first = await makeTask('first');
    now += 1_000;
    await makeTask('second');
    now -= HOUR;
    await write('updateTask', { id: first.id, version: 1, title: 'first, changed' }, 'task');
    const titles = async (field: string) => {
      const { tasks } = await read<{ tasks: { nodes: { title: string }[] } }>(
        `tasks(orderBy: { field: ${field}, direction: DESC }) { nodes { title } }`,
      );
      return tasks.nodes.map(({ title }) => title);
    };
    expect(await titles('UPDATED_AT')).toEqual(['first, changed', 'second']);
    await makeTask('third');
    expect(await titles('UPDATED_AT')).toEqual(['third', 'first, changed', 'second']);
    expect(await titles('CREATED_AT')).toEqual(['third', 'second', 'first, changed']);
  });

  it("doesn't make a log run backwards", async () => {
    for (let n = 0; n < 5; n += 1) {
      await makeTask(`task ${n}`);
      now -= HOUR;
    }
    const { log } = await read<{ log: { nodes: { at: string }[] } }>(
      'log(direction: ASC, first: 200) { nodes { at } }',
    );
    expect(log.nodes.length).toBeGreaterThanOrEqual(5);
    expectRising(log.nodes.map(({ at }) => at));
  });

  it('holds for projects, and for all that one write deletes', async () => {
    const session = 'one';
    const memory = await write('saveMemory', { projectId, role: 'USER', content: 'x', sessionId: session }, 'memory');
    now -= HOUR;
    const gone = await graph.write<{ count: number }>(
      'deleteMemories',
      { projectId, filter: { sessionId: session } },
      'count',
    );
    expect(gone.count).toBe(1);
    const { memories } = await read<{ memories: { nodes: Times[] } }>(`memories(deleted: ONLY) { nodes { ${TIMES} } }`);
    expectRising([memory.updatedAt, memories.nodes[0]!.deletedAt, memories.nodes[0]!.updatedAt]);
    const project = await write('updateProject', { id: projectId, version: 1, name: 'Other' }, 'project');
    expectRising([project.createdAt, project.updatedAt]);
  });

  it('is used again once it has caught up', async () => {
    await makeTask('A');
    now -= HOUR;
    await makeTask('B');
    now += 2 * HOUR;
    expect((await makeTask('C')).createdAt).toBe(new Date(START + HOUR).toISOString());
  });
});
