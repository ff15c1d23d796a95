import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSetupToken } from '../../src/authentication/setup-token.js';
import { cases } from '../support/extent.js';
import { type RunningApp, startApp } from '../support/server.js';
import { findBarriers, type Looks, noBrowser, tabTo, useChromium } from '../support/sign-in/chromium.js';
import { totpOf } from '../support/sign-in/totp.js';
import { makeFolder } from '../support/temporary.js';

const PASSWORD = 'canary battery staple';
const LOOKS = cases<Required<Looks>>(
  [
    { theme: 'light', width: 1280 },
    { theme: 'dark', width: 360 },
  ],
  [
    { theme: 'dark', width: 1280 },
    { theme: 'light', width: 360 },
  ],
);

describe.skipIf(noBrowser)(`With a real browser${noBrowser ? ` (skipped: ${noBrowser})` : ''}`, () => {
  const { open } = useChromium();
  let app: RunningApp;
  let url: string;
  let token: string;
  /** Of the administrator. */
  let page: Page;

  beforeAll(async () => {
    const folder = await makeFolder(afterAll);
    app = await startApp(folder, { MOORING_AUTH: 'required' }, {}, afterAll);
    url = app.url.replace('127.0.0.1', 'localhost');
    token = createSetupToken(await readFile(join(folder, 'secret.key'))).text;
    page = await (await open()).newPage();
  });

  const signIn = async (on: Page, email: string, password = PASSWORD) => {
    await on.fill('#email', email);
    await on.fill('#password', password);
    await on.click('button:text-is("Sign in")');
  };
  const headingOf = (on: Page) => on.textContent('h1');

  it('the administrator is created, by keyboard alone', async () => {
    await page.goto(`${url}/setup`);
    for (const [field, text] of [
      ['#token', token],
      ['#email', 'ada@example.com'],
      ['#name', 'Ada'],
      ['#newPassword', PASSWORD],
    ] as const) {
      await tabTo(page, field);
      await page.keyboard.type(text);
    }
    await page.keyboard.press('Enter');
    await page.waitForSelector('.done');
    expect(await page.textContent('code.secret')).toMatch(/^mor_/);
    await tabTo(page, 'a.button');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#profile');
    expect(await page.inputValue('#name')).toBe('Ada');
    await page.goto(`${url}/setup`);
    expect(page.url()).toBe(`${url}/account`);
  });

  it('somebody who is invited sets a password by the link, once, and signs in', async () => {
    const link = await page.evaluate<string>(`fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'mutation { inviteUser(input: { email: "bob@example.com", name: "Bob" }) { ... on InviteUserPayload { link { path } } } }' }),
    }).then((response) => response.json()).then(({ data }) => data.inviteUser.link.path)`);
    const bob = await (await open()).newPage();
    await bob.goto(url + link);
    expect(await headingOf(bob)).toBe('Welcome, Bob');
    await bob.fill('#newPassword', PASSWORD);
    await bob.click('button');
    await bob.waitForURL('**/login?done=password');
    await signIn(bob, 'Bob@example.com');
    await bob.waitForURL('**/account');
    await bob.goto(url + link);
    expect(await headingOf(bob)).toBe('This link doesn’t count');
    await bob.goto(`${url}/account`);
    await bob.fill('#email', 'nobody');
    await bob.fill('#profile-password', PASSWORD);
    await bob.evaluate("document.querySelector('#email').type = 'text'");
    await bob.click('text="Save"');
    expect(await bob.textContent('[role=alert]')).toContain("isn't an email address");
    await bob.click('text="Sign out here"');
    await bob.waitForURL('**/login');
    await bob.goto(`${url}/account`);
    expect(bob.url()).toBe(`${url}/login?next=/account`);
    expect(app.logged.join('\n')).not.toContain(PASSWORD);
    expect(app.logged.join('\n')).not.toContain(link.slice('/link?token='.length));
  });

  it('signing in takes a code of an app, each of which counts once, or a backup code', async () => {
    await page.goto(`${url}/account`);
    await page.fill('#factor-password', PASSWORD);
    await page.click('#second-factor button');
    const secret = (await page.textContent('code.secret'))!;
    const codes = await page.locator('ul.codes code').allTextContents();
    await page.fill('#factor-code', totpOf(secret));
    await page.click('button[value="second-factor.confirm"]');
    await page.waitForSelector('button[value="second-factor.off"]');

    const asked = async () => {
      const next = await (await open()).newPage();
      await next.goto(`${url}/login`);
      await signIn(next, 'ada@example.com');
      await next.waitForSelector('#code');
      return next;
    };
    const give = async (on: Page, code: string) => {
      await on.fill('#code', code);
      await on.click('text="Go on"');
    };
    const first = await asked();
    // Half signed in is not signed in.
    expect(await (await first.request.get(`${url}/account`, { maxRedirects: 0 })).headers().location).toContain(
      '/login',
    );
    const code = totpOf(secret, Date.now() + 30_000);
    await give(first, code);
    await first.waitForURL('**/account');
    const second = await asked();
    await give(second, code);
    await second.waitForSelector('[role=alert]');
    await give(second, codes[0]!);
    await second.waitForURL('**/account');
    const third = await asked();
    await give(third, codes[0]!);
    await third.waitForSelector('[role=alert]');
    for (const each of [first, second, third]) await each.context().close();
  });

  it('a passkey signs in without a password, and without a code', async () => {
    const devTools = await page.context().newCDPSession(page);
    await devTools.send('WebAuthn.enable');
    await devTools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
        ...{ isUserVerified: true, automaticPresenceSimulation: true },
      },
    });
    await page.goto(`${url}/account`);
    await page.fill('#passkey-name', 'The <b>lighthouse</b>');
    await page.click('text="Add a passkey"');
    await page.waitForSelector('#passkeys li');
    expect(await page.textContent('#passkeys li strong')).toBe('The <b>lighthouse</b>');
    await page.click('text="Sign out here"');
    await page.waitForURL('**/login');
    await page.goto(`${url}/login?next=${encodeURIComponent('/account#passkeys')}`);
    await page.click('text="Sign in with a passkey"');
    await page.waitForURL('**/account#passkeys');
    await page.click('#passkeys button.danger');
    await page.waitForSelector('.done');
    expect(await page.locator('#passkeys li').count()).toBe(0);
  });

  it.each(LOOKS)('every page is for everybody: $theme, $width pixels wide', async (looks) => {
    const context = await open(looks);
    await context.addCookies(await page.context().cookies());
    const seen = await context.newPage();
    const stranger = await (await open(looks)).newPage();
    const pages: readonly (readonly [Page, string])[] = [
      [seen, '/account'],
      [stranger, '/link?token=mlk_none'],
      [stranger, '/login'],
    ];
    for (const [on, path] of pages) {
      await on.goto(url + path);
      expect([path, await findBarriers(on)]).toEqual([path, []]);
    }
    await signIn(stranger, 'ada@example.com');
    await stranger.waitForSelector('#code');
    expect(await findBarriers(stranger)).toEqual([]);
    await context.close();
    await stranger.context().close();
  });
});
