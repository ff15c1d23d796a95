import { expect, it } from 'vitest';
import type { Permission } from '../../src/domain/access/permission.js';
import { createEnding, localPrincipal, type Principal } from '../../src/domain/access/principal.js';
import type { User } from '../../src/domain/access/user.js';
import { accountsIn } from '../support/accounts.js';
import { type Graph, prepare, startGraph } from './support.js';

let graph: Graph;
let ada: Principal;
let bob: Principal;
const as = ({ id }: User, permissions: readonly Permission[] = []): Principal => ({
  ...localPrincipal(id, createEnding()),
  ...{ kind: 'USER', userId: id, permissions: new Set(permissions) },
});
prepare(async () => {
  graph = await startGraph({ shared: true });
  const accounts = accountsIn(graph.factory.catalog.store);
  ada = as(await accounts.createUser('OWNER'), ['keys:administer']);
  bob = as(await accounts.createUser('MEMBER'));
});

const KEY = 'outsideKey { id provider label ending isShared isUsable }';
const NODE = 'query ($id: ID!) { node(id: $id) { id ... on OutsideKey { provider } } }';

it('keeps a key for its user, who alone finds it, by its id too', async () => {
  const input = { provider: 'OpenAI', secret: 'sk-canary-7d41-abcd', label: 'tests' };
  const { outsideKey } = await graph.as(bob).mutate<{ outsideKey: { id: string } }>('saveOutsideKey', input, KEY);
  const shown = { provider: 'openai', label: 'tests', ending: 'abcd', isShared: false, isUsable: true };
  expect(outsideKey).toMatchObject(shown);
  const { id } = outsideKey;
  const own = '{ viewer { outsideKeys { id } } outsideKey(provider: "openai") { source ending label } }';
  expect(await graph.as(bob).ask(own)).toEqual({
    viewer: { outsideKeys: [{ id }] },
    outsideKey: { source: 'USER', ending: 'abcd', label: 'tests' },
  });
  expect(await graph.as(bob).ask(NODE, { id })).toEqual({ node: { id, provider: 'openai' } });
  expect(await graph.as(ada).ask(own)).toEqual({ viewer: { outsideKeys: [] }, outsideKey: null });
  expect(await graph.as(ada).ask(NODE, { id })).toEqual({ node: null });
  const unknown = await graph.as(ada).mutate('deleteOutsideKey', { id }, 'deletedId');
  expect(unknown).toMatchObject({ __typename: 'NotFoundError', recordId: id });
  expect(await graph.as(bob).mutate('deleteOutsideKey', { id }, 'deletedId')).toMatchObject({ deletedId: id });
});

it('shows a shared key to all as the one that counts, and the record to administrators', async () => {
  const input = { provider: 'github', secret: 'canary-shared-93c2', shared: true };
  const { outsideKey } = await graph.as(ada).mutate<{ outsideKey: { id: string } }>('saveOutsideKey', input, KEY);
  const choice = '{ outsideKey(provider: "github") { source ending } }';
  expect(await graph.as(bob).ask(choice)).toEqual({ outsideKey: { source: 'SHARED', ending: null } });
  expect(await graph.as(ada).ask(choice)).toEqual({ outsideKey: { source: 'SHARED', ending: '93c2' } });
  expect(await graph.as(bob).ask(NODE, { id: outsideKey.id })).toEqual({ node: null });
  expect(await graph.as(ada).ask(NODE, { id: outsideKey.id })).toMatchObject({ node: { provider: 'github' } });
  expect(await graph.as(bob).mutate('saveOutsideKey', input, KEY)).toMatchObject({ __typename: 'ForbiddenError' });
  expect(await graph.as(ada).ask('{ outsideKeys(shared: true) { provider isShared } }')).toEqual({
    outsideKeys: [{ provider: 'github', isShared: true }],
  });
});

it('rotates the key that seals them', async () => {
  const rotated = await graph.as(ada).mutate('rotateSecrets', {}, 'resealed remaining unreadable keySource');
  expect(rotated).toMatchObject({ resealed: 0, remaining: 0, unreadable: [], keySource: 'ENVIRONMENT' });
  expect(await graph.as(bob).mutate('rotateSecrets', {}, 'resealed')).toMatchObject({ permission: 'keys:administer' });
});
