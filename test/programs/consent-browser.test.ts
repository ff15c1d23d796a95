import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBarriers, noBrowser, tabTo, useChromium } from '../support/sign-in/chromium.js';
import { ask, tradeCode } from '../support/sign-in/program.js';
import { bearer, callMcp, type ProgramsServer, startPrograms } from '../support/sign-in/programs-server.js';

const PASSWORD = 'canary-battery-staple';
const LOOKS = (['light', 'dark'] as const).flatMap((theme) => [1280, 360].map((width) => ({ theme, width })));

/** A policy of a page may keep a browser from following a form: only a real one says. */
describe.skipIf(noBrowser)(`Consent with a real browser${noBrowser ? ` (skipped: ${noBrowser})` : ''}`, () => {
  const { open } = useChromium();
  let server: ProgramsServer;
  let callback: string;
  const called: URL[] = [];

  beforeAll(async () => {
    server = await startPrograms();
    for (const name of ['Alpha', 'A project whose name is long enough to need more than one line of a phone']) {
      await server.create(name);
    }
    const program = createServer((request, response) => {
      called.push(new URL(request.url!, callback));
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><link rel="icon" href="data:,"><title>Let in</title>');
    });
    program.listen(0, '127.0.0.1');
    await once(program, 'listening');
    callback = `http://127.0.0.1:${(program.address() as AddressInfo).port}/callback`;
    afterAll(() => program.close());
  }, 60_000);

  it('leads to the program, by keyboard alone, whose port the server learns only then', {
    timeout: 120_000,
  }, async () => {
    const { url } = server;
    const question = ask(url, { redirect_uri: callback, scope: 'read write manage offline_access' });
    const context = await open();
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(question.address);
    await page.fill('#email', server.user.email!);
    await page.fill('#password', PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForSelector('[name=project]');
    const address = page.url();
    for (const looks of LOOKS) {
      const other = await open(looks);
      await other.addCookies(await context.cookies());
      const seen = await other.newPage();
      await seen.goto(address);
      expect(await findBarriers(seen), JSON.stringify(looks)).toEqual([]);
      await other.close();
    }
    await tabTo(page, '[name=project]');
    await page.keyboard.press('Space');
    await tabTo(page, '[name=level]:checked');
    await page.keyboard.press('ArrowUp');
    await tabTo(page, '[name=answer][value=allow]');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${callback}*`);
    expect(await page.title()).toBe('Let in');
    const { access_token, scope } = await tradeCode(url, { url: called[0]! }, question, callback);
    expect(scope).toBe('read write offline_access');
    expect((await callMcp(url, bearer(access_token))).status).toBe(200);
    expect(complaints).toEqual([]);

    await page.goto(`${url}/account#programs`);
    expect(await page.textContent('#programs')).toContain('Reads and writes in');
    await page.click('#programs button.danger');
    await page.waitForSelector('.done');
    expect((await callMcp(url, bearer(access_token))).status).toBe(401);
  });
});
