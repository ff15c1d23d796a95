import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSetupToken } from '../../../src/authentication/setup-token.js';
import { newKeySecret } from '../../../src/domain/access/key-format.js';
import { apiKeys, keyUse } from '../../../src/storage/account-collections.js';
import { accountsIn, openCatalog, withKey } from '../../support/accounts.js';
import { amount } from '../../support/extent.js';
import { raw } from '../../support/machine/raw-http.js';
import { startApp } from '../../support/server.js';
import { openBrowser } from '../../support/sign-in/browser.js';
import { makeFolder } from '../../support/temporary.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const VERSION = JSON.stringify({ query: '{ serverInfo { version } }' });

/** A server, its catalog as another process has it, and its set-up token. */
async function start(environment: Readonly<Record<string, string>> = {}) {
  const folder = await makeFolder();
  const app = await startApp(folder, environment);
  const catalog = await openCatalog(folder);
  const ask = (headers: Record<string, string> = {}, body: string = VERSION) =>
    fetch(`${app.url}/graphql`, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body });
  const status = async (headers: Record<string, string> = {}) => (await ask(headers)).status;
  const token = createSetupToken(await readFile(join(folder, 'secret.key'))).text;
  const setUp = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${app.url}/setup`, {
      method: 'POST',
      headers: { ...JSON_TYPE, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { ...app, catalog, accounts: accountsIn(catalog), ask, status, token, setUp };
}

async function errorOf(response: Response): Promise<{ code: string; message: string; hint: string }> {
  const { errors } = (await response.json()) as {
    errors: { message: string; extensions: { code: string; hint: string } }[];
  };
  return { message: errors[0]!.message, ...errors[0]!.extensions };
}

describe('a server with users', () => {
  it('answers nobody without a valid credential, in the usual form, and everyone where nothing is told', async () => {
    const { accounts, ask, status, url, logged } = await start();
    expect(await status()).toBe(200);
    const { secret } = await accounts.createKey(await accounts.createUser());
    await expect.poll(() => status(), { timeout: 20_000 }).toBe(401);

    const refused = await ask();
    expect(refused.headers.get('www-authenticate')).toBe('Bearer');
    expect(refused.headers.get('access-control-allow-credentials')).toBeNull();
    expect(await errorOf(refused)).toMatchObject({
      code: 'UNAUTHENTICATED',
      hint: expect.stringContaining('Bearer mor_'),
    });
    for (const path of ['/graphql?query={serverInfo{version}}', '/graphql'])
      expect((await fetch(url + path)).status).toBe(401);
    for (const path of ['/mcp', '/hooks/claude-code'])
      expect([path, (await fetch(url + path, { method: 'POST', headers: JSON_TYPE, body: '{}' })).status]).toEqual([
        path,
        401,
      ]);

    const sent = [{ ...withKey(secret) }, { authorization: `bearer ${secret}` }, { 'x-api-key': secret }];
    for (const headers of sent) expect(await status(headers)).toBe(200);
    const wrong = [
      withKey(newKeySecret()),
      { authorization: `Basic ${secret}` },
      { authorization: secret },
      { 'x-api-key': `${secret}x` },
    ];
    for (const headers of wrong) expect(await status({ ...headers })).toBe(401);
    expect((await fetch(`${url}/graphql?apiKey=${secret}&query={serverInfo{version}}`)).status).toBe(401);

    for (const path of ['/health', '/ready', '/setup'])
      expect([path, (await fetch(url + path)).status]).toEqual([path, 200]);
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(302);
    const page = await raw(`${url}/graphql`, { headers: { accept: 'text/html' } });
    expect([page.status, page.text.includes('<html')]).toEqual([200, true]);
    expect(logged.filter((line) => line.includes(secret.slice(4)))).toEqual([]);
  });

  it('lets pages of allowed origins send a key, without cookies', async () => {
    const { url } = await start();
    const answer = await fetch(`${url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin: 'https://studio.apollographql.com', 'access-control-request-method': 'POST' },
    });
    expect(answer.headers.get('access-control-allow-headers')).toMatch(/\bauthorization, x-api-key\b/);
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('refuses before the body is read', async () => {
    const { accounts, ask, status } = await start();
    await accounts.createUser();
    await expect.poll(() => status(), { timeout: 20_000 }).toBe(401);
    expect((await ask({}, 'no JSON at all')).status).toBe(401);
    expect((await ask({ 'content-type': 'text/plain' })).status).toBe(401);
  });

  it('says when a key may go on, and from where it may not be used', async () => {
    const { accounts, ask } = await start();
    const owner = await accounts.createUser();
    const limited = await accounts.createKey(owner, { perMinute: 1 });
    const elsewhere = await accounts.createKey(owner, { allowedAddresses: ['192.0.2.0/24'] });
    expect((await ask(withKey(limited.secret))).status).toBe(200);
    const late = await ask(withKey(limited.secret));
    expect(late.status).toBe(429);
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await errorOf(late)).code).toBe('RATE_LIMITED');
    const wrong = await ask(withKey(elsewhere.secret));
    expect([wrong.status, (await errorOf(wrong)).code]).toEqual([403, 'FORBIDDEN']);
  });

  it('writes how keys are used once, not for each request', async () => {
    const { accounts, ask, catalog, close } = await start();
    const { key, secret } = await accounts.createKey(await accounts.createUser());
    await ask(withKey(secret));
    const uses = async () =>
      (await catalog.collection(keyUse).list({ order: { field: 'day', direction: 'ASC' }, limit: 10 })).items;
    await expect.poll(async () => (await uses()).length, { timeout: 20_000 }).toBe(1);
    const before = (await catalog.log.head()).seq;
    const requests = amount({ quick: 300, all: 10_000 });
    for (let sent = 0; sent < requests; sent += 50)
      await Promise.all(Array.from({ length: 50 }, async () => (await ask(withKey(secret))).arrayBuffer()));
    expect((await catalog.log.head()).seq).toBe(before);
    await close();
    const [use] = await uses();
    expect(use).toMatchObject({ keyId: key.id, refused: 0, lastAddress: '127.0.0.1' });
    expect((await uses()).reduce((all, each) => all + each.requests, 0)).toBe(requests + 1);
  });

  it('logs who writes as the key, then as what the client says it is', async () => {
    const { accounts, ask, catalog } = await start();
    const { key, secret } = await accounts.createKey(await accounts.createUser());
    const body = JSON.stringify({ query: 'mutation { createProject(input: { name: "Harbour" }) { __typename } }' });
    await ask({ ...withKey(secret), 'mooring-actor': 'claude' }, body);
    await ask(withKey(secret), body);
    const actors = (await catalog.log.listHeaders({ direction: 'DESC', limit: 10 }))
      .filter(({ collection }) => collection === 'projects')
      .map(({ actor }) => actor);
    expect(actors).toEqual([key.id, `${key.id} claude`]);
  });
});

describe('a server without users', () => {
  it('is open on this machine, but not through a proxy', async () => {
    const { status } = await start();
    expect(await status()).toBe(200);
    const forwarding = [
      'Forwarded',
      'X-Forwarded-For',
      'x-forwarded-host',
      'x-forwarded-port',
      'X-Forwarded',
      'x-real-ip',
      ...['VIA', 'CF-Connecting-IP', 'true-client-ip', 'Fly-Client-IP', 'X-Azure-ClientIP', 'Proxy-Client-IP'],
      ...['X-Original-Forwarded-For', 'X-Vercel-Forwarded-For', 'X-ProxyUser-Ip', 'X-Original-Host'],
      ...['X-Envoy-External-Address', 'X-Appengine-User-Ip', 'CDN-Loop', 'CF-Ray', 'Tailscale-User-Login'],
    ];
    for (const name of forwarding) expect([name, await status({ [name]: '192.0.2.1' })]).toEqual([name, 403]);
    const guarded = await start({ MOORING_ALLOW_UNAUTHENTICATED: '1' });
    expect(await guarded.status({ 'x-forwarded-for': '192.0.2.1' })).toBe(200);
  });

  it.each([{ HOST: '0.0.0.0' }, { MOORING_AUTH: 'required' }])(
    'is locked with %j until somebody has set it up',
    async (environment) => {
      const { ask, status, url, token, setUp } = await start(environment);
      const refused = await ask();
      expect([refused.status, (await errorOf(refused)).code]).toEqual([401, 'SETUP_REQUIRED']);
      for (const path of ['/health', '/ready']) expect((await fetch(url + path)).status).toBe(200);
      expect(await (await fetch(`${url}/setup`)).json()).toMatchObject({ isNeeded: true });
      expect(await (await fetch(`${url}/setup`)).text()).not.toContain(token);

      const answer = await setUp({ token, email: 'Ada@Example.com', name: 'Ada' });
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
      const { user, secret } = (await answer.json()) as { user: { id: string; email: string }; secret: string };
      expect([user.email, await status(withKey(secret)), await status()]).toEqual(['ada@example.com', 200, 401]);
      expect(await (await fetch(`${url}/setup`)).json()).toMatchObject({ isNeeded: false });
      const again = await setUp({ token, email: 'eve@example.com' });
      expect([again.status, (await errorOf(again)).code]).toEqual([403, 'FORBIDDEN']);
    },
  );
});

describe('setting up', () => {
  it('creates one administrator, however many try at once', async () => {
    const { setUp, token } = await start({ MOORING_AUTH: 'required' });
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, each) => setUp({ token, email: `a${each}@example.com` })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403, 403]);
  });

  it('gives the administrator a password, if they send a good one, which no log has', async () => {
    const { setUp, token, url, logged } = await start({ MOORING_AUTH: 'required' });
    const ada = { token, email: 'ada@example.com' };
    const short = await setUp({ ...ada, password: 'canary-abc' });
    expect([short.status, (await errorOf(short)).code]).toEqual([400, 'INVALID_INPUT']);
    const password = 'canary-battery-staple';
    const answer = await setUp({ ...ada, password });
    expect([answer.status, await answer.text()]).toEqual([200, expect.not.stringContaining('canary')]);
    expect((await openBrowser(url).signIn(ada.email, password)).status).toBe(200);
    expect(JSON.stringify(logged)).not.toContain('canary');
  });

  it('takes the right token only; wrong ones are soon answered in short, and lock nobody out', async () => {
    const { setUp, token, logged } = await start({ MOORING_AUTH: 'required' });
    const wrong = `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`;
    const statuses = [];
    for (let attempt = 0; attempt < 7; attempt++)
      statuses.push((await setUp({ token: wrong, email: 'eve@example.com' })).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
    expect(logged.join('')).not.toContain(wrong);
    expect((await setUp({ token, email: 'ada@example.com' })).status).toBe(200);
  });

  it('isn’t done by pages of other sites, forms, or anything but what is needed', async () => {
    const { setUp, token } = await start({ MOORING_AUTH: 'required' });
    const input = { token, email: 'ada@example.com' };
    expect((await setUp(input, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await setUp(input, { 'content-type': 'text/plain' })).status).toBe(415);
    for (const body of ['', '[]', 'null', { token }, { ...input, roleId: 'x' }, { ...input, token: 7 }])
      expect((await setUp(body)).status).toBe(400);
    expect((await setUp({ ...input, email: 'no address' })).status).toBe(400);
    expect((await setUp({ ...input, name: 'x'.repeat(100_000) })).status).toBe(413);
    expect((await setUp(input)).status).toBe(200);
  });
});

it('a revocation in one process counts in another', async () => {
  const { accounts, status } = await start();
  const { key, secret } = await accounts.createKey(await accounts.createUser());
  expect(await status(withKey(secret))).toBe(200);
  await accounts.change(apiKeys, key, { revokedAt: new Date().toISOString() });
  await expect.poll(() => status(withKey(secret)), { timeout: 20_000 }).toBe(401);
});
