import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { AskOptions } from '../../src/mcp/ask.js';
import { FindProjectDocument, SaveMemoryDocument } from '../../src/mcp/gql/graphql.js';
import { createHttpAsk } from '../../src/mcp/http-ask.js';

const QUERY = [FindProjectDocument, { by: { id: 'prj_1' } }] as const;
const MUTATION = [SaveMemoryDocument, { input: { projectId: 'prj_1', role: 'USER', content: 'kept' } }] as const;
const REFUSING = 'http://127.0.0.1:1';
const options: AskOptions = { actor: 'test', requestId: 'r1', signal: new AbortController().signal };

const answer = (response: ServerResponse) => response.end('{"data":{"answered":true}}');
const die = (response: ServerResponse) => response.destroy();
const dieHalfway = (response: ServerResponse) => {
  response.writeHead(200, { 'content-length': 100 });
  response.write('{"data":', () => response.destroy());
};

/** A server that does something with each request, and how many it had. */
async function serverThat(does: (response: ServerResponse) => void) {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    request.resume().on('end', () => does(response));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests: () => requests };
}

/** Finds these servers, one after the other, and the last one again. */
function askOf(...urls: string[]) {
  const found: string[] = [];
  const ask = createHttpAsk(async () => {
    const url = urls[Math.min(found.length, urls.length - 1)]!;
    found.push(url);
    return { url };
  });
  return { ask, found };
}

it('a server is looked for once while it answers', async () => {
  const { url } = await serverThat(answer);
  const { ask, found } = askOf(url);
  await ask(...QUERY, options);
  expect(await ask(...MUTATION, options)).toEqual({ answered: true });
  expect(found).toEqual([url]);
});

it('another server is asked when the first one refuses the connection, also to write', async () => {
  const { url } = await serverThat(answer);
  const reading = askOf(REFUSING, url);
  expect(await reading.ask(...QUERY, options)).toEqual({ answered: true });
  const writing = askOf(REFUSING, url);
  expect(await writing.ask(...MUTATION, options)).toEqual({ answered: true });
  expect(writing.found).toEqual([REFUSING, url]);
});

it.each([
  ['before it answered', die],
  ['while it answered', dieHalfway],
])('another server is asked when the first one ended %s a query', async (_, end) => {
  const [first, second] = [await serverThat(end), await serverThat(answer)];
  const { ask } = askOf(first.url, second.url);
  expect(await ask(...QUERY, options)).toEqual({ answered: true });
  expect([first.requests(), second.requests()]).toEqual([1, 1]);
});

it('a write whose answer was lost is not repeated, and the next question looks for another server', async () => {
  const [first, second] = [await serverThat(die), await serverThat(answer)];
  const { ask } = askOf(first.url, second.url);
  await expect(ask(...MUTATION, options)).rejects.toMatchObject({ code: 'SERVER_UNREACHABLE' });
  expect([first.requests(), second.requests()]).toEqual([1, 0]);
  expect(await ask(...MUTATION, options)).toEqual({ answered: true });
});

it('a query is repeated once', async () => {
  const { url, requests } = await serverThat(die);
  const { ask } = askOf(url);
  await expect(ask(...QUERY, options)).rejects.toMatchObject({
    code: 'SERVER_UNREACHABLE',
    message: `The Mooring server at ${url} can't be reached (ECONNRESET).`,
  });
  expect(requests()).toBe(2);
});

it('another server is looked for after one that hangs, or isn’t Mooring', async () => {
  const { url } = await serverThat(answer);
  for (const wrong of [() => undefined, (response: ServerResponse) => response.end('<html>')]) {
    const { ask, found } = askOf((await serverThat(wrong)).url, url);
    await expect(ask(...QUERY, { ...options, signal: AbortSignal.timeout(50) })).rejects.toThrow();
    expect(await ask(...QUERY, options)).toEqual({ answered: true });
    expect(found).toHaveLength(2);
  }
});

it('what isn’t Mooring is said to be so', async () => {
  const { url } = await serverThat((response) => response.writeHead(404).end('<html>'));
  await expect(askOf(url).ask(...QUERY, options)).rejects.toMatchObject({
    message: `The server at ${url} did not answer as Mooring does (HTTP 404).`,
  });
});

it('a question that is cancelled ends', async () => {
  const controller = new AbortController();
  const { url } = await serverThat(() => controller.abort());
  await expect(askOf(url).ask(...QUERY, { ...options, signal: controller.signal })).rejects.toThrow('aborted');
});
