import { describe, expect, it } from 'vitest';
import { memoriesOf, startAgent, startServerFor } from './support.js';

const post = (url: string, body: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

describe('POST /hooks/claude-code', () => {
  it('keeps events as the command does, and answers with the same', async () => {
    const agent = await startAgent();
    const app = await startServerFor(agent);
    await app.createProject({ path: agent.cwd, customInstructions: 'Paint with care.' });
    const send = (event: object, search = '?capture') =>
      post(`${app.url}/hooks/claude-code${search}`, JSON.stringify(event));

    const started = await send(agent.event('SessionStart', { source: 'startup' }));
    expect(started.status).toBe(200);
    expect(await started.json()).toEqual({
      suppressOutput: true,
      hookSpecificOutput: {
        hookEventName: 'SessionStart',
        additionalContext: expect.stringContaining('Paint with care.'),
      },
    });
    const prompt = agent.event('UserPromptSubmit', { prompt: 'Paint <private>it</private> red.', prompt_id: 'p1' });
    for (let delivery = 0; delivery < 2; delivery++) expect(await (await send(prompt)).json()).toEqual({});
    const stop = agent.event('Stop', { last_assistant_message: 'Painted.', prompt_id: 'p1' });
    expect(await (await send(stop)).json()).toEqual({});
    expect(await (await send(agent.event('Stop', { last_assistant_message: 'Not set up.' }), '')).json()).toEqual({});
    expect((await memoriesOf(app, agent)).map(({ content }) => content)).toEqual(['Paint  red.', 'Painted.']);
    expect(app.logged.join()).not.toContain('private');
  });

  it('answers what it has no use for with nothing', async () => {
    const agent = await startAgent();
    const app = await startServerFor(agent);
    for (const body of [
      '{}',
      '[]',
      'no JSON',
      JSON.stringify(agent.event('Later', {})),
      JSON.stringify(agent.event('Stop')),
    ]) {
      const answer = await post(`${app.url}/hooks/claude-code`, body);
      expect([answer.status, await answer.text()], body).toEqual([200, '{}']);
    }
  });

  it('is behind the checks of the API', async () => {
    const agent = await startAgent();
    const { url } = await startServerFor(agent);
    const address = `${url}/hooks/claude-code`;
    expect((await post(address, '{}', { origin: 'https://evil.example' })).status).toBe(403);
    expect((await post(address, '{}', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post(address, `"${'x'.repeat(17 * 1024 * 1024)}"`)).status).toBe(413);
    expect((await post(address, `[${'1,'.repeat(200_000)}1]`)).status).toBe(400);
    expect((await fetch(address)).status).toBe(405);
  });
});
