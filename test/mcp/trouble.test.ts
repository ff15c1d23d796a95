import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DEADLINE_MS } from '../../src/mcp/calls/create-call.js';
import { TOOLS } from '../../src/mcp/tools/tools.js';
import { connectInProcess, idIn } from '../support/mcp/client.js';
import { startApp } from '../support/server.js';
import { makeFolder } from '../support/temporary.js';

/** A server of which a test says how it answers; closed when the test ends. */
async function startServer(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A URL at which nothing listens. */
async function downUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** Arguments with which each tool asks the server. */
const GIVEN: Readonly<Record<string, Record<string, unknown>>> = {
  search: { query: 'x' },
  get_records: { ids: [`mem_${'0'.repeat(26)}`] },
  save_memory: { content: 'x' },
  save_task: { title: 'x' },
  undo: { id: 'mem_x' },
};

it.each([
  ['undo', 'see get_history'],
  ['claim_task', 'see list_tasks'],
  ['save_memory', 'not carried out twice'],
])('%s says what to do before it is repeated when the connection is lost', async (name, hint) => {
  const url = await startServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      if (body.includes('mutation ')) response.destroy();
      else
        response.end(
          JSON.stringify({ data: { project: { id: `prj_${'0'.repeat(26)}`, name: 'x', deletedAt: null } } }),
        );
    });
  });
  const agent = await connectInProcess({ reach: async () => ({ url }) });
  const error = await agent.error(name, { save_memory: { content: 'x' }, undo: { id: 'request-1' } }[name]);
  expect(error).toMatch(/^SERVER_UNREACHABLE: .* The write may have happened\.\nHint: /);
  expect(error).toContain(hint);
});

describe('a server that hangs', () => {
  it.each(TOOLS)('is answered for when the tool $name waits for it', async ({ name, isReading }) => {
    const url = await startServer(() => undefined);
    const agent = await connectInProcess({ reach: async () => ({ url }), deadlineMs: 50 });
    const error = await agent.error(name, GIVEN[name]);
    expect(error).toMatch(/^TIMEOUT: Mooring did not answer within 0.05 s/);
    expect(error).toContain('\nHint: ');
    expect(error.includes('may have happened')).toBe(!isReading);
  });

  it('is answered for while it is looked for', async () => {
    const agent = await connectInProcess({ reach: () => new Promise(() => undefined), deadlineMs: 50 });
    expect(await agent.error('list_tasks')).toMatch(/^TIMEOUT/);
  });

  it('is waited for with progress, for a client that asks for it', async () => {
    let heard: () => void = () => undefined;
    const progress = new Promise<void>((resolve) => {
      heard = resolve;
    });
    const stopping = new AbortController();
    const { client } = await connectInProcess({ reach: () => new Promise(() => undefined) });
    const options = { onprogress: () => heard(), signal: stopping.signal };
    const called = client.callTool({ name: 'list_tasks', arguments: {} }, options);
    await progress;
    stopping.abort();
    await expect(called).rejects.toThrow();
  });

  it('is given less than ten seconds', () => {
    expect(DEADLINE_MS).toBeLessThan(10_000);
  });
});

describe('a server that is down', () => {
  it('is looked for again with the next call, so that another is found', async () => {
    const app = await startApp(await makeFolder());
    await app.createProject({ name: 'Harbour', path: '/harbour' });
    const down = await downUrl();
    const urls = [down, down, app.url];
    const agent = await connectInProcess({ reach: async () => ({ url: urls.shift() ?? app.url }), folder: '/harbour' });
    const error = await agent.error('list_tasks');
    expect(error).toContain(`SERVER_UNREACHABLE: The Mooring server at ${down} can't be reached (ECONNREFUSED)`);
    expect(error).toContain('mooring serve');
    expect(await agent.text('list_tasks')).toContain('no open tasks');
  });

  it('is found again within the same call when another took its place', async () => {
    const app = await startApp(await makeFolder());
    await app.createProject({ name: 'Harbour', path: '/harbour' });
    const urls = [await downUrl(), app.url];
    const agent = await connectInProcess({ reach: async () => ({ url: urls.shift() ?? app.url }), folder: '/harbour' });
    expect(await agent.text('list_tasks')).toContain('no open tasks');
  });

  it('is told from something else that answers there', async () => {
    const url = await startServer((_, response) => response.end('<html>hello</html>'));
    const agent = await connectInProcess({ reach: async () => ({ url }) });
    expect(await agent.error('list_tasks')).toContain('did not answer as Mooring does (HTTP 200)');
  });
});

describe('a write whose answer was lost', () => {
  it.each([
    ['save_memory', { content: 'We use passkeys.' }, 'memories'],
    ['save_task', { title: 'Build the login' }, 'tasks'],
  ])('is not carried out twice when %s is called again', async (tool, given, list) => {
    const app = await startApp(await makeFolder());
    const projectId = await app.createProject({ name: 'Harbour', path: '/harbour' });
    let isLost = true;
    const url = await startServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks).toString();
      const answer = await fetch(`${app.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      const text = await answer.text();
      if (body.includes('mutation') && isLost) response.destroy();
      else response.end(text);
    });
    const agent = await connectInProcess({ reach: async () => ({ url }), folder: '/harbour' });
    expect(await agent.error(tool, given)).toMatch(/^SERVER_UNREACHABLE/);
    isLost = false;
    await agent.text(tool, given);
    const count = `{ project(by: { id: "${projectId}" }) { ${list} { totalCount } } }`;
    expect(await app.ask(count)).toEqual({ project: { [list]: { totalCount: 1 } } });
    // After an answer, the same words are meant as another record.
    await agent.text(tool, given);
    expect(await app.ask(count)).toEqual({ project: { [list]: { totalCount: 2 } } });
  });
});

describe('a call that its client cancels', () => {
  it('stops waiting for the server', async () => {
    let gone: () => void = () => undefined;
    const isGone = new Promise<void>((resolve) => {
      gone = resolve;
    });
    const cancelling = new AbortController();
    const url = await startServer((_, response) => {
      response.on('close', gone);
      cancelling.abort();
    });
    const { client } = await connectInProcess({ reach: async () => ({ url }) });
    const called = client.callTool({ name: 'list_tasks', arguments: {} }, { signal: cancelling.signal });
    await expect(called).rejects.toThrow();
    await isGone;
  });
});

it('an unexpected error is reported, and the model is told to go on without', async () => {
  const faults: unknown[] = [];
  const agent = await connectInProcess({
    reach: () => Promise.reject(new TypeError('x is not a function')),
    onFault: (error) => void faults.push(error),
  });
  expect(await agent.error('list_tasks')).toMatch(/^INTERNAL: /);
  expect(faults).toHaveLength(1);
});

it('errors of the API come with code, message and hint', async () => {
  const app = await startApp(await makeFolder());
  await app.createProject({ name: 'Harbour', path: '/harbour' });
  const agent = await connectInProcess({ reach: async () => app, folder: '/harbour' });
  expect(await agent.error('undo', { id: 'mem_nope' })).toMatch(/^INVALID_INPUT: .*\nHint: .+/s);
  expect(await agent.error('claim_task')).toMatch(/^NOTHING_READY: .*\nHint: .*save_task/s);
  const task = idIn(await agent.text('save_task', { title: 'One' }), 'tsk');
  await agent.text('save_task', { id: task, title: 'Two' });
  expect(await agent.error('save_task', { id: task, title: 'Three', version: 1 })).toMatch(/^CONFLICT: /);
  expect(await agent.error('undo', { id: 'req-unknown' })).toMatch(/^NOT_FOUND: .*\nHint: .*get_history/s);
  expect(await agent.error('claim_task', { id: '0000000' })).toMatch(/^NOT_FOUND: .*\nHint: .*list_tasks/s);
});
