import { describe, expect, it } from 'vitest';
import { type RunningApp, settled } from '../support/server.js';
import { type Agent, SESSION, startAgent, startServerFor } from './support.js';

const contextOf = (printed: string): string =>
  (JSON.parse(printed) as { hookSpecificOutput: { additionalContext: string } }).hookSpecificOutput.additionalContext;

async function startProject(agent: Agent, input: object = {}): Promise<{ app: RunningApp; projectId: string }> {
  const app = await startServerFor(agent);
  return { app, projectId: await app.createProject({ path: agent.cwd, ...input }) };
}

const save = (app: RunningApp, projectId: string, content: string, extra: object = {}) =>
  app.mutate<{ memory: { id: string } }>('saveMemory', { projectId, content, role: 'USER', ...extra }, 'memory { id }');

describe('what an agent is told at the start', () => {
  it('is the instructions, ready tasks, decisions and the last summary of another session', async () => {
    const agent = await startAgent();
    const { app, projectId } = await startProject(agent, { name: 'Harbor', customInstructions: 'Use metric units.' });
    expect(await agent.hear(agent.event('SessionStart', { source: 'startup' }))).toContain('Use metric units.');
    await app.mutate('createTask', { projectId, title: 'Paint the hull', priority: 'HIGH' }, 'task { id }');
    await app.mutate('createTask', { projectId, title: 'Is done', status: 'DONE' }, 'task { id }');
    const { memory } = await save(app, projectId, 'The hull is red.', { kind: 'DECISION' });
    await save(app, projectId, 'We bought paint.', { kind: 'SUMMARY', sessionId: 'an-earlier-one' });
    await save(app, projectId, 'Not worth telling.');
    const context = contextOf(await agent.hear(agent.event('SessionStart', { source: 'startup' })));
    for (const part of [
      'Harbor',
      'Use metric units.',
      'Paint the hull (HIGH)',
      memory.id,
      'The hull is red.',
      'We bought paint.',
    ]) {
      expect(context).toContain(part);
    }
    expect(context).toContain('1 of 1');
    for (const part of ['Is done', 'Not worth telling']) expect(context).not.toContain(part);
  });

  it('is also the latest of the session, when that is resumed', async () => {
    const agent = await startAgent();
    const { app, projectId } = await startProject(agent);
    await save(app, projectId, 'We were at the stern.', { sessionId: SESSION });
    await save(app, projectId, 'This was the summary.', { sessionId: SESSION, kind: 'SUMMARY', role: 'SYSTEM' });
    for (const source of ['resume', 'compact']) {
      const context = contextOf(await agent.hear(agent.event('SessionStart', { source })));
      expect(context).toContain('We were at the stern.');
      expect(context.split('This was the summary.')).toHaveLength(2);
    }
  });

  it('is nothing when there is nothing, and stays small when there is much', async () => {
    const agent = await startAgent();
    const { app, projectId } = await startProject(agent);
    expect(await agent.hear(agent.event('SessionStart', { source: 'startup' }))).toBe('');
    const long = 'ø'.repeat(4_000);
    for (let index = 0; index < 4; index++) {
      await save(app, projectId, `${index} ${long}`, { kind: 'DECISION' });
      await app.mutate('createTask', { projectId, title: `${index} ${'ü'.repeat(150)}` }, 'task { id }');
    }
    await save(app, projectId, long, { kind: 'SUMMARY' });
    const context = contextOf(await agent.hear(agent.event('SessionStart', { source: 'startup' })));
    expect(Buffer.byteLength(context)).toBeLessThanOrEqual(3_100);
    expect(context).not.toContain('\uFFFD');
  });

  it('has no sequences for a terminal, and no characters that nobody sees', async () => {
    const agent = await startAgent();
    const { app, projectId } = await startProject(agent, { customInstructions: 'Use \u202emetric\u{e0041} units.' });
    await save(app, projectId, 'The \u001b[31mhull\u200b is \u202ered.', { kind: 'DECISION' });
    const context = contextOf(await agent.hear(agent.event('SessionStart', { source: 'startup' })));
    for (const part of ['Use metric units.', 'The hull is red.']) expect(context).toContain(part);
  });
});

describe('what an agent is told for a prompt', () => {
  it('is about it, of other sessions, and at most three', async () => {
    const agent = await startAgent();
    const { app, projectId } = await startProject(agent);
    const said = [
      'The hull is painted red.',
      'Red paint for the hull is in shed 3.',
      'The hull gets two coats of paint.',
      'Paint of the hull dries in a day.',
    ];
    for (const content of said) await save(app, projectId, content);
    await save(app, projectId, 'The hull was painted blue in this session.', { sessionId: SESSION });
    await save(app, projectId, 'Sessions expire after 15 minutes.');
    await settled(app, projectId);
    const ask = (prompt: string) => agent.hear(agent.event('UserPromptSubmit', { prompt, prompt_id: prompt }));
    const context = contextOf(await ask('How is the hull painted?'));
    expect(said.filter((each) => context.includes(each))).toHaveLength(3);
    expect(context).not.toContain('blue');
    expect(context).not.toContain('expire');
    expect(await ask('What is the capital of Australia?')).toBe('');
    expect(await ask('go on')).toBe('');
    // It repeats a memory, and nothing else is about it.
    expect(await ask('Sessions expire after 15 minutes.')).toBe('');
  });

  it('moves no terminal', async () => {
    const agent = await startAgent();
    const { app, projectId } = await startProject(agent);
    await save(app, projectId, 'The hull\u001b[2J is \u0007painted\r\n red.');
    await settled(app, projectId);
    const printed = await agent.hear(agent.event('UserPromptSubmit', { prompt: 'How is the hull painted?' }));
    expect(contextOf(printed)).toContain('The hull is painted red.');
  });
});
