import { describe, expect, it } from 'vitest';
import { author, makeProject, rejection, startBench } from './support.js';

/** What a client may send: anything. */
type Anything = never;

const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);
const withOwn = (key: string) => JSON.parse(`{"a":[{"${key}":1}]}`) as unknown;

async function start() {
  const bench = await startBench();
  const { id: projectId } = await makeProject(bench);
  const { projects, tasks, memories, states, contexts } = bench.services;
  return {
    ...bench,
    projectId,
    project: (input: object) => projects.create(author, { name: 'n', ...input } as Anything),
    task: (input: object) => tasks.create(author, { projectId, title: 't', ...input } as Anything),
    memory: (input: object) => memories.save(author, { projectId, content: 'c', role: 'USER', ...input } as Anything),
    state: (input: object) => states.save(author, { ownerId: projectId, key: 'k', value: 1, ...input } as Anything),
    context: (input: object) => contexts.memoryContext({ projectId, maxTokens: 100, query: 'q', ...input } as Anything),
  };
}
type Noun = 'project' | 'task' | 'memory' | 'state' | 'context';

const REFUSED: readonly (readonly [noun: Noun, input: object, field: string, message: RegExp])[] = [
  ['project', { name: '' }, 'name', /empty/],
  ['project', { name: ' \n' }, 'name', /empty/],
  ['project', { name: undefined }, 'name', /missing/],
  ['project', { name: null }, 'name', /null/],
  ['project', { name: 7 }, 'name', /must be a text, not a number/],
  ['project', { name: 'x'.repeat(201) }, 'name', /201 characters; at most 200/],
  ['project', { name: 'a\0b' }, 'name', /NUL/],
  ['project', { name: 'a\ud83d' }, 'name', /surrogate/],
  ['project', { path: 'work/app' }, 'path', /isn't absolute\.$/],
  ['project', { path: '' }, 'path', /empty/],
  ['project', { path: '~/app' }, 'path', /absolute/],
  ['project', { path: 'C:app' }, 'path', /absolute/],
  ['project', { path: '/a\0' }, 'path', /NUL/],
  ['project', { mode: 'COMPLEX' }, 'mode', /isn't one of SIMPLE, DEVELOPMENT/],
  ['project', { storageMode: null }, 'storageMode', /null/],
  ['project', { techStack: Array.from({ length: 101 }, () => 'x') }, 'techStack', /more than 100/],
  ['project', { techStack: ['ok', ' '] }, 'techStack.1', /blank/],
  ['project', { githubRepo: 'not a repo' }, 'githubRepo', /repository/],
  ['project', { settings: [] }, 'settings', /JSON object/],
  ['project', { settings: { a: 'x'.repeat(262_144) } }, 'settings', /bytes as JSON/],
  ['project', { settings: withOwn('__proto__') }, 'settings', /a\.0\.__proto__/],
  ['project', { externalId: '' }, 'externalId', /empty/],
  ['project', { externalId: 'x'.repeat(257) }, 'externalId', /257 characters/],
  ['task', { title: '\t' }, 'title', /empty/],
  ['task', { status: 'done' }, 'status', /BACKLOG, ANALYSIS/],
  ['task', { estimatedHours: -1 }, 'estimatedHours', /at least 0/],
  ['task', { estimatedHours: Number.POSITIVE_INFINITY }, 'estimatedHours', /finite/],
  ['task', { estimatedHours: Number.NaN }, 'estimatedHours', /finite/],
  ['task', { testingUrls: [{ label: 'x', url: 'javascript:alert(1)' }] }, 'testingUrls.0.url', /web address/],
  ['task', { testingUrls: [{ label: 'x', url: 'nowhere' }] }, 'testingUrls.0.url', /web address/],
  ['task', { stageResults: [{ stage: 's', status: 'ok', output: 1, at: 'today' }] }, 'stageResults.0.at', /moment/],
  ['task', { stageResults: [{ stage: 's', status: 'ok', output: deep(33) }] }, 'stageResults.0.output', /32 deep/],
  [
    'task',
    { stageResults: Array(5).fill({ stage: 's', status: 'ok', output: 'x'.repeat(250_000) }) },
    'stageResults',
    /bytes/,
  ],
  ['task', { dependsOn: ['tsk_1'] }, 'dependsOn.0', /isn't an id\.$/],
  ['task', { description: null }, 'description', /null/],
  ['memory', { content: '' }, 'content', /empty/],
  ['memory', { content: '   ' }, 'content', /blank/],
  ['memory', { content: 'ä'.repeat(524_289) }, 'content', /1048578 bytes; at most 1048576/],
  ['memory', { content: 'x'.repeat(10_000_000) }, 'content', /10000000 bytes/],
  ['memory', { content: 'cut \udc00 here' }, 'content', /surrogate/],
  ['memory', { content: 'a\0' }, 'content', /NUL/],
  ['memory', { role: 'ROBOT' }, 'role', /USER, ASSISTANT, SYSTEM/],
  ['memory', { sessionId: '' }, 'sessionId', /empty/],
  ['memory', { sessionId: 'x'.repeat(501) }, 'sessionId', /501/],
  ['memory', { metadata: 'text' }, 'metadata', /JSON object/],
  ['memory', { metadata: withOwn('constructor') }, 'metadata', /constructor/],
  ['memory', { metadata: withOwn('prototype') }, 'metadata', /prototype/],
  ['memory', { metadata: { 'a\0': 1 } }, 'metadata', /key that contains a NUL/],
  ['memory', { metadata: { a: { b: 'x\ud800' } } }, 'metadata', /surrogate.* at a\.b/],
  ['memory', { metadata: { a: Number.NaN } }, 'metadata', /finite|number/],
  ['memory', { metadata: { a: undefined } }, 'metadata', /undefined/],
  ['memory', { metadata: { a: new Date() } }, 'metadata', /plain objects/],
  ['memory', { metadata: { a: deep(32) } }, 'metadata', /32 deep/],
  ['memory', { occurredAt: '2026-01-31' }, 'occurredAt', /moment/],
  ['memory', { occurredAt: '2026-13-31T00:00:00Z' }, 'occurredAt', /moment/],
  ['memory', { occurredAt: '2026-01-31T00:00:00' }, 'occurredAt', /moment/],
  ['memory', { occurredAt: 5 }, 'occurredAt', /must be a text, not a number/],
  ['state', { key: '' }, 'key', /empty/],
  ['state', { value: 'x'.repeat(1_048_576) }, 'value', /bytes as JSON/],
  ['state', { value: undefined }, 'value', /missing|JSON/],
  ['state', { version: 0 }, 'version', /at least 1/],
  ['state', { version: 1.5 }, 'version', /whole number/],
  ['context', { maxTokens: 0 }, 'maxTokens', /at least 1/],
  ['context', { maxTokens: 100_001 }, 'maxTokens', /at most 100000/],
  ['context', { query: ' ' }, 'query', /nothing to find/],
  ['context', { query: undefined }, 'query', /nothing to find/],
  ['context', { projectId: 'here' }, 'projectId', /isn't an id/],
];

describe('input that is wrong', () => {
  it('is refused with the field, what is wrong with it, and what to do', async () => {
    const bench = await start();
    for (const [noun, input, field, message] of REFUSED) {
      const error = await rejection(bench[noun](input));
      expect(error).toMatchObject({ code: 'INVALID_INPUT', field, message: expect.stringMatching(message) });
      expect(error.hint).not.toBe('');
    }
    expect((await bench.catalog.log.head()).seq).toBe(1);
    expect((await (await bench.factory.of(bench.projectId)).store.log.head()).seq).toBe(0);
  });

  it('that is an id of another kind is said to be one', async () => {
    const { services, projectId, memory } = await start();
    const { id } = await memory({});
    const error = await rejection(services.tasks.update(author, { id, version: 1, title: 'x' }));
    expect(error).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'id',
      message: 'id is the id of a memory, not of a task.',
    });
    expect(error.hint).toContain('tsk_');
    expect(await rejection(services.projects.delete(author, { id, version: 1 }))).toMatchObject({ field: 'id' });
    expect(await rejection(services.memories.restore(author, { id: projectId }))).toMatchObject({ field: 'id' });
    expect(await rejection(services.sessions.delete(author, { id: 'nothing', version: 1 }))).toMatchObject({
      field: 'id',
    });
    const unknown = id.replace(/^mem_.{18}/, `tsk_${'0'.repeat(18)}`);
    expect(await rejection(services.tasks.update(author, { id: unknown, version: 1, title: 'x' }))).toMatchObject({
      code: 'NOT_FOUND',
      recordId: unknown,
    });
  });
});

describe('input at its bounds', () => {
  it('is accepted', async () => {
    const { project, task, memory, state } = await start();
    expect((await memory({ content: 'ä'.repeat(524_288) })).content).toHaveLength(524_288);
    expect((await memory({ metadata: { a: deep(31) } })).metadata).toEqual({ a: deep(31) });
    expect((await memory({ sessionId: '🚢'.repeat(250), externalId: 'x'.repeat(256) })).version).toBe(1);
    expect((await state({ value: null })).value).toBeNull();
    expect((await task({ estimatedHours: 0 })).estimatedHours).toBe(0);
    expect((await task({ title: 'x'.repeat(500) })).title).toHaveLength(500);
    expect((await project({ githubRepo: 'git@github.com:acme/harbour.git' })).githubRepo).toContain('acme');
    expect((await project({ settings: Object.assign(Object.create(null), { a: 1 }) })).settings).toEqual({ a: 1 });
  });
});
