import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { createAuthenticator } from '../../src/authentication/authenticator.js';
import type { User } from '../../src/domain/access/user.js';
import type { RecordBase } from '../../src/domain/record.js';
import { users } from '../../src/storage/account-collections.js';
import { jwks, oauthClients, oauthConsents, signIns } from '../../src/storage/sign-in-collections.js';
import type { CollectionSpec, Store } from '../../src/storage/store.js';
import { accountsIn, openCatalog } from '../support/accounts.js';
import { type RunningApp, startApp } from '../support/server.js';
import { createForge, type Forge } from '../support/sign-in/forge.js';
import { bearer, callMcp } from '../support/sign-in/programs-server.js';
import { type AtEnd, makeFolder } from '../support/temporary.js';

describe('An access token', { timeout: 60_000 }, () => {
  let app: RunningApp;
  let store: Store;
  let user: User;
  let url: string;
  let forge: Forge;

  beforeAll(async () => {
    const atEnd: AtEnd = (close) => afterAll(close);
    const folder = await makeFolder(atEnd);
    app = await startApp(folder, {}, {}, atEnd);
    url = app.url;
    store = await openCatalog(folder, atEnd);
    user = await accountsIn(store).createUser('OWNER');
    forge = await createForge(store, user, url);
  }, 60_000);

  const statusOf = async (token: string) => (await callMcp(url, bearer(token))).status;

  it('lets its program in, whatever page it is used in', async () => {
    const token = await forge.sign();
    expect(await statusOf(token)).toBe(200);
    const answered = await callMcp(url, { ...bearer(token), origin: 'https://inspector.example.com' });
    expect(answered.status).toBe(200);
    expect(answered.headers.get('access-control-allow-origin')).toBe('*');
    expect(answered.headers.get('access-control-allow-credentials')).toBeNull();
  });

  const now = () => Math.floor(Date.now() / 1_000);
  const forged: readonly (readonly [string, () => Promise<string>])[] = [
    ['of another audience', () => forge.sign({ aud: `${url}/graphql` })],
    ['of another server at this address', () => forge.sign({ aud: 'http://127.0.0.1:1/mcp' })],
    ['of another issuer', () => forge.sign({ iss: 'http://127.0.0.1:1' })],
    ['of another type', () => forge.sign({}, { header: { typ: 'JWT' } })],
    ['without a type', () => forge.sign({}, { header: { typ: undefined as never } })],
    ['that has expired', () => forge.sign({ exp: now() - 31 })],
    ['that isn’t valid yet', () => forge.sign({ nbf: now() + 60 })],
    ['that must be shown with a proof', () => forge.sign({ cnf: { jkt: 'a key' } })],
    ['without a program', () => forge.sign({ client_id: undefined })],
    ['for no user', () => forge.sign({ sub: forge.client.clientId })],
    ['without an end', () => forge.sign({ exp: undefined })],
    [
      'with a key that nobody has',
      () => forge.sign({}, { header: { kid: forge.keyId.replace(/0.{7}$/, '00000001') } }),
    ],
    ['with a path for a key', () => forge.sign({}, { header: { kid: '../../secret.key' } })],
    ['with the id of another record for a key', () => forge.sign({}, { header: { kid: user.id } })],
    ['without a key', () => forge.sign({}, { header: { kid: undefined as never } })],
    ['signed by another key', async () => forge.sign({}, { key: (await generateKeyPair('EdDSA')).privateKey })],
    [
      'signed with the public key as a secret',
      () => forge.sign({}, { header: { alg: 'HS256' }, key: new TextEncoder().encode(forge.publicJwk) }),
    ],
    [
      'of another algorithm',
      async () => forge.sign({}, { header: { alg: 'ES256' }, key: (await generateKeyPair('ES256')).privateKey }),
    ],
    [
      'that brings its own key',
      async () => {
        const pair = await generateKeyPair('EdDSA', { extractable: true });
        return forge.sign({}, { header: { jwk: await exportJWK(pair.publicKey) }, key: pair.privateKey });
      },
    ],
    [
      'without a signature',
      async () => {
        const [, payload] = (await forge.sign()).split('.');
        const head = { alg: 'none', typ: 'at+jwt', kid: forge.keyId };
        return `${Buffer.from(JSON.stringify(head)).toString('base64url')}.${payload}.`;
      },
    ],
    [
      'whose claims were changed',
      async () => {
        const [head, payload, signature] = (await forge.sign({ scope: 'read' })).split('.');
        const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as object;
        const other = Buffer.from(JSON.stringify({ ...claims, scope: 'manage' })).toString('base64url');
        return `${head}.${other}.${signature}`;
      },
    ],
    ['that is too long', () => forge.sign({ more: 'x'.repeat(5_000) })],
  ];

  // Each has an authenticator of its own, so that none is refused because of the others.
  it.each(forged)('%s lets nobody in', async (_, make) => {
    const authenticator = createAuthenticator({
      store,
      ownerTokens: { use: () => false, create: () => '' } as never,
      openMode: { isOpen: false, allowsProxies: false },
      use: { count: () => undefined },
    });
    try {
      const sender = { credential: await make(), address: '127.0.0.1', isForwarded: false, tokensFor: url };
      await expect(Promise.resolve().then(() => authenticator.authenticate(sender))).rejects.toMatchObject({
        code: 'UNAUTHENTICATED',
      });
      const good = { ...sender, credential: await forge.sign() };
      expect(await authenticator.authenticate(good)).toMatchObject({ kind: 'PROGRAM', userId: user.id });
    } finally {
      await authenticator.close();
    }
  });

  it('counts half a minute longer, for servers whose clocks differ', async () => {
    expect(await statusOf(await forge.sign({ exp: now() - 10 }))).toBe(200);
  });

  it('lets nobody in for more than it is for: without a scope that says it, 403', async () => {
    const refused = await callMcp(url, bearer(await forge.sign({ scope: 'offline_access' })));
    expect(refused.status).toBe(403);
    expect(refused.headers.get('www-authenticate')).toMatch(
      /^Bearer error="insufficient_scope", resource_metadata="http:\/\/127\.0\.0\.1:\d+\/\.well-known\/oauth-protected-resource\/mcp", scope="/,
    );
  });

  it('counts nowhere else: not for the API by HTTP, by events or by WebSocket, nor for hooks', async () => {
    const token = await forge.sign();
    const query = JSON.stringify({ query: '{ viewer { kind } }' });
    const post = (path: string, headers: object = {}) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...bearer(token), ...headers },
        body: query,
      });
    for (const refused of [
      await post('/graphql'),
      await post('/graphql', { accept: 'text/event-stream' }),
      await post('/hooks/claude-code'),
    ]) {
      expect(refused.status).toBe(401);
      expect(await refused.text()).toContain('An access token is for /mcp alone.');
    }
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    socket.once('open', () =>
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })),
    );
    expect(await closed).toBe(4401);
    const upgraded = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: bearer(token),
    });
    const status = await new Promise((resolve) =>
      upgraded.once('unexpected-response', (_, response) => resolve(response.statusCode)),
    );
    expect(status).toBe(401);
  });

  it('says who asks how to be let in, and a page of any origin may read that', async () => {
    for (const headers of [{}, bearer('mor_wrong'), bearer(await forge.sign({ exp: now() - 60 }))]) {
      const refused = await callMcp(url, { ...headers, origin: 'https://inspector.example.com' });
      expect(refused.status).toBe(401);
      expect(refused.headers.get('www-authenticate')).toBe(
        `Bearer resource_metadata="${url}/.well-known/oauth-protected-resource/mcp", scope="read write offline_access"`,
      );
      expect(refused.headers.get('access-control-allow-origin')).toBe('*');
      expect(refused.headers.get('access-control-expose-headers')).toContain('www-authenticate');
    }
  });

  describe('ends within a second', () => {
    async function endsWith<T extends RecordBase>(spec: CollectionSpec<T>, record: T, own: Partial<T>): Promise<void> {
      const token = await forge.sign({ jti: spec.name });
      expect(await statusOf(token)).toBe(200);
      await forge.write(spec, { ...record, ...own });
      await expect.poll(() => statusOf(token), { timeout: 20_000 }).toBe(401);
      await forge.write(spec, record);
      await expect.poll(() => statusOf(token), { timeout: 20_000 }).toBe(200);
    }
    const at = new Date().toISOString();

    it('with its consent', () => endsWith(oauthConsents, forge.consent, { deletedAt: at }));
    it('with its program', () => endsWith(oauthClients, forge.client, { disabled: true }));
    it('with its sign-in', () => endsWith(signIns, forge.signIn, { expiresAt: at }));
    it('with its user', () => endsWith(users, user, { disabledAt: at }));
    it('with a consent of which nothing was chosen', () =>
      endsWith(oauthConsents, forge.consent, { projectIds: undefined, level: undefined } as never));
    it('with the key that signed it', async () => {
      const [key] = await store.collection(jwks).get([forge.keyId]);
      const token = await forge.sign({ jti: 'key' });
      expect(await statusOf(token)).toBe(200);
      const context = { epoch: await store.epoch(), actor: 'test', requestId: 'test', at: new Date().toISOString() };
      await store.commit([{ kind: 'remove', collection: jwks.name, id: forge.keyId, version: key!.version }], context);
      await expect.poll(() => statusOf(token), { timeout: 20_000 }).toBe(401);
    });
  });
});
