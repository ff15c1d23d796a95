import { describe, expect, it, vi } from 'vitest';
import { NotFoundError } from '../../src/domain/errors.js';
import type { NewMemory } from '../../src/services/input/memory.js';
import { PAGE_BYTES } from '../../src/storage/store.js';
import { sizeOf } from '../../src/util/json/json.js';
import { author, makeProject, rejection, startBench } from './support.js';

async function startContexts() {
  const bench = await startBench();
  const { id: projectId } = await makeProject(bench);
  const { tasks, memories, contexts } = bench.services;
  let minute = 0;
  const say = (content: string, more: Partial<NewMemory> = {}) => {
    const occurredAt = new Date(Date.UTC(2026, 0, 1, 0, minute++)).toISOString();
    return memories.save(author, { projectId, content, role: 'USER', occurredAt, ...more });
  };
  const ask = (question: { query?: string; sessionId?: string; taskId?: string; maxTokens?: number }) =>
    contexts.memoryContext({ projectId, maxTokens: 2_000, ...question });
  return { ...bench, projectId, tasks, memories, say, ask };
}

describe('a context', () => {
  it('holds the task, relevant memories, and the latest of the session in their order', async () => {
    const { tasks, projectId, say, ask } = await startContexts();
    const task = await tasks.create(author, { projectId, title: 'Fix the anchor', description: 'It drags.' });
    const relevant = await say('The anchor needs a longer chain');
    const first = await say('Good morning', { sessionId: 'chat' });
    const second = await say('Good evening', { sessionId: 'chat', role: 'ASSISTANT' });
    await say('Nothing to do with it');
    const context = await ask({ query: 'anchor', sessionId: 'chat', taskId: task.id });
    expect(context.items.map(({ source, record, isCut }) => [source, record.id, isCut])).toEqual([
      ['TASK', task.id, false],
      ['RELEVANT', relevant.id, false],
      ['SESSION', first.id, false],
      ['SESSION', second.id, false],
    ]);
    expect(context.items.map(({ score }) => score !== null)).toEqual([false, true, false, false]);
    expect(context.text).toBe(
      [
        'TASK Fix the anchor (FEATURE, MEDIUM, BACKLOG)\nIt drags.',
        'USER 2026-01-01T00:00:00.000Z: The anchor needs a longer chain',
        'USER 2026-01-01T00:01:00.000Z: Good morning',
        'ASSISTANT 2026-01-01T00:02:00.000Z: Good evening',
      ].join('\n\n'),
    );
    expect(context.tokens).toBe(Math.ceil(Buffer.byteLength(context.text) / 4));
    expect(context.omitted).toBe(0);
  });

  it('searches by the task when there is no query', async () => {
    const { tasks, projectId, say, ask } = await startContexts();
    const byTitle = await say('about the anchor');
    const byDescription = await say('about the chain');
    await say('about the weather');
    const task = await tasks.create(author, { projectId, title: 'Anchor', description: 'Chain' });
    const { items } = await ask({ taskId: task.id });
    const ids = items.slice(1).map(({ record }) => record.id);
    expect(ids.sort()).toEqual([byTitle.id, byDescription.id].sort());
  });

  it('has each memory once, and no deleted one or one of another conversation', async () => {
    const { say, ask, memories } = await startContexts();
    const both = await say('anchor', { sessionId: 'chat' });
    await memories.delete(author, await say('anchor', { sessionId: 'chat' }));
    await say('unrelated', { sessionId: 'other' });
    const { items } = await ask({ query: 'anchor', sessionId: 'chat' });
    expect(items.map(({ record }) => record.id)).toEqual([both.id]);
  });

  it('never exceeds the requested tokens, whatever is in it', async () => {
    const { tasks, projectId, say, ask } = await startContexts();
    const task = await tasks.create(author, { projectId, title: 'anchor', description: '🚢ä'.repeat(2_000) });
    for (let n = 0; n < 30; n++) {
      await say(`anchor ${n} ${'ü🚢 '.repeat((n % 7) * 40)}`, n % 2 === 0 ? { sessionId: 'chat' } : {});
    }
    for (let n = 0; n < 4; n++) await say(`${'🚢'.repeat(600)}${'x'.repeat(n)} anchor anchor`);
    for (const maxTokens of [1, 2, 7, 20, 50, 100, 333, 1_000, 100_000]) {
      const context = await ask({ query: 'anchor', sessionId: 'chat', taskId: task.id, maxTokens });
      expect(Buffer.byteLength(context.text)).toBeLessThanOrEqual(maxTokens * 4);
      expect(context.tokens).toBeLessThanOrEqual(maxTokens);
      expect(context.text).not.toMatch(/�|\p{Surrogate}/u);
      const memoriesIn = context.items.filter(({ source }) => source !== 'TASK').length;
      expect(memoriesIn + context.omitted).toBeGreaterThan(0);
      const ofTask = context.items.find(({ source }) => source === 'TASK');
      if (maxTokens <= 1_000) expect(Buffer.byteLength(ofTask?.text ?? '')).toBeLessThanOrEqual(maxTokens);
    }
  });

  it('alternates relevant and latest when there is not room for all, and counts the rest', async () => {
    const { say, ask } = await startContexts();
    for (let n = 0; n < 10; n++) {
      await say(`anchor ${'x'.repeat(150)}`);
      await say(`hello ${'x'.repeat(150)}`, { sessionId: 'chat' });
    }
    const { items, omitted } = await ask({ query: 'anchor', sessionId: 'chat', maxTokens: 220 });
    const whole = items.filter(({ isCut }) => !isCut);
    expect(whole.map(({ source }) => source)).toEqual(['RELEVANT', 'RELEVANT', 'SESSION', 'SESSION']);
    expect(items.length + omitted).toBe(16);
    expect(omitted).toBeGreaterThan(10);
  });

  it('begins with what is pinned and decided, in up to half of the room while others wait', async () => {
    const { tasks, projectId, say, ask } = await startContexts();
    const task = await tasks.create(author, { projectId, title: 'Fix the anchor' });
    const early = await say('Never sail in fog', { kind: 'DECISION', sessionId: 'other' });
    const old = await say('Paint it blue', { kind: 'DECISION' });
    const late = await say('Paint it red', { kind: 'DECISION', supersedes: old.id });
    const pin = await say('Ask the captain first', { pinned: true, role: 'SYSTEM' });
    await say('Ask nobody', { pinned: true, kind: 'DECISION', supersedes: (await say('the anchor')).id });
    const relevant = await say('The anchor drags');
    const latest = await say('Good morning', { sessionId: 'chat' });
    const { items, text } = await ask({ query: 'anchor', sessionId: 'chat', taskId: task.id });
    expect(items.slice(1).map(({ source, text: own }) => [source, own.replace(/ \S+: /, ': ')])).toEqual([
      ['PINNED', 'DECISION: Ask nobody'],
      ['PINNED', 'SYSTEM: Ask the captain first'],
      ['DECISION', 'DECISION: Paint it red'],
      ['DECISION', 'DECISION: Never sail in fog'],
      ['RELEVANT', 'USER: The anchor drags'],
      ['SESSION', 'USER: Good morning'],
    ]);
    expect(text).not.toContain('blue');
    const ids = items.slice(1).map(({ record }) => record.id);
    expect(ids.slice(1)).toEqual([pin, late, early, relevant, latest].map(({ id }) => id));

    for (let n = 0; n < 20; n++) await say(`decision ${n} ${'x'.repeat(100)}`, { kind: 'DECISION' });
    const sources = (context: Awaited<ReturnType<typeof ask>>) => context.items.map(({ source }) => source);
    const tight = await ask({ query: 'anchor', sessionId: 'chat', maxTokens: 200 });
    expect(sources(tight)).toEqual(expect.arrayContaining(['PINNED', 'RELEVANT', 'SESSION']));
    expect(tight.omitted).toBeGreaterThan(0);
    const alone = await ask({ sessionId: 'nobody', maxTokens: 200 });
    const bytes = alone.items.reduce((sum, item) => sum + Buffer.byteLength(item.text), 0);
    expect(bytes).toBeGreaterThan(600);
  });

  it('cuts a long memory around the relevant passage, and uses the available room', async () => {
    const { say, ask } = await startContexts();
    await say(`${'before '.repeat(3_000)}the anchor is here ${'after '.repeat(3_000)}`);
    const { items, tokens } = await ask({ query: 'anchor', maxTokens: 300 });
    expect(items).toMatchObject([{ source: 'RELEVANT', isCut: true }]);
    expect(items[0]!.text).toContain('anchor is here');
    expect(items[0]!.text).toMatch(/: ….*…$/);
    expect(tokens).toBeGreaterThan(290);
  });

  it('grants a long memory no more than its share while others wait', async () => {
    const { say, ask } = await startContexts();
    for (let n = 0; n < 8; n++) await say(`anchor ${n} ${'x '.repeat(1_000)}`);
    const { items } = await ask({ query: 'anchor', maxTokens: 400 });
    expect(items.length).toBeGreaterThanOrEqual(4);
  });

  it('reads no more of each source than a page, and counts the rest', async () => {
    const { say, ask, factory, projectId } = await startContexts();
    const chars = 1_000_000;
    const saveLarge = async (count: number, more: Partial<NewMemory>) => {
      for (let n = 0; n < count; n++) await say(`${n}: `.padEnd(chars, 'anchor '), more);
    };
    await saveLarge(20, { pinned: true });
    await saveLarge(16, { sessionId: 'chat' });
    const { memories } = await factory.of(projectId);
    const reads = [vi.spyOn(memories, 'get'), vi.spyOn(memories, 'getFirst'), vi.spyOn(memories, 'list')];
    const { items, omitted } = await ask({ query: 'chain', sessionId: 'chat', maxTokens: 8_000 });
    expect(items.map(({ source }) => source)).toEqual(expect.arrayContaining(['PINNED', 'SESSION']));
    expect(items.length + omitted).toBe(36);
    const found = await Promise.all(reads.flatMap(({ mock }) => mock.results.map(({ value }) => value)));
    for (const read of found) expect(sizeOf(read)).toBeLessThan(PAGE_BYTES + 2 * chars);
    expect(found.length).toBeLessThanOrEqual(3);
  }, 60_000);

  it('needs something to search by, and a live task of the project', async () => {
    const bench = await startContexts();
    const { ask, tasks, projectId } = bench;
    expect(await rejection(ask({}))).toMatchObject({ code: 'INVALID_INPUT' });
    const deleted = await tasks.delete(author, await tasks.create(author, { projectId, title: 'x' }));
    expect(await rejection(ask({ taskId: deleted.id }))).toBeInstanceOf(NotFoundError);
    const abroad = await tasks.create(author, { projectId: (await makeProject(bench)).id, title: 'x' });
    expect(await rejection(ask({ taskId: abroad.id, query: 'x' }))).toBeInstanceOf(NotFoundError);
    expect((await ask({ sessionId: 'nobody' })).items).toEqual([]);
  });
});
