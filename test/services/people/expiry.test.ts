import { expect, it } from 'vitest';
import type { OutsideKey } from '../../../src/domain/access/outside-key.js';
import { CATALOG_KEY, createIdGenerator } from '../../../src/domain/id.js';
import { put } from '../../../src/services/records/transaction.js';
import { apiKeys, grants, keyUse, outsideKeys, secrets, users } from '../../../src/storage/account-collections.js';
import type { CollectionSpec } from '../../../src/storage/store.js';
import { accountsIn } from '../../support/accounts.js';
import { machine, startPeople } from './support.js';

it('purges users after the retention period, with their access, keys and secrets, and erases their images', async () => {
  const { services, catalog, clock, user } = await startPeople();
  const leaver = await user('MEMBER', 'canary@example.org');
  const stays = await user('MEMBER');
  const project = await services.projects.create(machine, { name: 'Harbour' });
  const accounts = accountsIn(catalog);
  const newId = createIdGenerator();
  const base = (kind: 'keyUse' | 'outsideKey' | 'secret') => {
    const at = new Date(clock.now).toISOString();
    const id = newId(kind, CATALOG_KEY);
    return { id, version: 1, createdAt: at, updatedAt: at, deletedAt: null, externalId: null };
  };
  for (const each of [leaver, stays]) {
    const { key } = await accounts.createKey(each);
    for (const subjectId of [each.id, key.id]) {
      await services.grants.grant(machine, { subjectId, projectId: project.id, level: 'READ' });
    }
    const use = { keyId: key.id, day: '2026-03-01', requests: 1, refused: 0, lastAt: '', lastAddress: '' };
    const outside: OutsideKey = {
      ...base('outsideKey'),
      ...{ userId: each.id, provider: 'openai', label: null, secretName: `outside:${each.id}`, ending: null },
    };
    const sealed = { ...base('secret'), name: outside.secretName, sealed: 'sealed' };
    await catalog.commit(
      [
        put(keyUse, 'CREATE', { ...base('keyUse'), ...use }),
        put(outsideKeys, 'CREATE', outside),
        put(secrets, 'CREATE', sealed),
      ],
      { epoch: 1, actor: 'test', requestId: 'test', at: new Date(clock.now).toISOString() },
    );
  }
  await services.users.delete(machine, leaver);
  clock.passDays(31);
  const { purged } = await services.records.applyRetention();
  expect(purged).toBe(7);

  const count = (spec: CollectionSpec<never>) => catalog.collection(spec).count([], 'INCLUDE');
  const counts = await Promise.all(
    [apiKeys, grants, keyUse, outsideKeys, secrets, users].map((each) => count(each as never)),
  );
  // The first administrator has a key, too.
  expect(counts).toEqual([2, 2, 1, 1, 1, 2]);
  expect(JSON.stringify(await catalog.log.read(0, 1_000))).not.toContain('canary@');
  expect(await services.records.applyRetention()).toMatchObject({ purged: 0 });
});

it('keeps users who were restored, and purges access that was revoked', async () => {
  const { services, clock, user } = await startPeople();
  const back = await user('MEMBER');
  const project = await services.projects.create(machine, { name: 'Harbour' });
  const access = { subjectId: back.id, projectId: project.id };
  await services.grants.grant(machine, { ...access, level: 'READ' });
  await services.grants.revoke(machine, access);
  await services.users.delete(machine, back);
  await services.users.restore(machine, { id: back.id });
  clock.passDays(31);
  expect(await services.records.applyRetention()).toMatchObject({ purged: 1 });
  expect(await services.users.find(back.id)).toMatchObject({ deletedAt: null });
  expect(await services.grants.all.count({}, 'INCLUDE')).toBe(0);
});
