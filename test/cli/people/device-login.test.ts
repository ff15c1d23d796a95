import { stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deviceCodes, signIns } from '../../../src/storage/sign-in-collections.js';
import type { Store } from '../../../src/storage/store.js';
import { openCatalog } from '../../support/accounts.js';
import { type RunningApp, startApp } from '../../support/server.js';
import { type Browser, openBrowser } from '../../support/sign-in/browser.js';
import { createPerson } from '../../support/sign-in/people.js';
import { makeFolder } from '../../support/temporary.js';
import { runHere } from '../in-process.js';
import { dataFolder } from '../support.js';

const PASSWORD = 'canary-battery-staple';
const order = { field: 'createdAt', direction: 'ASC' } as const;

describe('signing in from another machine', () => {
  let app: RunningApp;
  let store: Store;
  let browser: Browser;
  let elsewhere: Awaited<ReturnType<typeof dataFolder>>;
  beforeAll(async () => {
    const folder = await makeFolder(afterAll);
    app = await startApp(folder, {}, {}, afterAll);
    store = await openCatalog(folder, afterAll);
    const user = await createPerson(store, PASSWORD);
    browser = openBrowser(app.url);
    await browser.signIn(user.email!, PASSWORD);
    elsewhere = await dataFolder();
  });
  afterAll(() => elsewhere.remove());

  const remote = (...args: string[]) => runHere({ data: elsewhere.path }, ...args, '--url', app.url);
  const file = () => join(elsewhere.path, 'config', 'mooring', 'credentials.json');
  const codeThatWaits = () =>
    expect
      .poll(async () => (await store.collection(deviceCodes).list({ order, limit: 9 })).items.at(-1)?.userCode)
      .toBeTruthy()
      .then(async () => (await store.collection(deviceCodes).list({ order, limit: 9 })).items.at(-1)!.userCode);
  const send = (form: Record<string, string>, from?: string) =>
    browser.fetch('/device', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
      ...(from === undefined ? {} : { from }),
    });

  it('stores the key that a user lets it have at a browser, and revokes it when they sign out', async () => {
    const login = remote('login', '--access', 'write');
    const code = await codeThatWaits();
    const page = await (await browser.fetch(`/device?user_code=${code}`, { headers: { accept: 'text/html' } })).text();
    expect(page).toContain(hostname());
    expect(page).toContain('read and write in your projects');
    // A visit lets nobody in, and no page of another origin does.
    expect((await send({ user_code: code, decision: 'approve' }, 'http://localhost:1')).status).toBe(403);
    expect((await store.collection(deviceCodes).list({ order, limit: 9 })).items).toMatchObject([
      { status: 'pending' },
    ]);
    expect(await (await send({ user_code: code, decision: 'approve' })).text()).toContain('It is let in');
    const { code: exit, stdout } = await login;
    expect([exit, stdout]).toEqual([0, expect.stringContaining(`key          mooring on ${hostname()}`)]);
    expect(stdout).toContain(', WRITE');
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    // Its sign-in has ended, so that the browser's is the only one.
    expect((await store.collection(signIns).list({ order, limit: 9 })).items).toHaveLength(1);
    expect((await remote('whoami')).code).toBe(0);
    expect((await remote('logout')).stdout).toContain(', and revoked:');
    const { viewer } = await browser.ask<{ viewer: { user: { id: string } } }>('{ viewer { user { id } } }');
    expect(viewer.user.id).toMatch(/^usr_/);
  });

  it('stores nothing when the user denies it', async () => {
    const login = remote('login');
    const code = await codeThatWaits();
    await browser.fetch(`/device?user_code=${code}`);
    expect(await (await send({ user_code: code, decision: 'deny' })).text()).toContain('It is not let in');
    expect(await login).toMatchObject({ code: expect.any(Number), stderr: expect.stringContaining('not let in') });
    expect((await remote('whoami')).code).toBe(10);
  });

  it('is nothing that a token of a code does besides, nor a second time', async () => {
    const ask = (path: string, body: object, headers = {}) =>
      fetch(app.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    const started = await ask('/auth/device/code', { client_id: 'mooring-cli-read' });
    const { device_code, user_code } = (await started.json()) as { device_code: string; user_code: string };
    await browser.fetch(`/device?user_code=${user_code}`);
    await send({ user_code, decision: 'approve' });
    const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';
    // Not as a program that may do more.
    expect((await ask('/auth/device/token', { grant_type, device_code, client_id: 'mooring-cli' })).status).toBe(400);
    const answer = await ask('/auth/device/token', { grant_type, device_code, client_id: 'mooring-cli-read' });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    const query = { query: '{ viewer { kind } }' };
    for (const headers of [{ authorization: `Bearer ${token}` }, { cookie: `mooring.session_token=${token}` }]) {
      expect((await ask('/graphql', query, headers)).status).toBe(401);
    }
    const trade = () => ask('/device/key', { token, name: 'A key' });
    const answers = await Promise.all([trade(), trade(), trade()]);
    expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
    const { secret } = (await answers.find(({ ok }) => ok)!.json()) as { secret: string };
    const own = { query: '{ viewer { everywhere key { level permissions } } }' };
    expect(await (await ask('/graphql', own, { authorization: `Bearer ${secret}` })).json()).toEqual({
      data: { viewer: { everywhere: 'READ', key: { level: 'READ', permissions: [] } } },
    });
  });
});
