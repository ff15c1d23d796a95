import { describe, expect, it } from 'vitest';
import { connectHttp } from '../support/mcp/client.js';
import { type RunningApp, startApp } from '../support/server.js';
import { makeFolder } from '../support/temporary.js';

const LIST = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} };
const HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

const start = async (environment = {}): Promise<RunningApp> => startApp(await makeFolder(), environment);
const post = ({ url }: RunningApp, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${url}/mcp`, {
    method: 'POST',
    headers: { ...HEADERS, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('/mcp', () => {
  it('answers a message by POST, and refuses other methods', async () => {
    const app = await start();
    const answer = await post(app, LIST);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('get_context');
    for (const method of ['GET', 'DELETE', 'PUT']) {
      const refused = await fetch(`${app.url}/mcp`, { method });
      expect(refused.status).toBe(405);
      expect(refused.headers.get('allow')).toBe('POST, OPTIONS');
    }
  });

  it('refuses pages of other origins, names of other hosts, and bodies that are no JSON', async () => {
    const app = await start();
    expect((await post(app, LIST, { origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await post(app, LIST, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post(app, '{"jsonrpc":')).status).toBe(400);
    const deep = `${'['.repeat(200)}${']'.repeat(200)}`;
    const tooDeep = await post(app, JSON.stringify({ ...LIST, params: { arguments: 'DEEP' } }).replace('"DEEP"', deep));
    expect([tooDeep.status, await tooDeep.text()]).toEqual([400, expect.stringContaining('more than 100 deep')]);
    expect((await post(app, `[${'1,'.repeat(200_000)}1]`)).status).toBe(413);
    expect((await post(app, { ...LIST, x: 'x'.repeat(17 * 1024 * 1024) })).status).toBe(413);
  });

  it('refuses a page of the internet while everybody of the machine is let in, whatever it sends', async () => {
    const app = await start();
    const origin = 'https://elsewhere.example';
    for (const headers of [
      {},
      { cookie: 'a=b' },
      { 'sec-fetch-site': 'same-origin' },
      { authorization: 'Basic eDp4' },
    ]) {
      expect((await post(app, LIST, { origin, ...headers })).status).toBe(403);
    }
    for (const headers of [
      { authorization: 'Bearer x' },
      { 'x-api-key': 'x' },
      { authorization: 'Bearer eyJh.eyJh.x' },
    ]) {
      expect((await post(app, LIST, { origin, ...headers })).status).toBe(401);
    }
  });

  it('may be asked by pages of any origin, which have to prove who asks, and can’t do that by a cookie', async () => {
    const app = await start();
    const ask = (path: string) =>
      fetch(app.url + path, {
        method: 'OPTIONS',
        headers: {
          origin: 'https://inspector.example',
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization, mcp-protocol-version',
          'access-control-request-private-network': 'true',
        },
      });
    for (const path of [
      ...['/mcp', '/mcp?project=x', '/auth/oauth2/token', '/auth/oauth2/register', '/auth/jwks'],
      '/.well-known/oauth-protected-resource/mcp',
    ]) {
      const { headers } = await ask(path);
      expect(headers.get('access-control-allow-origin'), path).toBe('*');
      expect(headers.get('access-control-allow-headers'), path).toContain('authorization');
      expect(headers.get('access-control-allow-credentials'), path).toBeNull();
      expect(headers.get('access-control-allow-private-network'), path).toBeNull();
    }
    for (const path of [
      '/graphql',
      '/mcpx',
      '/auth/oauth2/authorize',
      '/auth/oauth2/consent',
      '/auth/sign-in/email',
      '/account',
    ]) {
      expect((await ask(path)).headers.get('access-control-allow-origin'), path).toBeNull();
    }
  });

  it('lets pages of allowed origins send the headers of the protocol', async () => {
    const app = await start({ MOORING_CORS_ORIGINS: 'https://console.example' });
    const preflight = await fetch(`${app.url}/mcp`, {
      method: 'OPTIONS',
      headers: { origin: 'https://console.example' },
    });
    const allowed = preflight.headers.get('access-control-allow-headers')?.split(', ');
    const needed = [
      'mcp-protocol-version',
      'mcp-method',
      'mcp-name',
      'mcp-session-id',
      'mooring-project',
      'mooring-actor',
    ];
    expect(allowed).toEqual(expect.arrayContaining(needed));
    expect((await post(app, LIST, { origin: 'https://console.example' })).status).toBe(200);
  });

  it('works in the project of a header, of a folder, of the address, or of an argument', async () => {
    const app = await start();
    const id = await app.createProject({ name: 'Harbour', path: '/work/harbour' });
    const other = await app.createProject({ name: 'Quay' });
    for (const project of [id, '/work/harbour', '/work/harbour/src/deep']) {
      const agent = await connectHttp(app.url, { headers: { 'mooring-project': project } });
      expect(await agent.text('project')).toContain(`${id} · Harbour`);
      expect(await agent.text('project', { project: other })).toContain(`${other} · Quay`);
      expect(await agent.text('project', { project: 'quay' })).toContain(`${other} · Quay`);
    }
    const addressed = await fetch(`${app.url}/mcp?project=${id}`, {
      method: 'POST',
      headers: HEADERS,
      body: JSON.stringify({ ...LIST, method: 'tools/call', params: { name: 'project', arguments: {} } }),
    });
    expect(await addressed.text()).toContain(`${id} · Harbour`);
  });

  it('says which projects there are when none is named', async () => {
    const app = await start();
    const id = await app.createProject({ name: 'Harbour' });
    const agent = await connectHttp(app.url);
    expect(await agent.error('list_tasks')).toMatch(new RegExp(`^NO_PROJECT: .*\nHint: .*${id} · Harbour`, 's'));
    expect(await agent.error('list_tasks', { project: 'prj_00000000000000000000000000' })).toMatch(
      /^(NO_PROJECT|INVALID_INPUT)/,
    );
    expect(await agent.error('list_tasks', { project: 'Nowhere' })).toMatch(
      /^NO_PROJECT: There are no projects named "Nowhere"/,
    );
  });

  it('writes under the name in the header, else the one that the client says', async () => {
    const app = await start();
    const id = await app.createProject({ name: 'Harbour' });
    const named = await connectHttp(app.url, {
      headers: { 'mooring-project': id, 'mooring-actor': Buffer.from('Žofie').toString('latin1') },
      name: 'codex',
    });
    await named.text('save_memory', { content: 'One' });
    const unnamed = await connectHttp(app.url, { era: 'modern', headers: { 'mooring-project': id }, name: 'codex' });
    await unnamed.text('save_memory', { content: 'Two' });
    const history = await unnamed.text('get_history');
    expect(history).toContain('· codex · create');
    expect(history).toContain('· Žofie · create');
  });

  it('takes no name of a client under which the server itself writes', async () => {
    const app = await start();
    const id = await app.createProject({ name: 'Harbour' });
    const agent = await connectHttp(app.url, { headers: { 'mooring-project': id }, name: 'retention', era: 'modern' });
    expect(await agent.error('save_memory', { content: 'x' })).toMatch(/^INVALID_INPUT: The actor's name .*\nHint: /s);
  });

  it('finds the project of a header by its name, too', async () => {
    const app = await start();
    await app.createProject({ name: 'Harbour' });
    const named = (project: string) => connectHttp(app.url, { headers: { 'mooring-project': project } });
    expect(await (await named('harbour')).text('list_tasks')).toContain('Harbour');
    expect(await (await named('../x')).error('list_tasks')).toMatch(/^NO_PROJECT: There are no projects named/);
  });

  it('is logged with the tool that was called, and never with what it was given', async () => {
    const app = await start();
    const agent = await connectHttp(app.url);
    await agent.call('search', { query: 'canary-1234' });
    await expect.poll(() => app.logged.join('\n')).toContain('tools/call search');
    expect(app.logged.join('\n')).not.toContain('canary-1234');
  });

  it('keeps a stream of changes open until the server closes', async () => {
    const app = await start();
    const id = await app.createProject({ name: 'Harbour' });
    const { client } = await connectHttp(app.url, { era: 'modern', headers: { 'mooring-project': id } });
    const listening = await client.listen({ resourceSubscriptions: ['mooring://project'] });
    await app.close();
    await listening.closed;
  });
});
