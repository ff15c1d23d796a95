import { describe, expect, it } from 'vitest';
import { connectHttp, type Era, idIn } from '../support/mcp/client.js';
import { settled, startApp } from '../support/server.js';
import { makeFolder } from '../support/temporary.js';

describe.each<Era>(['legacy', 'modern'])('an agent that speaks the %s protocol over HTTP', (era) => {
  it('starts, gets the context, claims, remembers, searches, undoes and completes', async () => {
    const app = await startApp(await makeFolder());
    const projectId = await app.createProject({ name: 'Harbour', customInstructions: 'Write in English.' });
    const agent = await connectHttp(app.url, {
      era,
      headers: { 'mooring-project': projectId, 'mooring-actor': 'agent-one' },
    });

    expect(await agent.text('get_context', { about: 'the login' })).toContain('Write in English.');
    const task = idIn(await agent.text('save_task', { title: 'Build the login', priority: 'high' }), 'tsk');
    expect(await agent.text('list_tasks')).toContain(task);
    expect(await agent.text('claim_task')).toContain('Claimed by agent-one');

    const saved = await agent.text('save_memory', {
      content: 'We use passkeys for the login.',
      kind: 'decision',
      task,
    });
    await settled(app, projectId);
    expect(await agent.text('search', { query: 'how do people sign in?' })).toContain('passkeys');
    expect(await agent.text('get_records', { ids: [idIn(saved)] })).toContain('We use passkeys for the login.');
    expect(await agent.text('undo', { id: idIn(saved) })).toContain('is deleted now');
    expect(await agent.text('search', { query: 'passkeys', kind: 'memories' })).toContain('Nothing in project Harbour');

    expect(await agent.text('save_task', { id: task, status: 'done', result: 'It works.' })).toContain('done');
    expect(await agent.text('list_tasks', { view: 'done' })).toContain(task);
    expect(await agent.text('get_history')).toContain('agent-one');
    expect(await agent.text('project')).toContain('Harbour');
  });
});
