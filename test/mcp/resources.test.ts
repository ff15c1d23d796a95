import { describe, expect, it } from 'vitest';
import { type Agent, connectHttp, type Era, idIn } from '../support/mcp/client.js';
import { startApp } from '../support/server.js';
import { makeFolder } from '../support/temporary.js';

async function agentWithRecords(era: Era = 'modern') {
  const app = await startApp(await makeFolder());
  const projectId = await app.createProject({ name: 'Harbour' });
  const headers = { 'mooring-project': projectId };
  const agent = await connectHttp(app.url, { era, headers });
  const memory = idIn(
    await agent.text('save_memory', { content: 'We use passkeys.', session: 'talk/1', kind: 'decision' }),
  );
  const task = idIn(await agent.text('save_task', { title: 'Build the login' }), 'tsk');
  return { app, agent, memory, task, headers };
}

async function read({ client }: Agent, uri: string): Promise<string> {
  const { contents } = await client.readResource({ uri });
  return contents.map((part) => ('text' in part ? part.text : '')).join('');
}

describe('resources', () => {
  it('are the project, its context and its ready tasks, for people to mention', async () => {
    const { agent, task } = await agentWithRecords();
    const { resources } = await agent.client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual([
      'mooring://project',
      'mooring://context',
      'mooring://tasks/ready',
    ]);
    expect(await read(agent, 'mooring://project')).toContain('Harbour');
    expect(await read(agent, 'mooring://context')).toContain('We use passkeys.');
    expect(await read(agent, 'mooring://tasks/ready')).toContain(task);
  });

  it('are also memories, tasks and transcripts, by what names them', async () => {
    const { agent, memory, task } = await agentWithRecords();
    const { resourceTemplates } = await agent.client.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
      'mooring://memory/{id}',
      'mooring://task/{id}',
      'mooring://session/{key}',
    ]);
    expect(await read(agent, `mooring://memory/${memory}`)).toContain('We use passkeys.');
    expect(await read(agent, `mooring://task/${task}`)).toContain('Build the login');
    expect(await read(agent, 'mooring://session/talk%2F1')).toContain('We use passkeys.');
    await expect(read(agent, 'mooring://session/none')).rejects.toThrow('not found');
  });

  it('are completed by the beginning of an id, by words, and by what a key or a title has', async () => {
    const { agent, memory, task } = await agentWithRecords();
    const completed = async (kind: string, name: string, value: string) => {
      const uri = `mooring://${kind}/{${name}}`;
      return (await agent.client.complete({ ref: { type: 'ref/resource', uri }, argument: { name, value } })).completion
        .values;
    };
    expect(await completed('memory', 'id', '')).toEqual([memory]);
    expect(await completed('memory', 'id', memory.slice(0, 12))).toEqual([memory]);
    expect(await completed('memory', 'id', 'passkeys')).toEqual([memory]);
    expect(await completed('task', 'id', 'login')).toEqual([task]);
    expect(await completed('session', 'key', 'talk')).toEqual(['talk/1']);
  });

  it('are announced when they change to a client that listens over HTTP', async () => {
    const { app, agent, headers } = await agentWithRecords();
    const heard: string[] = [];
    agent.client.setNotificationHandler('notifications/resources/updated', ({ params }) => void heard.push(params.uri));
    const listening = await agent.client.listen({
      resourceSubscriptions: ['mooring://tasks/ready', 'mooring://context'],
    });
    const other = await connectHttp(app.url, { headers, name: 'agent-two' });
    // Followed from a moment on that the protocol doesn't tell.
    await expect
      .poll(
        async () => {
          await other.text('save_task', { title: 'Another' });
          return heard;
        },
        { timeout: 30_000, interval: 1_000 },
      )
      .toContain('mooring://tasks/ready');
    await listening.close();
  });
});

describe('prompts', () => {
  it('resume, wrap up and plan with what is known of the project', async () => {
    const { agent, task } = await agentWithRecords('legacy');
    const text = async (name: string, given: Record<string, string>) => {
      const { messages } = await agent.client.getPrompt({ name, arguments: given });
      return messages.map(({ content }) => (content.type === 'text' ? content.text : '')).join('');
    };
    const { prompts } = await agent.client.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual(['resume', 'wrap_up', 'plan']);
    expect(await text('resume', { about: 'the login' })).toContain('We use passkeys.');
    expect(await text('resume', {})).toContain(task);
    expect(await text('wrap_up', { session: 'talk/1' })).toContain('with session talk/1');
    expect(await text('plan', { goal: 'sign in without passwords' })).toContain('We use passkeys.');
  });
});
