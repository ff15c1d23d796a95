import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MARKER, OTHER_SECRET, SECRET } from '../../support/secrets.js';
import { type Graph, startGraph } from '../support.js';

let graph: Graph;
let projectId: string;
beforeAll(async () => {
  graph = await startGraph({ shared: true });
});
beforeEach(async () => {
  projectId = (await graph.project()).id;
});

const found = (count: number) => [{ rule: 'github-token', count }];
const REDACTIONS = 'redactions { rule count }';
const content = `Log in with ${SECRET}`;
const redacted = `Log in with ${MARKER}`;

interface Record {
  readonly id: string;
  readonly version: number;
}
interface Refused {
  readonly __typename: string;
  readonly message: string;
  readonly [field: string]: unknown;
}
const refuse = (name: string, input: object) => graph.mutate<Refused>(name, input, 'redactions { rule }');
const REFUSED = { __typename: 'SecretRefusedError' };

describe('a payload says what was redacted in what it saved, and so does the record', () => {
  it('of one memory, an update, an upsert and a reversion', async () => {
    const fields = `memory { id version content ${REDACTIONS} } ${REDACTIONS}`;
    const memory = { projectId, role: 'USER', content, externalId: 'a' };
    const saved = await graph.write<{ memory: Record }>('saveMemory', memory, fields);
    expect(saved).toMatchObject({ memory: { content: redacted, redactions: found(1) }, redactions: found(1) });
    const { id } = saved.memory;
    const update = { id, version: 1, metadata: { token: SECRET } };
    expect(await graph.write('updateMemory', update, fields)).toMatchObject({
      memory: { redactions: found(2) },
      redactions: found(1),
    });
    expect(await graph.write('upsertMemory', { ...memory, metadata: {} }, `created ${fields}`)).toMatchObject({
      created: false,
      memory: { version: 3, redactions: found(1) },
      redactions: found(1),
    });
    const clean = await graph.write('updateMemory', { id, version: 3, content: 'Ahoy' }, fields);
    expect(clean).toMatchObject({ memory: { redactions: [] }, redactions: [] });
    const revert = { id, version: 4, toVersion: 1 };
    expect(
      await graph.write('revertRecord', revert, `record { ... on Memory { content ${REDACTIONS} } } ${REDACTIONS}`),
    ).toMatchObject({ record: { content: redacted, redactions: found(1) }, redactions: [] });
  });

  it('of many at once, all together', async () => {
    const memories = [content, 'Ahoy', `${SECRET} ${OTHER_SECRET}`].map((text) => ({ role: 'USER', content: text }));
    const fields = `memories { ${REDACTIONS} } ${REDACTIONS}`;
    expect(await graph.write('saveMemories', { projectId, memories }, fields)).toMatchObject({
      memories: [{ redactions: found(1) }, { redactions: [] }, { redactions: found(2) }],
      redactions: found(3),
    });
    const tasks = [{ title: content }, { title: 'Moor', description: content }];
    expect(await graph.write('createTasks', { projectId, tasks }, `tasks { title } ${REDACTIONS}`)).toMatchObject({
      tasks: [{ title: redacted }, { title: 'Moor' }],
      redactions: found(2),
    });
  });

  it('of tasks, claims, sessions, states and projects', async () => {
    const task = await graph.write<{ task: Record }>(
      'createTask',
      { projectId, title: 'Moor', analysis: content, testingUrls: [{ label: content, url: 'https://example.org' }] },
      `task { id version analysis testingUrls { label } } ${REDACTIONS}`,
    );
    expect(task).toMatchObject({
      task: { analysis: redacted, testingUrls: [{ label: redacted }] },
      redactions: found(2),
    });
    const { id } = task.task;
    const claim = { projectId, id, agent: 'ada' };
    const claimed = await graph.write<{ claim: { token: number } }>(
      'claimTask',
      claim,
      `claim { token } ${REDACTIONS}`,
    );
    expect(claimed).toMatchObject({ redactions: [] });
    const { token } = claimed.claim;
    expect(
      await graph.write('completeTask', { id, token, result: content }, `task { result } ${REDACTIONS}`),
    ).toMatchObject({ task: { result: redacted }, redactions: found(1) });
    const session = { projectId, title: content, metadata: { env: [SECRET] } };
    expect(await graph.write('createSession', session, `session { title metadata } ${REDACTIONS}`)).toMatchObject({
      session: { title: redacted, metadata: { env: [MARKER] } },
      redactions: found(2),
    });
    const state = { ownerId: projectId, key: 'plan', value: { a: [SECRET], b: 1 } };
    expect(await graph.write('upsertState', state, `state { value } ${REDACTIONS}`)).toMatchObject({
      state: { value: { a: [MARKER], b: 1 } },
      redactions: found(1),
    });
    const project = { name: 'Quay', customInstructions: content, techStack: ['TypeScript', SECRET] };
    expect(
      await graph.write('createProject', project, `project { techStack customInstructions } ${REDACTIONS}`),
    ).toMatchObject({
      project: { techStack: ['TypeScript', MARKER], customInstructions: redacted },
      redactions: found(2),
    });
  });
});

it('a refused secret is an error of the result, with field and rule, and without the secret', async () => {
  const sessionId = await refuse('saveMemory', { projectId, role: 'USER', content: 'Ahoy', sessionId: SECRET });
  expect(sessionId).toMatchObject(REFUSED);
  const { error } = await graph.ask<{ error: Refused }>(
    `mutation ($projectId: ID!, $key: String!) { error: createSession(input: { projectId: $projectId, key: $key }) {
      ... on SecretRefusedError { code message hint field rule } } }`,
    { projectId, key: SECRET },
  );
  expect(error).toMatchObject({ code: 'SECRET_REFUSED', field: 'key', rule: 'github-token' });
  expect(JSON.stringify(error)).not.toContain(SECRET);
});

it("a project's policy is kept with it, and counts for what is saved in it and for itself", async () => {
  const fields = 'project { id version secrets }';
  const created = await graph.write<{ project: Record }>('createProject', { name: 'Quay', secrets: 'REFUSE' }, fields);
  const { id } = created.project;
  expect(created).toMatchObject({ project: { secrets: 'REFUSE' } });
  expect(await refuse('saveMemory', { projectId: id, role: 'USER', content })).toMatchObject(REFUSED);
  expect(await refuse('createTask', { projectId: id, title: content })).toMatchObject(REFUSED);
  expect(await refuse('updateProject', { id, version: 1, description: content })).toMatchObject(REFUSED);
  const off = { id, version: 1, secrets: 'OFF', description: content };
  expect(await graph.write('updateProject', off, 'project { secrets description }')).toMatchObject({
    project: { secrets: 'OFF', description: content },
  });
  const task = { projectId: id, title: content };
  expect(await graph.write('createTask', task, 'task { title }')).toMatchObject({ task: { title: content } });
  expect(await graph.write('updateProject', { id, version: 2, secrets: null }, fields)).toMatchObject({
    project: { secrets: null },
  });
  expect(await graph.write('createTask', task, 'task { title }')).toMatchObject({ task: { title: redacted } });
});

it('a text of more than a thread does at once is redacted, too', async () => {
  const long = `${'All hands on deck. '.repeat(10_000)}${SECRET}`;
  const saved = await graph.write<{ memory: { content: string } }>(
    'saveMemory',
    { projectId, role: 'USER', content: long },
    `memory { content } ${REDACTIONS}`,
  );
  expect(saved.memory.content).toBe(long.replace(SECRET, MARKER));
  expect(saved).toMatchObject({ redactions: found(1) });
});
