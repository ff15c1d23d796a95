import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { askServer } from '../test/support/api.js';
import { startMooring, temporaryFolder } from '../test/support/machine/processes.js';
import { createCpuMeter, type Program } from './cpu.js';
import { type Bench, interleaved, milliseconds } from './measure.js';

const ROUNDS = 15;

/** What an agent waits for with every prompt, against a process of Node that only sends the same requests. */
export const bench: Bench = async () => {
  const folder = await temporaryFolder();
  const server = await startMooring(folder.path);
  try {
    await askServer(
      server.url,
      'mutation P($path: String!) { createProject(input: { name: "bench", path: $path, capture: MESSAGES }) { ... on Error { message } } }',
      { path: folder.path },
    );
    const measure = await createCpuMeter(folder.path);
    const hook = (url: string): Program => ({
      args: ['bin/mooring.js', 'hook', '--url', url],
      input: JSON.stringify(prompt(folder.path)),
      env: { MOORING_HOME: join(folder.path, 'home') },
    });
    const requests = await recorded(server.url, async (url) => {
      await measure(hook(url));
    });
    const bare: Program = { args: ['-e', SENDER], input: JSON.stringify({ url: server.url, requests }), env: {} };
    if (requests.length === 0) throw new Error('The hook sent nothing.');
    const [floor, ours] = await interleaved(ROUNDS, [() => measure(bare), () => measure(hook(server.url))]);
    return [
      {
        work: `\`mooring hook\` for a prompt: ${requests.length} requests, CPU`,
        ours: milliseconds(ours!),
        floor: `${milliseconds(floor!)}, Node and the requests`,
        ratio: ours! / floor!,
        goal: { atMost: 1.5 },
      },
    ];
  } finally {
    await server.stop();
    await folder.remove();
  }
};

/** What a host writes to a hook. */
function prompt(cwd: string): object {
  const [session_id, prompt_id] = [randomUUID(), randomUUID()];
  const question = 'Why is the parser slow when a line has more than a thousand characters?';
  return { hook_event_name: 'UserPromptSubmit', session_id, prompt_id, cwd, prompt: question, transcript_path: '' };
}

/** The bodies of the requests that reach a server while something is done. */
async function recorded(target: string, work: (url: string) => Promise<void>): Promise<readonly string[]> {
  const bodies: string[] = [];
  const proxy = createServer(async (request, response) => {
    const body = await text(request);
    bodies.push(body);
    const answer = await fetch(`${target}${request.url}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  });
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
  await work(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  await new Promise((closed) => proxy.close(closed));
  return bodies;
}

/** Sends requests one after the other, over one connection. */
const SENDER = `
  const { Agent, request } = require('node:http');
  let input = '';
  process.stdin.on('data', (part) => { input += part; }).on('end', async () => {
    const { url, requests } = JSON.parse(input);
    const agent = new Agent({ keepAlive: true });
    for (const body of requests)
      await new Promise((answered, failed) => {
        const options = { method: 'POST', agent, headers: { 'content-type': 'application/json' } };
        const sent = request(url + '/graphql', options, (response) => {
          let text = '';
          response.on('data', (part) => { text += part; }).on('end', () => answered(JSON.parse(text)));
        });
        sent.on('error', failed).end(body);
      });
    agent.destroy();
  });
`;
