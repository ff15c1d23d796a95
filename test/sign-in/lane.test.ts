import { describe, expect, it } from 'vitest';
import { signIns, storedToken } from '../../src/storage/sign-in-collections.js';
import { openCatalog } from '../support/accounts.js';
import { startApp } from '../support/server.js';
import { openBrowser } from '../support/sign-in/browser.js';
import { createPerson } from '../support/sign-in/people.js';
import { makeFolder } from '../support/temporary.js';

const PASSWORD = 'canary-battery-staple';

describe('Signing in with a password', { timeout: 60_000 }, () => {
  async function start() {
    const folder = await makeFolder();
    const app = await startApp(folder);
    const store = await openCatalog(folder);
    const user = await createPerson(store, PASSWORD);
    return { app, store, user };
  }

  it('lets the user in by a cookie, of which the catalog has a hash only', async () => {
    const { app, store, user } = await start();
    const browser = openBrowser(app.url);
    const response = await browser.signIn(user.email!, PASSWORD);
    expect(response.status).toBe(200);
    expect(await browser.ask('{ viewer { user { id } } }')).toEqual({ viewer: { user: { id: user.id } } });
    const order = { field: 'createdAt', direction: 'ASC' } as const;
    const { items } = await store.collection(signIns).list({ order, limit: 10 });
    const [token] = decodeURIComponent(browser.jar.header.split('=')[1]!).split('.');
    expect(items).toMatchObject([{ userId: user.id, token: storedToken(token!) }]);
  });

  it('refuses another password', async () => {
    const { app, user } = await start();
    const browser = openBrowser(app.url);
    expect((await browser.signIn(user.email!, 'another-canary-password')).status).toBe(401);
    expect(browser.jar.names).toEqual([]);
  });
});
