import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountsIn, openCatalog } from '../support/accounts.js';
import { type RunningApp, startApp } from '../support/server.js';
import { noBrowser, useChromium } from '../support/sign-in/chromium.js';
import { createPerson } from '../support/sign-in/people.js';
import { makeFolder } from '../support/temporary.js';

const PASSWORD = 'canary battery staple';
const PROVIDER = 'dist/test/support/sign-in/oidc-provider.js';

describe.skipIf(noBrowser)(`By another server${noBrowser ? ` (skipped: ${noBrowser})` : ''}`, () => {
  const { open } = useChromium();
  let provider: ChildProcess;
  let app: RunningApp;
  let url: string;

  beforeAll(async () => {
    provider = spawn(process.execPath, [PROVIDER], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(provider.stdout!, 'data')) as [Buffer];
    const issuer = line.toString().trim();
    const folder = await makeFolder(afterAll);
    const oidc = JSON.stringify([{ name: 'Harbour', issuer, clientId: 'mooring', clientSecret: 'canary-of-client' }]);
    app = await startApp(folder, { MOORING_OIDC: oidc }, {}, afterAll);
    url = app.url.replace('127.0.0.1', 'localhost');
    const store = await openCatalog(folder, afterAll);
    for (const name of ['ada', 'bob']) await accountsIn(store).createUser('MEMBER', { email: `${name}@example.com` });
    await createPerson(store, PASSWORD, 'MEMBER', { email: 'mo@example.com' });
  });
  afterAll(async () => {
    const ended = once(provider, 'exit');
    provider.kill();
    await ended;
  });

  /** What somebody sees here who chooses to be this one there. */
  async function signInAs(who: string): Promise<string> {
    const page = await (await open()).newPage();
    await page.goto(`${url}/login`);
    await page.click('text="Sign in with Harbour"');
    await page.click(`#${who}`);
    await page.waitForURL(`${url}/**`);
    const isIn = new URL(page.url()).pathname === '/account';
    const seen = isIn ? await page.inputValue('#email') : await page.textContent('[role=alert]');
    await page.context().close();
    return seen!;
  }

  it('signs in the user who has the email that it has verified, again and again', async () => {
    expect(await signInAs('ada')).toBe('ada@example.com');
    expect(await signInAs('ada')).toBe('ada@example.com');
  });

  it('signs in nobody whose email it hasn’t verified, who is unknown here, or who has a password here', async () => {
    expect(await signInAs('bob')).toContain('must have verified');
    expect(await signInAs('eve')).toContain('Ask an administrator to invite you');
    expect(await signInAs('mo')).toContain('signs in with it');
  });

  it.each(['forged', 'another-audience', 'another-issuer', 'expired'])('accepts no token that is %s', async (who) => {
    expect(await signInAs(who)).toContain('failed');
    expect(app.logged.join('\n')).not.toContain('canary');
  });
});
