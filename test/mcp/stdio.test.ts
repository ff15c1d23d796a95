import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectStdio, type Era, idIn } from '../support/mcp/client.js';
import { startApp } from '../support/server.js';
import { makeFolder } from '../support/temporary.js';

const PROGRAM = fileURLToPath(new URL('../support/mcp/stdio-server.js', import.meta.url));
const args = (options: object) => [PROGRAM, JSON.stringify(options)];

/** The program by itself, for messages that no client sends. */
function start(options: object): ChildProcess & { readonly written: () => string } {
  const child = spawn(process.execPath, args(options), { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += String(chunk);
  });
  // It may end before it read everything.
  child.stdin.on('error', () => undefined);
  return Object.assign(child, { written: () => text });
}

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'by-hand', version: '1' } },
};
const lines = (...messages: readonly object[]) => messages.map((each) => `${JSON.stringify(each)}\n`).join('');
const calling = (id: number, name: string, given: object) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: given },
});

describe.each<Era>(['legacy', 'modern'])('an agent that speaks the %s protocol over stdio', (era) => {
  it('works in the project of its folder, under the name of its client, and is told of changes', async () => {
    const app = await startApp(await makeFolder());
    const folder = await makeFolder();
    const projectId = await app.createProject({ name: 'Harbour', path: folder });
    const agent = await connectStdio({ args: args({ url: app.url }), cwd: folder }, { era });
    const saved = await agent.text('save_memory', { content: 'We use passkeys.' });
    expect(saved).toContain('Saved in Harbour');
    expect(await agent.text('get_history', { id: idIn(saved) })).toContain('agent-one');

    const heard: string[] = [];
    agent.client.setNotificationHandler('notifications/resources/updated', ({ params }) => void heard.push(params.uri));
    const uri = 'mooring://tasks/ready';
    if (era === 'modern') await agent.client.listen({ resourceSubscriptions: [uri] });
    else await agent.client.subscribeResource({ uri });
    const write = async () => {
      await app.mutate('createTask', { projectId, title: 'One' }, 'task { id }');
      return heard;
    };
    await expect.poll(write, { timeout: 30_000, interval: 1_000 }).toContain(uri);
    expect([...new Set(heard)]).toEqual([uri]);
  });
});

describe('the standard input', () => {
  it('ends the process when it ends, after the answer to what was asked before', async () => {
    const app = await startApp(await makeFolder());
    const projectId = await app.createProject({ name: 'Harbour' });
    const child = start({ url: app.url, project: projectId });
    child.stdin?.end(lines(INITIALIZE, calling(2, 'save_memory', { content: 'The last words.' })));
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    expect(child.written()).toContain('Saved in Harbour');
    // The output is the protocol's alone.
    for (const line of child.written().trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' });
  });

  it('takes a message as long as the API takes one, and goes on after one that is no JSON', async () => {
    const app = await startApp(await makeFolder());
    const projectId = await app.createProject({ name: 'Harbour' });
    const child = start({ url: app.url, project: projectId });
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    child.stdin?.write(lines(INITIALIZE));
    child.stdin?.write('no JSON at all\n');
    child.stdin?.write(lines(calling(2, 'save_memory', { content: 'x'.repeat(10 * 1024 * 1024) })));
    child.stdin?.write(lines(calling(3, 'save_memory', { content: 'DEEP' })).replace('"DEEP"', deep));
    child.stdin?.end(lines(calling(4, 'list_tasks', {})));
    await once(child, 'exit');
    const answers = new Map(
      child
        .written()
        .trim()
        .split('\n')
        .map((line) => [JSON.parse(line).id, line]),
    );
    expect(answers.get(2)).toContain('INVALID_INPUT: ');
    expect(answers.get(3)).toContain('rror');
    expect(answers.get(4)).toContain('no open tasks');
  });

  it('is answered at once, before a server is looked for', async () => {
    const child = start({ url: 'http://127.0.0.1:1' });
    child.stdin?.end(lines(INITIALIZE));
    await once(child, 'exit');
    expect(child.written()).toContain('"name":"mooring"');
  });
});

it('the process ends with a client that is killed', async () => {
  const app = await startApp(await makeFolder());
  const child = start({ url: app.url });
  child.stdin?.write(lines(INITIALIZE));
  await expect.poll(() => child.written(), { timeout: 30_000 }).toContain('mooring');
  // What a client that is gone leaves: pipes without another end.
  child.stdin?.destroy();
  child.stdout?.destroy();
  await once(child, 'exit');
});
