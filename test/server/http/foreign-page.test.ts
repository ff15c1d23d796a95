import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Api, createApi } from '../../support/api.js';
import { type Browser, chromium, type Page, startChromium } from '../../support/machine/browser.js';
import { type Running, startMooring } from '../../support/machine/processes.js';
import { type Seen, startWitness, type Witness } from '../../support/machine/witness.js';
import { until } from '../../support/until.js';

/** It lists the attempts. */
const SCRIPT = readFileSync(join(import.meta.dirname, 'foreign-page.js'));
const PAGE = '<!doctype html><link rel="icon" href="data:,"><body><script src="/script.js"></script>';

/** A name that the browser resolves to this machine, as with DNS rebinding. */
const STRANGER = 'evil.localhost';
const ALLOWED = 'allowed.localhost';

/** The operations of the attempts. A name in the log shows that it was run. */
const QUERY = 'query Cost { storageHealth { mode } }';
const mutationOn = (projectId: string) =>
  `mutation Write { createTask(input: {projectId: "${projectId}", title: "Foreign"}) { __typename } }`;

/** Operations of the test itself, and of the explorer when it opens. */
const OWN = ['L', 'Last', 'IntrospectionQuery'];

describe.skipIf(chromium === null)('a foreign page in Chromium', () => {
  let data: string;
  let server: Running;
  let api: Api;
  let witness: Witness;
  let pages: Server;
  let browser: Browser;
  let projectId: string;
  let before: unknown;
  let log = '';
  const portOf = ({ url }: { readonly url: string }) => new URL(url).port;

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'mooring-foreign-'));
    pages = createServer(({ url }, answer) => {
      const isScript = url === '/script.js';
      answer.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      answer.end(isScript ? SCRIPT : PAGE);
    });
    pages.listen(0);
    await once(pages, 'listening');
    server = await startMooring(data, { MOORING_CORS_ORIGINS: originOf(ALLOWED) });
    server.process.stdout!.on('data', (part) => {
      log += part;
    });
    api = createApi(server.url);
    projectId = await api.createProject();
    witness = await startWitness(server.url);
    browser = await startChromium(chromium!);
  });
  beforeEach(async () => {
    before = await everything();
    witness.seen.length = 0;
    log = '';
  });
  afterAll(async () => {
    await browser?.close();
    witness?.close();
    pages?.close();
    pages?.closeAllConnections();
    await server?.stop();
    await rm(data, { recursive: true, force: true });
  });

  const originOf = (host: string) => `http://${host}:${(pages.address() as { port: number }).port}`;
  const open = (host: string): Promise<Page> => {
    const said = { target: witness.url, query: QUERY, mutation: mutationOn(projectId) };
    return browser.open(`${originOf(host)}/?${new URLSearchParams(said)}`);
  };
  /** The records, and the ends of the logs that each write adds to. */
  const everything = () =>
    api.ask(
      'query L($id: ID!) { projectListCursor node(id: $id) { ... on Project { cursor version tasks { totalCount } } } }',
      {
        id: projectId,
      },
    );
  /** Names of the operations that were run, without those of the test itself, once all requests are in the log. */
  const operationsRun = async () => {
    await api.ask('query Last { serverInfo { version } }');
    await until(() => log.includes('"Last"'));
    const names = [...log.matchAll(/"operation":"(\w+)"/g)].map(([, name]) => name!);
    return names.filter((name) => !OWN.includes(name));
  };

  test.each(['127.0.0.1', 'localhost', STRANGER])('of %s can’t write, read or run anything', async (host) => {
    const page = await open(host);
    await page.evaluate('done.then(() => null)');
    const tries = await page.evaluate<string[]>('Object.keys(TRIES)');
    await until(() => tries.every((attempt) => fromOf(witness.seen).includes(attempt)));

    expect(await page.evaluate('read')).toEqual([]);
    expect(witness.seen.filter((seen) => !isRefused(seen))).toEqual([]);
    expect(await operationsRun()).toEqual([]);
    expect(await everything()).toEqual(before);
  });

  test('of an allowed origin does all three, which proves that the attempts work', async () => {
    const page = await open(ALLOWED);
    await page.evaluate('done.then(() => null)');
    const read = await page.evaluate<string[]>('read');
    for (const attempt of ['fetch', 'fetch of JSON', 'XMLHttpRequest', 'socket']) {
      expect(read.filter((text) => text.startsWith(`${attempt}: `))).not.toEqual([]);
    }
    expect(new Set(await operationsRun())).toEqual(new Set(['Cost', 'Write']));
    expect(await everything()).not.toEqual(before);
  });

  test('that navigates to the server shows its explorer, which runs nothing unasked', async () => {
    const page = await open(STRANGER);
    await page.evaluate('done.then(() => null)');
    for (const text of [QUERY, mutationOn(projectId)]) {
      const address = `${witness.url}/graphql?${new URLSearchParams({ query: text })}`;
      await page.leaveFor(address);
      await page.until(
        `location.href.startsWith(${JSON.stringify(witness.url)}) && document.querySelector('.graphiql-query-editor .view-lines')?.textContent.includes('{')`,
      );
    }
    expect(await operationsRun()).toEqual([]);
    expect(await everything()).toEqual(before);
  });

  test('that navigates to a server without an explorer runs nothing there either', async () => {
    const closed = await mkdtemp(join(tmpdir(), 'mooring-foreign-'));
    const plain = await startMooring(closed, { MOORING_GRAPHIQL: '0' });
    try {
      const page = await open(STRANGER);
      const address = `${plain.url}/graphql?${new URLSearchParams({ query: QUERY })}`;
      await page.leaveFor(address);
      await page.until(`location.href.startsWith(${JSON.stringify(plain.url)}) && document.readyState === 'complete'`);
      expect(await page.evaluate('document.body.textContent')).toContain('FORBIDDEN');
    } finally {
      await plain.stop();
      await rm(closed, { recursive: true, force: true });
    }
  });

  test('whose name was pointed at the server is not answered', async () => {
    const page = await browser.open(`http://${STRANGER}:${portOf(witness)}/graphql?query=${encodeURIComponent(QUERY)}`);
    expect(await page.evaluate('document.body.textContent')).toContain('FORBIDDEN');
    const post = `fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(JSON.stringify({ query: mutationOn('x') }))} }).then(({ status }) => status)`;
    expect(await page.evaluate(post)).toBe(403);
    expect(await operationsRun()).toEqual([]);
  });
});

const fromOf = (seen: readonly Seen[]) =>
  seen.map(({ asked }) => new URL(asked.split(' ')[1]!, 'http://server').searchParams.get('from')!);

/** Whether it was refused before anything was run; for a preflight, whether it was denied. */
function isRefused({ asked, status, answer }: Seen): boolean {
  switch (asked.split(' ')[0]) {
    case 'GET':
    case 'HEAD':
      return status === 403;
    case 'POST':
      return status === 415;
    case 'OPTIONS':
      return !answer.some((line) => /^access-control-allow/i.test(line));
    default:
      return false;
  }
}
