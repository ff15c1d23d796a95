import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { User } from '../../src/domain/access/user.js';
import { oauthConsents, oauthRefreshTokens, verifications } from '../../src/storage/sign-in-collections.js';
import type { Store } from '../../src/storage/store.js';
import { type Accounts, accountsIn, openCatalog, withKey } from '../support/accounts.js';
import { type RunningApp, startApp } from '../support/server.js';
import { createForge, type Forge } from '../support/sign-in/forge.js';
import { type AtEnd, makeFolder } from '../support/temporary.js';

describe('Programs that were let in', { timeout: 60_000 }, () => {
  let app: RunningApp;
  let store: Store;
  let accounts: Accounts;
  let owner: User;
  let user: User;
  let forge: Forge;

  beforeAll(async () => {
    const atEnd: AtEnd = (close) => afterAll(close);
    const folder = await makeFolder(atEnd);
    app = await startApp(folder, {}, {}, atEnd);
    store = await openCatalog(folder, atEnd);
    accounts = accountsIn(store);
    owner = await accounts.createUser('OWNER');
    user = await accounts.createUser('MEMBER');
    forge = await createForge(store, user, app.url);
  }, 60_000);

  /** Asks with a key of a person. */
  async function as(person: User, own = {}) {
    const { secret } = await accounts.createKey(person, own);
    return async <T>(query: string, variables = {}): Promise<T> => {
      const response = await fetch(`${app.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...withKey(secret) },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = (await response.json()) as { data: T; errors?: readonly { message: string }[] };
      if (errors) throw new Error(errors[0]!.message);
      return data;
    };
  }
  const LIST =
    'query ($userId: ID) { oauthClients(userId: $userId) { totalCount nodes { id level client { name documentSite } } } }';
  type List = { oauthClients: { totalCount: number; nodes: readonly { id: string }[] } };
  const STOP =
    'mutation ($id: ID!) { it: revokeConsent(input: { id: $id }) { ... on RevokeConsentPayload { revokedId } ... on Error { code } } }';
  /** The id of what was stopped, or why it wasn't. */
  const stop = async (ask: Awaited<ReturnType<typeof as>>) => {
    const { it } = await ask<{ it: { revokedId?: string; code?: string } }>(STOP, { id: forge.consent.id });
    return it.code ?? it.revokedId;
  };

  it('are listed for their user, and for who administers users', async () => {
    const listed = {
      totalCount: 1,
      nodes: [{ id: forge.consent.id, level: 'WRITE', client: { name: 'Agent', documentSite: 'agent.example.com' } }],
    };
    expect(await (await as(user))<List>(LIST)).toEqual({ oauthClients: listed });
    expect(await (await as(owner))<List>(LIST, { userId: user.id })).toEqual({ oauthClients: listed });
    expect(await (await as(owner))<List>(LIST)).toMatchObject({ oauthClients: { totalCount: 0 } });
    const other = await accounts.createUser('MEMBER');
    await expect((await as(other))(LIST, { userId: user.id })).rejects.toThrow('users:administer');
  });

  it('are stopped by nobody else, who isn’t told that there are any', async () => {
    const other = await accounts.createUser('ADMIN');
    const member = await accounts.createUser('MEMBER');
    expect(await stop(await as(member))).toBe('NOT_FOUND');
    expect(await stop(await as(user, { level: 'READ' }))).toBe('FORBIDDEN');
    const owners = { ...forge.consent, userId: owner.id };
    await forge.write(oauthConsents, owners);
    expect(await stop(await as(other))).toBe('FORBIDDEN');
    await forge.write(oauthConsents, forge.consent);
  });

  it('are stopped with all that they have, but for what others let in', async () => {
    const at = new Date().toISOString();
    const base = { version: 1, createdAt: at, updatedAt: at, deletedAt: null, externalId: null, expiresAt: at };
    const id = (prefix: string, last: string) => `${prefix}_01m8rvb66nfpbszy${last}00000000`.slice(0, 30);
    const token = (last: string, userId: string) => ({
      ...{ ...base, id: id('ort', last), token: last, clientId: forge.client.clientId, sessionId: null, userId },
    });
    const code = (last: string, userId: string) => ({
      ...{ ...base, id: id('ver', last), identifier: last },
      value: JSON.stringify({ type: 'authorization_code', userId, query: { client_id: forge.client.clientId } }),
    });
    for (const [last, userId] of [
      ['ae', user.id],
      ['be', owner.id],
    ] as const) {
      await forge.write(oauthRefreshTokens, token(last, userId) as never);
      await forge.write(verifications, code(last, userId) as never);
    }
    expect(await stop(await as(owner))).toBe(forge.consent.id);
    const order = { field: 'createdAt', direction: 'ASC' } as const;
    const left = async (spec: typeof oauthRefreshTokens | typeof verifications) =>
      (await store.collection(spec as typeof verifications).list({ order, deleted: 'INCLUDE', limit: 10 })).items;
    expect(await left(oauthRefreshTokens)).toMatchObject([{ userId: owner.id }]);
    expect(await left(verifications)).toMatchObject([{ identifier: 'be' }]);
    expect(await stop(await as(user))).toBe('NOT_FOUND');
    expect(await (await as(user))<List>(LIST)).toMatchObject({ oauthClients: { totalCount: 0 } });
  });
});
