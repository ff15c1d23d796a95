import { describe, expect, it } from 'vitest';
import { SECRET } from '../support/secrets.js';
import { memoriesOf, SESSION, startAgent, startServerFor } from './support.js';

const setCapture = async (
  app: { ask<T>(query: string, variables?: object): Promise<T> },
  cwd: string,
  input: object,
) => {
  const { project } = await app.ask<{ project: { id: string; version: number } }>(
    'query P($cwd: String!) { project(by: { path: $cwd }) { id version } }',
    { cwd },
  );
  await app.ask('mutation U($input: UpdateProjectInput!) { updateProject(input: $input) { __typename } }', {
    input: { ...project, ...input },
  });
};

describe('a conversation', () => {
  it('is kept: prompt, answer and summary, with the session', async () => {
    const agent = await startAgent();
    const app = await startServerFor(agent);
    await agent.hear(agent.event('SessionStart', { source: 'startup', model: 'opus' }));
    await agent.hear(agent.event('UserPromptSubmit', { prompt_id: 'p1', prompt: 'Paint the hull red.' }));
    await agent.hear(agent.event('SessionStart', { source: 'resume', model: 'opus' }));
    await agent.hear(agent.event('Stop', { prompt_id: 'p1', last_assistant_message: 'The hull is red now.' }));
    await agent.hear(
      agent.event('SubagentStop', {
        ...{ agent_id: 'a1', agent_type: 'Explore', prompt_id: 'p1', last_assistant_message: 'Red paint is in stock.' },
      }),
    );
    await agent.hear(agent.event('PostCompact', { trigger: 'auto', compact_summary: 'The hull was painted.' }));
    await agent.hear(agent.event('SessionEnd', { reason: 'other' }));

    const memories = await memoriesOf(app, agent);
    expect(memories.map(({ role, kind, content, sessionId }) => ({ role, kind, content, sessionId }))).toEqual([
      { role: 'USER', kind: 'MESSAGE', content: 'Paint the hull red.', sessionId: SESSION },
      { role: 'ASSISTANT', kind: 'MESSAGE', content: 'The hull is red now.', sessionId: SESSION },
      { role: 'ASSISTANT', kind: 'MESSAGE', content: 'Red paint is in stock.', sessionId: SESSION },
      { role: 'SYSTEM', kind: 'SUMMARY', content: 'The hull was painted.', sessionId: SESSION },
    ]);
    expect(memories[0]!.externalId).toBe(`${SESSION}:p1:user`);
    expect(memories[2]!.metadata).toEqual({ agent: 'Explore', agentId: 'a1' });
    const { project } = await app.ask<{ project: { name: string; sessions: { nodes: readonly object[] } } }>(
      'query S($cwd: String!) { project(by: { path: $cwd }) { name sessions { nodes { key title agent model workspace status } } } }',
      { cwd: agent.cwd },
    );
    expect(project.name).toBe('harbor');
    expect(project.sessions.nodes).toEqual([
      {
        ...{ key: SESSION, title: 'Paint the hull red.', agent: 'claude-code', model: 'opus' },
        ...{ workspace: agent.cwd, status: 'ended' },
      },
    ]);
  });

  it('keeps a prompt that is given twice twice, and one that is delivered twice once', async () => {
    const agent = await startAgent();
    const app = await startServerFor(agent);
    const prompt = (fields: object) => agent.event('UserPromptSubmit', { prompt: 'go on', ...fields });
    for (const prompt_id of ['p1', 'p1', 'p2']) await agent.hear(prompt({ prompt_id }));
    expect(await memoriesOf(app, agent)).toHaveLength(2);
    // Without ids, the conversation's file tells how far it has come.
    const { writeFile, appendFile } = await import('node:fs/promises');
    const transcript_path = `${agent.home}/talk.jsonl`;
    await writeFile(transcript_path, 'one line\n');
    for (let delivery = 0; delivery < 2; delivery++) await agent.hear(prompt({ transcript_path }));
    expect(await memoriesOf(app, agent)).toHaveLength(3);
    await appendFile(transcript_path, 'another\n');
    await agent.hear(prompt({ transcript_path }));
    expect(await memoriesOf(app, agent)).toHaveLength(4);
  });

  it('is kept of hosts that write names otherwise, and of two hooks for one event once', async () => {
    const agent = await startAgent();
    const app = await startServerFor(agent);
    const said = (timestamp: string) => {
      const event = { timestamp, cwd: agent.cwd, sessionId: 'v', hookEventName: 'UserPromptSubmit', prompt: 'go on' };
      return agent.hear({ ...event, transcript_path: `${agent.home}/none.json` });
    };
    for (const second of ['00', '00', '07']) await said(`2026-02-09T10:30:${second}.000Z`);
    const memories = await memoriesOf(app, agent);
    expect(memories.map(({ content, sessionId }) => [content, sessionId])).toEqual([
      ...[
        ['go on', 'v'],
        ['go on', 'v'],
      ],
    ]);
  });

  it('leaves out what is private, and prompts that nobody gave', async () => {
    const agent = await startAgent();
    const app = await startServerFor(agent);
    const prompts = [
      { prompt: 'Use <private>hunter2</private> to sign in.' },
      { prompt: '<private>only this</private>' },
      { prompt: ' \n ' },
      { prompt: 'A loop goes on.', source: 'loop_wakeup' },
      { prompt: 'A schedule goes on.', source: 'schedule_wakeup' },
      { prompt: 'The system goes on.', source: 'system' },
    ];
    for (const [index, fields] of prompts.entries()) {
      await agent.hear(agent.event('UserPromptSubmit', { ...fields, prompt_id: `p${index}` }));
    }
    expect((await memoriesOf(app, agent)).map(({ content }) => content)).toEqual(['Use  to sign in.']);
    expect(app.logged.join()).not.toContain('hunter2');
  });
});

describe('the output of a tool', () => {
  const call = (id: string, tool_response: unknown) => ({
    ...{ tool_name: 'Bash', tool_use_id: id, tool_input: { command: 'npm test' }, tool_response },
  });

  it('is kept with ALL alone, cut to what the project keeps', async () => {
    const agent = await startAgent();
    const app = await startServerFor(agent);
    await agent.hear(agent.event('UserPromptSubmit', { prompt: 'Run the tests.', prompt_id: 'p1' }));
    await agent.hear(agent.event('PostToolUse', call('t0', 'not kept')));
    await setCapture(app, agent.cwd, { capture: 'ALL', captureToolCharacters: 20 });
    await agent.hear(agent.event('PostToolUse', call('t1', { stdout: 'x'.repeat(1_020), stderr: '' })));
    await agent.hear(agent.event('PostToolUse', call('t1', { stdout: 'x'.repeat(1_020), stderr: '' })));
    await agent.hear(agent.event('PostToolUse', call('t2', 'short')));
    await agent.hear(agent.event('PostToolUse', call('t3', '')));
    const [, cut, short, ...rest] = await memoriesOf(app, agent);
    expect(cut).toMatchObject({
      ...{ role: 'TOOL', toolName: 'Bash', toolCallId: 't1' },
      content: `${'x'.repeat(20)}\n[1,000 more characters were cut off]`,
      metadata: { input: '{"command":"npm test"}', characters: 1_020 },
    });
    expect(short).toMatchObject({ content: 'short' });
    expect(rest).toEqual([]);
  });

  it('has no part of a secret where it is cut', async () => {
    const agent = await startAgent();
    const app = await startServerFor(agent);
    await app.createProject({ path: agent.cwd, capture: 'ALL', captureToolCharacters: 30 });
    const tool_input = { command: `echo "${'a'.repeat(450)}" && push --with ${SECRET}` };
    const fields = { tool_name: 'Bash', tool_use_id: 't1', tool_input, tool_response: `token: ${SECRET} expires soon` };
    await agent.hear(agent.event('PostToolUse', fields));
    const [kept] = await memoriesOf(app, agent);
    const cutOff = (text: string) => `[${text.length} more characters were cut off]`;
    expect(kept!.content).toBe(`token:\n${cutOff(`${SECRET} expires soon`)}`);
    expect(JSON.stringify(kept)).not.toContain('ghp_');
  });
});

describe('what a project decided', () => {
  it('holds whether or not the agent was set up to capture', async () => {
    const agent = await startAgent();
    const app = await startServerFor(agent);
    const say = (prompt: string, isSetUp: boolean) =>
      agent.hear(agent.event('UserPromptSubmit', { prompt, prompt_id: prompt }), { isSetUp });
    await say('nowhere to keep this', false);
    expect(await memoriesOf(app, agent)).toEqual([]);
    await app.createProject({ path: agent.cwd });
    await say('not decided, not set up', false);
    await say('not decided, but set up', true);
    await setCapture(app, agent.cwd, { capture: 'OFF' });
    await say('off, though set up', true);
    await setCapture(app, agent.cwd, { capture: 'MESSAGES' });
    await say('on, though not set up', false);
    expect((await memoriesOf(app, agent)).map(({ content }) => content)).toEqual([
      'not decided, but set up',
      'on, though not set up',
    ]);
  });

  it('is that of the nearest folder above, and no project is made without a repository', async () => {
    const agent = await startAgent();
    const app = await startServerFor(agent);
    await app.createProject({ path: agent.cwd });
    await agent.hear({
      ...agent.event('UserPromptSubmit', { prompt: 'from below', prompt_id: 'p1' }),
      cwd: `${agent.cwd}/src/deep`,
    });
    await agent.hear({
      ...agent.event('UserPromptSubmit', { prompt: 'from nowhere', prompt_id: 'p2' }),
      cwd: agent.home,
    });
    expect((await memoriesOf(app, agent)).map(({ content }) => content)).toEqual(['from below']);
    const { projects } = await app.ask<{ projects: { totalCount: number } }>('{ projects(first: 1) { totalCount } }');
    expect(projects.totalCount).toBe(1);
  });
});
