import dns from 'node:dns/promises';
import { once } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { fetchClientMetadataResource } from '@better-auth/cimd/node';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openCatalog } from '../support/accounts.js';
import { type RunningApp, startApp } from '../support/server.js';
import { type Browser, openBrowser } from '../support/sign-in/browser.js';
import { laneWith } from '../support/sign-in/lane.js';
import { createPerson } from '../support/sign-in/people.js';
import { ask, CALLBACK, DOCUMENT } from '../support/sign-in/program.js';
import { open } from '../support/sign-in/visits.js';
import { type AtEnd, makeFolder } from '../support/temporary.js';

/** Anybody can name an address for the server to read: it must not be one that only the server reaches. */
describe('The document of a program', { timeout: 60_000 }, () => {
  let app: RunningApp;
  let url: string;
  let port: number;
  let browser: Browser;
  let connections = 0;
  /** What is answered, by host; others are fetched over the network. */
  const answers = new Map<string, () => Response>();

  beforeAll(async () => {
    const atEnd: AtEnd = (close) => afterAll(close);
    const createLane = laneWith(async (asked, init) => {
      const made = answers.get(new URL(String(asked)).host);
      return made ? made() : fetchClientMetadataResource(asked, init);
    });
    const folder = await makeFolder(atEnd);
    app = await startApp(folder, {}, { createLane }, atEnd);
    url = app.url.replace('127.0.0.1', 'localhost');
    browser = await signedIn(folder, url, atEnd);
    const inside = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    inside.listen(0);
    await once(inside, 'listening');
    ({ port } = inside.address() as AddressInfo);
    afterAll(() => inside.close());
  }, 60_000);

  const asked = (clientId: string) => open(browser, ask(url, { client_id: clientId }).address, url);

  it('is read where it is public', async () => {
    answers.set('agent.example.com', () =>
      Response.json({ ...DOCUMENT, client_id: 'https://agent.example.com/client.json' }),
    );
    expect((await asked('https://agent.example.com/client.json')).url.pathname).toBe('/consent');
  });

  it.each([
    'https://127.0.0.1:PORT/client.json',
    'https://localhost:PORT/client.json',
    'https://127.1:PORT/client.json',
    'https://2130706433:PORT/client.json',
    'https://0x7f000001:PORT/client.json',
    'https://0177.0.0.1:PORT/client.json',
    'https://0.0.0.0:PORT/client.json',
    'https://[::1]:PORT/client.json',
    'https://[::]:PORT/client.json',
    'https://[::ffff:127.0.0.1]:PORT/client.json',
    'https://[::ffff:7f00:1]:PORT/client.json',
    'https://[64:ff9b::7f00:1]:PORT/client.json',
    'https://user:password@127.0.0.1:PORT/client.json',
    'https://10.0.0.1/client.json',
    'https://192.168.1.1/client.json',
    'https://172.16.0.1/client.json',
    'https://100.64.0.1/client.json',
    'https://169.254.169.254/latest/meta-data',
    'https://metadata.google.internal/client.json',
    'https://[fd00::1]/client.json',
    'https://[fe80::1]/client.json',
    'http://agent.example.com/client.json',
    'file:///etc/passwd',
    'https://agent.example.com/../client.json',
    'https://agent.example.com/client.json#part',
  ])('is not read at %s', async (address) => {
    const shown = await asked(address.replace('PORT', String(port)));
    expect(shown.url.pathname).toBe('/problem');
    expect(connections).toBe(0);
  });

  it('is not read where a name leads inside, though the name is public', async () => {
    const { lookup } = dns;
    const names: string[] = [];
    onTestFinished(() => {
      dns.lookup = lookup;
      syncBuiltinESMExports();
    });
    for (const address of ['127.0.0.1', '10.1.2.3', '169.254.169.254', '::1', 'fd00::1', '::ffff:127.0.0.1']) {
      const found = { address, family: address.includes(':') ? 6 : 4 };
      dns.lookup = (async (name: string) => {
        names.push(name);
        return [{ address: '93.184.216.34', family: 4 }, found];
      }) as never;
      syncBuiltinESMExports();
      const host = `inside-${names.length}.example.com`;
      const shown = await asked(`https://${host}:${port}/client.json`);
      expect(shown.url.pathname).toBe('/problem');
      expect(names.at(-1)).toBe(host);
    }
    expect(connections).toBe(0);
  });

  it.each<readonly [string, (own: object) => Response]>([
    ['leads elsewhere', () => new Response(null, { status: 302, headers: { location: 'http://127.0.0.1/' } })],
    ['is too long', (own) => Response.json({ ...own, more: 'x'.repeat(10_000) })],
    [
      'never ends',
      () =>
        new Response(
          new ReadableStream({ pull: (controller) => controller.enqueue(new TextEncoder().encode(' '.repeat(1_024))) }),
          { headers: { 'content-type': 'application/json' } },
        ),
    ],
    ['is no JSON', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
    ['is another’s', (own) => Response.json({ ...own, client_id: 'https://agent.example.com/client.json' })],
    ['has no name', (own) => Response.json({ ...own, client_name: ' ' })],
    ['is answered by a script', (own) => Response.json({ ...own, redirect_uris: ['javascript:alert(1)'] })],
    ['has a secret', (own) => Response.json({ ...own, client_secret: 'canary-secret' })],
  ])('counts for nothing that %s', async (what, respond) => {
    const host = `${what.replace(/\W/g, '')}.example.com`;
    const clientId = `https://${host}/client.json`;
    answers.set(host, () => respond({ ...DOCUMENT, client_id: clientId }));
    const shown = await asked(clientId);
    expect(shown.url.pathname).toBe('/problem');
  });

  it('is read nowhere by a server that is offline', async () => {
    let reads = 0;
    const createLane = laneWith(async () => {
      reads += 1;
      return Response.json({});
    });
    const folder = await makeFolder();
    const offline = await startApp(folder, { MOORING_OFFLINE: '1' }, { createLane });
    const at = offline.url.replace('127.0.0.1', 'localhost');
    const question = ask(at, { client_id: 'https://agent.example.com/client.json' });
    const person = await signedIn(folder, at, onTestFinished);
    expect((await open(person, question.address, at)).url.pathname).toBe('/problem');
    expect(reads).toBe(0);
  });

  it('is read for nobody who hasn’t signed in, and nothing is kept of it', async () => {
    let reads = 0;
    answers.set('new.example.com', () => {
      reads += 1;
      return Response.json({ ...DOCUMENT, client_id: 'https://new.example.com/client.json' });
    });
    const clientId = 'https://new.example.com/client.json';
    const { verifier, address } = ask(url, { client_id: clientId });
    const login = await open(openBrowser(url), address, url);
    expect(login.url.pathname).toBe('/login');
    const code = { grant_type: 'authorization_code', code: 'made-up', code_verifier: verifier, redirect_uri: CALLBACK };
    const assertion = ['{}', JSON.stringify({ sub: clientId })].map((part) => Buffer.from(part).toString('base64url'));
    const tries: readonly (readonly [Record<string, string>, Record<string, string>])[] = [
      [{ client_id: clientId }, {}],
      [{}, { authorization: `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:x`).toString('base64')}` }],
      [
        {
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: `${assertion.join('.')}.x`,
        },
        {},
      ],
    ];
    for (const [fields, headers] of tries) {
      const body = new URLSearchParams({ ...code, ...fields });
      const refused = await fetch(`${url}/auth/oauth2/token`, { method: 'POST', body, headers });
      expect(refused.status).toBe(401);
    }
    expect(reads).toBe(0);
    expect((await open(browser, address, url)).url.pathname).toBe('/consent');
    expect(reads).toBe(1);
  });
});

const PASSWORD = 'canary-battery-staple';

async function signedIn(folder: string, url: string, atEnd: AtEnd): Promise<Browser> {
  const user = await createPerson(await openCatalog(folder, atEnd), PASSWORD);
  const browser = openBrowser(url);
  expect((await browser.signIn(user.email!, PASSWORD)).status).toBe(200);
  return browser;
}
