import { expect, it } from 'vitest';
import { CATALOG_KEY, createIdGenerator } from '../../../src/domain/id.js';
import { newBase, type RecordBase } from '../../../src/domain/record.js';
import {
  oauthClientResources,
  oauthClients,
  oauthConsents,
  signIns,
  verifications,
} from '../../../src/storage/sign-in-collections.js';
import type { Change, CollectionSpec } from '../../../src/storage/store.js';
import { startBench } from '../support.js';

const newId = createIdGenerator();

it('the retention removes what has expired of signing in, more than a batch, and programs that nobody let in', async () => {
  const { services, factory, clock } = await startBench();
  const { store } = factory.catalog;
  const made = new Date(clock.now).toISOString();
  const at = (days: number) => new Date(clock.now + days * 86_400_000).toISOString();
  const put = <T extends RecordBase>(
    spec: CollectionSpec<T>,
    kind: Parameters<typeof newId>[0],
    content: object,
  ): Change => ({
    ...{ kind: 'put', collection: spec.name, operation: 'CREATE' },
    document: { ...newBase(newId(kind as never, CATALOG_KEY), made, null), ...content } as T,
  });
  const verification = (expiresAt: string) =>
    put(verifications, 'verification' as never, { identifier: 'x', value: 'x', expiresAt });
  const signIn = (token: string, expiresAt: string) => put(signIns, 'signIn', { token, userId: 'usr_1', expiresAt });
  const program = (clientId: string) => [
    put(oauthClients, 'oauthClient' as never, { clientId, name: clientId, userId: null }),
    put(oauthClientResources, 'oauthClientResource' as never, { clientId, resourceId: 'mcp' }),
  ];
  const changes = [
    ...Array.from({ length: 700 }, () => verification(at(0.1))),
    verification(at(9)),
    signIn('a', at(0.5)),
    signIn('b', at(9)),
    ...program('used'),
    ...program('unused'),
    put(oauthConsents, 'oauthConsent' as never, { clientId: 'used', userId: 'usr_1', scopes: [] }),
  ];
  await store.commit(changes, { epoch: await store.epoch(), actor: 'test', requestId: 'test', at: made });
  expect((await services.records.applyRetention()).purged).toBe(0);
  clock.passDays(1.5);
  expect((await services.records.applyRetention()).purged).toBe(702);
  const order = { field: 'createdAt', direction: 'ASC' } as const;
  const left = async <T extends RecordBase>(spec: CollectionSpec<T>) =>
    (await store.collection(spec).list({ deleted: 'INCLUDE', order: order as never, limit: 9 })).items;
  expect(await left(verifications)).toHaveLength(1);
  expect(await left(signIns)).toMatchObject([{ token: 'b' }]);
  expect(await left(oauthClients)).toMatchObject([{ clientId: 'used' }]);
  const resources = await store.collection(oauthClientResources).list({
    ...{ deleted: 'INCLUDE', limit: 9 },
    order: { field: 'clientId', direction: 'ASC' },
  });
  expect(resources.items).toMatchObject([{ clientId: 'used' }]);
});
