import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createIdGenerator } from '../../../src/domain/id.js';
import { type Graph, startGraph } from '../support.js';

interface Saved {
  readonly id: string;
  readonly version: number;
  readonly [field: string]: unknown;
}
interface Outcome {
  readonly __typename: string;
  readonly message: string;
  readonly field?: string;
  readonly existingId?: string;
  readonly memory: Saved;
}

const FIELDS = `id version content role kind pinned toolName toolCallId supersedes { id } supersededBy { id }
  references referencedRecords { id __typename } referencedBy { nodes { id } }`;

let graph: Graph;
let projectId: string;

beforeAll(async () => {
  graph = await startGraph({ shared: true });
});
beforeEach(async () => {
  projectId = (await graph.project()).id;
});

const mutate = (name: string, input: object) =>
  graph.mutate<Outcome>(name, input, `memory { ${FIELDS} } } ... on AlreadyExistsError { existingId`);
const save = async (content: string, own: object = {}): Promise<Saved> => {
  const input = { projectId, role: 'USER', content, ...own };
  return (await graph.write<Outcome>('saveMemory', input, `memory { ${FIELDS} }`)).memory;
};
const task = async (title: string) =>
  (await graph.write<{ task: Saved }>('createTask', { projectId, title }, 'task { id version }')).task;
const read = async (id: string) =>
  (await graph.ask<{ memory: Saved }>(`query ($id: ID!) { memory(id: $id) { ${FIELDS} } }`, { id })).memory;
const ofProject = async <T>(field: string, variables: object = {}, declared = ''): Promise<T> => {
  const query = `query ($id: ID!${declared}) { project(by: { id: $id }) { answer: ${field} } }`;
  return (await graph.ask<{ project: { answer: T } }>(query, { id: projectId, ...variables })).project.answer;
};
const contents = (nodes: readonly { readonly content: string }[]) => nodes.map(({ content }) => content);

describe('the kind of a memory', () => {
  it('and its pin have defaults, are set and changed, and select memories', async () => {
    const plain = await save('hello');
    expect(plain).toMatchObject({ kind: 'MESSAGE', pinned: false, references: [], supersedes: null });
    const fact = await save('water is wet', { kind: 'FACT', pinned: true });
    const note = await save('buy rope');
    const change = { id: note.id, version: note.version, kind: 'NOTE', pinned: true };
    expect((await mutate('updateMemory', change)).memory).toMatchObject({ kind: 'NOTE', pinned: true, version: 2 });

    const list = async (filter: object) =>
      contents(
        (
          await ofProject<{ nodes: { content: string }[] }>(
            'memories(filter: $filter) { nodes { content } }',
            { filter },
            ', $filter: MemoryFilter',
          )
        ).nodes,
      ).sort();
    expect(await list({ kinds: ['FACT', 'NOTE'] })).toEqual(['buy rope', 'water is wet']);
    expect(await list({ kinds: ['MESSAGE'] })).toEqual(['hello']);
    expect(await list({ kinds: [] })).toEqual([]);
    expect(await list({ pinned: true, kinds: ['FACT'] })).toEqual(['water is wet']);
    expect(await list({ pinned: false })).toEqual(['hello']);
    const deleting = { projectId, filter: { kinds: ['FACT'] } };
    expect(await graph.write('deleteMemories', deleting, 'count ids')).toMatchObject({ count: 1, ids: [fact.id] });
  });

  it('is the default in a record that an earlier version wrote, and again after a reversion to it', async () => {
    const { store, project } = await graph.factory.of(projectId);
    const id = createIdGenerator()('memory', project.key);
    const at = '2026-01-01T00:00:00.000Z';
    const base = { id, version: 1, createdAt: at, updatedAt: at, deletedAt: null, externalId: null };
    const own = { sessionId: null, taskId: null, role: 'USER', content: 'from before', metadata: {}, occurredAt: at };
    const document = { ...base, ...own, deletedWith: null };
    const context = { epoch: project.epoch, actor: 'earlier', requestId: 'r', at };
    await store.commit([{ kind: 'put', collection: 'memories', operation: 'CREATE', document }], context);

    expect(await read(id)).toMatchObject({ kind: 'MESSAGE', pinned: false, toolName: null, references: [] });
    const selected = await ofProject<{ nodes: { id: string }[] }>(
      'memories(filter: { kinds: [MESSAGE], pinned: false }) { nodes { id } }',
    );
    expect(selected.nodes).toEqual([{ id }]);
    const changed = await mutate('updateMemory', { id, version: 1, kind: 'DECISION', pinned: true });
    expect(changed.memory).toMatchObject({ kind: 'DECISION', pinned: true });
    await graph.write('revertRecord', { id, version: 2, toVersion: 1 }, 'record { id }');
    expect(await read(id)).toMatchObject({ kind: 'MESSAGE', pinned: false, content: 'from before', version: 3 });
  });
});

describe('a memory of a tool', () => {
  it('names the tool and the call, which no other memory does', async () => {
    const tool = { role: 'TOOL', toolName: 'grep', toolCallId: 'call-1' };
    const saved = await save('3 matches', tool);
    expect(saved).toMatchObject(tool);
    for (const own of [{ toolName: 'grep' }, { toolCallId: 'call-1' }]) {
      const refused = await mutate('saveMemory', { projectId, role: 'ASSISTANT', content: 'x', ...own });
      expect(refused).toMatchObject({ __typename: 'InvalidInputError', field: Object.keys(own)[0] });
      expect(refused.message).toContain('is only for the role TOOL, not for ASSISTANT');
    }
    const { memory } = await mutate('updateMemory', { id: saved.id, version: 1, role: 'USER' });
    expect(memory).toMatchObject({ role: 'USER', toolName: null, toolCallId: null });
  });
});

describe('references of a memory', () => {
  it('are shown from both sides, deleted records only on request', async () => {
    const [job, fact] = [await task('a job'), await save('a fact')];
    const decision = await save('so be it', { references: [fact.id, job.id, fact.id] });
    expect(decision.references).toEqual([fact.id, job.id]);
    expect(decision.referencedRecords).toEqual([
      { id: fact.id, __typename: 'Memory' },
      { id: job.id, __typename: 'Task' },
    ]);
    expect((await read(fact.id)).referencedBy).toEqual({ nodes: [{ id: decision.id }] });
    const ofJob = 'query ($id: ID!) { task(id: $id) { referencedBy { totalCount nodes { id } } } }';
    expect(await graph.ask(ofJob, { id: job.id })).toEqual({
      task: { referencedBy: { totalCount: 1, nodes: [{ id: decision.id }] } },
    });
    await graph.write('deleteTask', { id: job.id, version: 1 }, 'task { id }');
    const then = await read(decision.id);
    expect(then.references).toEqual([fact.id, job.id]);
    expect(then.referencedRecords).toEqual([{ id: fact.id, __typename: 'Memory' }]);
    const all = `query ($id: ID!) { memory(id: $id) { referencedRecords(deleted: ONLY) { id deletedAt } } }`;
    const { memory } = await graph.ask<{ memory: { referencedRecords: { id: string }[] } }>(all, { id: decision.id });
    expect(memory.referencedRecords.map(({ id }) => id)).toEqual([job.id]);
    const kept = await mutate('updateMemory', { id: decision.id, version: 1, references: [job.id] });
    expect(kept.memory).toMatchObject({ references: [job.id], referencedRecords: [], version: 2 });
    expect((await read(fact.id)).referencedBy).toEqual({ nodes: [] });
  });

  it('are paged in the order in which they were made', async () => {
    const fact = await save('a fact');
    const memories = Array.from({ length: 7 }, (_, n) => ({
      role: 'USER',
      content: `note ${n}`,
      references: [fact.id],
    }));
    await graph.write('saveMemories', { projectId, memories }, 'memories { id }');
    const query = `query ($id: ID!, $after: String) { memory(id: $id) {
      referencedBy(first: 3, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { content } } } }`;
    const seen: string[] = [];
    for (let after: string | null = null; ; ) {
      const { memory }: { memory: Page } = await graph.ask<{ memory: Page }>(query, { id: fact.id, after });
      expect(memory.referencedBy.totalCount).toBe(7);
      seen.push(...contents(memory.referencedBy.nodes));
      after = memory.referencedBy.pageInfo.endCursor;
      if (!memory.referencedBy.pageInfo.hasNextPage) break;
    }
    expect(seen).toEqual(memories.map(({ content }) => content));
  });
});

interface Page {
  readonly referencedBy: {
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    readonly nodes: readonly { readonly content: string }[];
  };
}

describe('a memory that supersedes another', () => {
  it('is named by it while it is live', async () => {
    const old = await save('use tabs', { kind: 'DECISION' });
    const current = await save('use spaces', { kind: 'DECISION', supersedes: old.id });
    expect(current.supersedes).toEqual({ id: old.id });
    expect((await read(old.id)).supersededBy).toEqual({ id: current.id });
    const list = await ofProject<{ nodes: object[] }>('memories { nodes { supersededBy { id } } }');
    expect(list.nodes).toEqual(expect.arrayContaining([{ supersededBy: { id: current.id } }, { supersededBy: null }]));
    await graph.write('deleteMemory', { id: current.id, version: 1 }, 'memory { id }');
    expect((await read(old.id)).supersededBy).toBeNull();
    await graph.write('restoreMemory', { id: current.id }, 'memory { id }');
    expect((await read(old.id)).supersededBy).toEqual({ id: current.id });
  });

  it('is the only live one, also when several are saved at once', async () => {
    const old = await save('use tabs');
    const racing = Array.from({ length: 5 }, (_, n) =>
      mutate('saveMemory', { projectId, role: 'USER', content: `use ${n} spaces`, supersedes: old.id }),
    );
    const answers = await Promise.all(racing);
    const won = answers.filter(({ __typename }) => __typename === 'SaveMemoryPayload');
    expect(won).toHaveLength(1);
    const refused = answers.filter((answer) => !won.includes(answer));
    for (const each of refused) {
      expect(each).toMatchObject({ __typename: 'AlreadyExistsError', existingId: won[0]!.memory.id });
    }
    expect((await read(old.id)).supersededBy).toEqual({ id: won[0]!.memory.id });
  });

  it('hides the other from contexts, and searches can leave it out', async () => {
    const old = await save('anchor on a short chain', { kind: 'DECISION' });
    await save('anchor on a long chain', { kind: 'DECISION', supersedes: old.id });
    await save('anchor is rusty', { pinned: true });
    await save('anchor was cleaned', { sessionId: 'deck' });
    await graph.settled(projectId);
    const find = async (superseded: string, more = '') => {
      const found = await ofProject<{ hits: { node: { content: string } }[] }>(
        `searchMemories(query: "anchor", mode: TEXT${superseded}${more}) { hits { node { content } } }`,
      );
      return contents(found.hits.map(({ node }) => node)).sort();
    };
    expect(await find('')).toHaveLength(4);
    expect(await find(', superseded: true')).toEqual(['anchor on a short chain']);
    expect(await find(', superseded: false', ', filter: { kinds: [DECISION] }')).toEqual(['anchor on a long chain']);
    expect(await find(', exceptSessionId: "deck"')).not.toContain('anchor was cleaned');
    expect(await find(', exceptSessionId: "hold"')).toHaveLength(4);
    const { items } = await ofProject<{ items: { source: string; record: { content: string } }[] }>(
      'memoryContext(query: "anchor", sessionId: "deck") { items { source record { ... on Memory { content } } } }',
    );
    expect(items.map(({ source, record }) => [source, record.content])).toEqual([
      ['PINNED', 'anchor is rusty'],
      ['DECISION', 'anchor on a long chain'],
      ['RELEVANT', 'anchor was cleaned'],
    ]);
  });
});

describe('upsertMemory', () => {
  const upsert = (input: object) =>
    graph.mutate<Outcome & { created: boolean }>(
      'upsertMemory',
      { projectId, ...input },
      `created memory { ${FIELDS} }`,
    );

  it('saves a memory, then updates it: what is left out stays', async () => {
    const externalId = 'rule-1';
    const missing = await upsert({ externalId, content: 'x' });
    expect(missing).toMatchObject({ __typename: 'InvalidInputError', field: 'role' });
    const first = await upsert({ externalId, role: 'USER', content: 'moor at dusk', kind: 'DECISION' });
    expect(first).toMatchObject({ created: true, memory: { version: 1, kind: 'DECISION', pinned: false } });
    const second = await upsert({ externalId, content: 'moor at dawn', pinned: true });
    expect(second).toMatchObject({
      created: false,
      memory: {
        id: first.memory.id,
        version: 2,
        content: 'moor at dawn',
        role: 'USER',
        kind: 'DECISION',
        pinned: true,
      },
    });
    expect(await upsert({ externalId, pinned: true })).toMatchObject({ created: false, memory: { version: 2 } });
    await graph.write('deleteMemory', { id: first.memory.id, version: 2 }, 'memory { id }');
    expect(await upsert({ externalId, content: 'x' })).toMatchObject({ __typename: 'AlreadyExistsError' });
  });

  it('of calls that race creates one record', async () => {
    const racing = Array.from({ length: 8 }, (_, n) =>
      upsert({ externalId: 'once', role: 'USER', content: `by ${n}` }),
    );
    const answers = await Promise.all(racing);
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(answers.map(({ memory }) => memory.id)).size).toBe(1);
    const { totalCount } = await ofProject<{ totalCount: number }>('memories { totalCount }');
    expect(totalCount).toBe(1);
  });
});
