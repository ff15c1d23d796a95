import { beforeAll, describe, expect, it } from 'vitest';
import { oauthClientResources, oauthResources } from '../../src/storage/sign-in-collections.js';
import { accountsIn } from '../support/accounts.js';
import { type AnyClient, createClient, createKeeper, type Keeper, type Line } from '../support/sign-in/agents.js';
import { openBrowser } from '../support/sign-in/browser.js';
import { answer } from '../support/sign-in/program.js';
import { type ProgramsServer, startPrograms } from '../support/sign-in/programs-server.js';
import { open } from '../support/sign-in/visits.js';

const LINES = [
  ['v1', '2025-11-25'],
  ['v2, older protocol', '2025-11-25'],
  ['v2, newest protocol', '2026-07-28'],
] as const satisfies readonly (readonly [Line, string])[];

describe('An official client', { timeout: 60_000 }, () => {
  let closed: ProgramsServer;
  let registering: ProgramsServer;

  beforeAll(async () => {
    closed = await startPrograms();
    registering = await startPrograms({ MOORING_OAUTH_REGISTRATION: '1' });
  }, 60_000);

  /** Connects as a host does: it asks its user, and connects again. */
  async function beLetIn(client: AnyClient, keeper: Keeper, { browser, url }: ProgramsServer): Promise<void> {
    await expect(client.connect()).rejects.toThrow(/unauthorized/i);
    const page = await open(browser, keeper.asked!, url);
    const led = await answer(browser, page, url, { projects: 'all' });
    await client.finish(led.url.searchParams);
    await client.connect();
  }

  describe.each(LINES)('of %s', (line, version) => {
    it('is let in by the document in which it says what it is, and gets new tokens by itself', async () => {
      const keeper = createKeeper(true);
      const client = createClient(line, closed.url, keeper.provider);
      await beLetIn(client, keeper, closed);
      expect(await client.names()).toContain('save_task');
      expect(client.version).toBe(version);
      const { refresh_token } = keeper.tokens!;
      expect(refresh_token).toBeTruthy();
      keeper.tokens = { ...keeper.tokens!, access_token: `${keeper.tokens!.access_token}x` };
      await client.connect();
      expect(await client.names()).toContain('save_task');
      expect(keeper.tokens!.refresh_token).not.toBe(refresh_token);
    });

    it('registers where that is allowed', async () => {
      const keeper = createKeeper(false);
      const client = createClient(line, registering.url, keeper.provider);
      await beLetIn(client, keeper, registering);
      expect(await client.names()).toContain('save_task');
    });

    it('can’t register anywhere else', async () => {
      const keeper = createKeeper(false);
      await expect(createClient(line, closed.url, keeper.provider).connect()).rejects.toThrow();
      expect(keeper.asked).toBeNull();
    });

    it('needs none of that with a key', async () => {
      const { secret } = await accountsIn(closed.store).createKey(closed.user);
      const client = createClient(line, closed.url, secret);
      await client.connect();
      expect(await client.names()).toContain('save_task');
    });
  });

  it('is told by the server’s metadata what there is, which pages of any origin may read', async () => {
    for (const [{ url }, registers] of [
      [closed, false],
      [registering, true],
    ] as const) {
      const read = async (path: string) => {
        const response = await fetch(`${url}${path}`, { headers: { origin: 'https://inspector.example.com' } });
        expect(response.headers.get('access-control-allow-origin')).toBe('*');
        return (await response.json()) as Record<string, unknown>;
      };
      expect(await read('/.well-known/oauth-protected-resource/mcp')).toMatchObject({
        ...{ resource: `${url}/mcp`, authorization_servers: [url] },
        scopes_supported: ['read', 'write', 'manage'],
      });
      const server = await read('/.well-known/oauth-authorization-server');
      expect(server).toMatchObject({
        ...{ issuer: url, code_challenge_methods_supported: ['S256'] },
        grant_types_supported: ['authorization_code', 'refresh_token'],
        client_id_metadata_document_supported: true,
      });
      expect('registration_endpoint' in server).toBe(registers);
      const registered = await fetch(`${url}/auth/oauth2/register`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ redirect_uris: ['http://127.0.0.1/callback'], token_endpoint_auth_method: 'none' }),
      });
      expect(registered.ok).toBe(registers);
    }
  });

  it('is let in under each name of the server, and none of them is written down', async () => {
    const keeper = createKeeper(true);
    const address = closed.url.replace('localhost', '127.0.0.1');
    const browser = openBrowser(address);
    // Cookies are of one name.
    await browser.signIn(closed.user.email!, 'canary-battery-staple');
    await beLetIn(createClient('v1', address, keeper.provider), keeper, { ...closed, url: address, browser });
    const order = { field: 'createdAt', direction: 'ASC' } as const;
    for (const spec of [oauthResources, oauthClientResources]) {
      expect((await closed.store.collection(spec as typeof oauthResources).list({ order, limit: 1 })).items).toEqual(
        [],
      );
    }
  });
});
