import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIns } from '../../src/storage/sign-in-collections.js';
import type { Store } from '../../src/storage/store.js';
import { accountsIn, openCatalog } from '../support/accounts.js';
import { type RunningApp, startApp } from '../support/server.js';
import { type Browser, openBrowser } from '../support/sign-in/browser.js';
import { countingLane } from '../support/sign-in/lane.js';
import { createPerson } from '../support/sign-in/people.js';
import { makeFolder } from '../support/temporary.js';

const PASSWORD = 'canary-battery-staple';
const QUERY = JSON.stringify({ query: '{ viewer { kind } }' });
const JSON_TYPE = { 'content-type': 'application/json' };

let app: RunningApp;
let store: Store;
let browser: Browser;
const counted = countingLane();
beforeAll(async () => {
  const folder = await makeFolder(afterAll);
  app = await startApp(folder, {}, { createLane: counted.createLane }, afterAll);
  store = await openCatalog(folder, afterAll);
  await createPerson(store, PASSWORD, 'OWNER', { email: 'ada@example.com' });
  await createPerson(store, PASSWORD, 'OWNER', { email: 'off@example.com', disabledAt: new Date().toISOString() });
  await accountsIn(store).createUser('MEMBER', { email: 'keys@example.com' });
  browser = openBrowser(app.url);
  expect((await browser.signIn('ada@example.com', PASSWORD)).status).toBe(200);
});

describe('a page of another origin', () => {
  const port = 'http://127.0.0.1:1';
  const site = 'https://evil.example';
  const form = (path: string, body: string, from: string) =>
    browser.fetch(path, {
      ...{ method: 'POST', from, body },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });

  it.each([port, site])('asks nothing as who is signed in: %s', async (from) => {
    const asked = await browser.fetch('/graphql', { method: 'POST', from, headers: JSON_TYPE, body: QUERY });
    expect([401, 403]).toContain(asked.status);
    for (const path of ['/account', '/login', '/device', '/consent', '/link', '/setup']) {
      expect([path, (await form(path, 'action=sign-ins.out', from)).status]).toEqual([path, 403]);
    }
    for (const path of [
      '/auth/sign-out',
      '/auth/two-factor/disable',
      '/auth/device/approve',
      '/auth/passkey/delete-passkey',
    ]) {
      const answer = await browser.fetch(path, { method: 'POST', from, headers: JSON_TYPE, body: '{}' });
      expect([path, answer.status]).toEqual([path, 403]);
    }
    expect((await browser.fetch('/graphql', { method: 'POST', headers: JSON_TYPE, body: QUERY })).status).toBe(200);
  });

  it('nor does a request that doesn’t say where it is from, or says so of nowhere', async () => {
    const { header: cookie } = browser.jar;
    const all = [
      {},
      { origin: 'null' },
      { 'sec-fetch-site': 'none' },
      { 'sec-fetch-site': 'same-site', origin: app.url },
    ];
    for (const headers of all) {
      const answer = await fetch(`${app.url}/graphql`, {
        method: 'POST',
        headers: { ...JSON_TYPE, cookie, ...headers } as Record<string, string>,
        body: QUERY,
      });
      expect([headers, answer.status]).toEqual([
        headers,
        expect.toSatisfy((status) => status === 401 || status === 403),
      ]);
    }
  });

  it('signs nobody in with the account of its choice', async () => {
    for (const from of [port, site]) {
      const stranger = openBrowser(app.url);
      const body = JSON.stringify({ email: 'ada@example.com', password: PASSWORD });
      const answer = await stranger.fetch('/auth/sign-in/email', { method: 'POST', from, headers: JSON_TYPE, body });
      expect([answer.status, stranger.jar.names]).toEqual([403, []]);
    }
  });
});

it('a cookie that was there before signing in is none afterwards, and a token in the address never is one', async () => {
  const order = { field: 'createdAt', direction: 'ASC' } as const;
  const known = (await store.collection(signIns).list({ order, limit: 9 })).items.length;
  const stranger = openBrowser(app.url);
  const name = browser.jar.names[0]!;
  stranger.jar.set(`${name}=chosen.signature; Path=/`);
  await stranger.signIn('ada@example.com', PASSWORD);
  expect(stranger.jar.header).not.toContain('chosen');
  expect((await store.collection(signIns).list({ order, limit: 9 })).items).toHaveLength(known + 1);
  const [, token] = /=([^;]+)/.exec(browser.jar.header)!;
  for (const path of [`/graphql?token=${token}`, `/graphql?session_token=${token}`]) {
    expect((await fetch(`${app.url}${path}`, { method: 'POST', headers: JSON_TYPE, body: QUERY })).status).toBe(401);
  }
});

it('who has an account, nobody is told: the answer is the same, and so is the work', async () => {
  const answers: object[] = [];
  for (const email of ['ada@example.com', 'nobody@example.com', 'keys@example.com', 'off@example.com']) {
    const before = counted.hashes();
    const answer = await openBrowser(app.url).signIn(email, 'wrong-canary-battery');
    answers.push({
      ...{ status: answer.status, text: await answer.text(), cookies: answer.headers.getSetCookie() },
      hashes: counted.hashes() - before,
    });
  }
  expect(answers[0]).toMatchObject({ status: 401, cookies: [], hashes: 1 });
  expect(answers).toEqual(answers.map(() => answers[0]));
});

it('many passwords at once keep few threads busy: the others wait, or are told to come again', async () => {
  const all = await Promise.all(
    Array.from({ length: 60 }, (_, n) => openBrowser(app.url).signIn(`user-${n}@example.com`, PASSWORD)),
  );
  const statuses = all.map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([401, 429]));
  expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(30);
  expect((await browser.fetch('/graphql', { method: 'POST', headers: JSON_TYPE, body: QUERY })).status).toBe(200);
});
