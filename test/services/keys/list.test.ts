import { beforeEach, describe, expect, it } from 'vitest';
import type { ApiKey } from '../../../src/domain/access/api-key.js';
import type { User } from '../../../src/domain/access/user.js';
import { ConflictError, NotFoundError } from '../../../src/domain/errors.js';
import type { ApiKeyFilter } from '../../../src/services/input/api-key.js';
import { rejection } from '../support.js';
import { type KeyBench, startKeys } from './support.js';

let bench: KeyBench;
let owner: User;
let member: User;

beforeEach(async () => {
  bench = await startKeys();
  owner = await bench.accounts.createUser('OWNER');
  member = await bench.accounts.createUser('MEMBER');
});

const order = { field: 'createdAt', direction: 'DESC' } as const;
const query = { filter: {}, deleted: 'EXCLUDE', order, limit: 100 } as const;
const listFor = async (who: User | ApiKey | null) => bench.services.keys.seenBy((await bench.as(who)).principal);
/** The names of the keys that somebody sees, in order of their making. */
async function seen(who: User | ApiKey | null, filter: ApiKeyFilter = {}): Promise<string[]> {
  const { items } = await (await listFor(who)).list({ ...query, filter, order: { ...order, direction: 'ASC' } });
  return items.map(({ name }) => name);
}

describe('keys are seen', () => {
  it('by their owner, who sees no others', async () => {
    await bench.make(owner, { name: 'Of another' });
    await bench.make(member, { name: 'Own' });
    await bench.make(owner, { name: 'Made for them', ownerId: member.id });
    await bench.make(owner, { name: 'Service', isService: true });
    expect(await seen(member)).toEqual(['Own', 'Made for them']);
    expect(await seen(owner)).toHaveLength(4);
    expect(await seen(null)).toHaveLength(4);
  });

  it('by a key when it is itself or was made by it, and so on', async () => {
    const { apiKey: first } = await bench.make(member, { name: 'First', allPermissions: true });
    const { apiKey: child } = await bench.make(first, { name: 'Child', allPermissions: true });
    await bench.make(child, { name: 'Grandchild' });
    await bench.make(member, { name: 'Other' });
    expect(await seen(first)).toEqual(['First', 'Child', 'Grandchild']);
    expect(await seen(child)).toEqual(['Child', 'Grandchild']);
    const { apiKey: service } = await bench.make(owner, { name: 'Service', isService: true });
    await bench.make(owner, { name: 'Another service', isService: true });
    expect(await seen(service)).toEqual(['Service']);
  });

  it("by a key with all of its owner's rights as by the owner", async () => {
    const { apiKey } = await bench.make(member, { name: 'Whole', level: 'MANAGE', allPermissions: true });
    await bench.make(member, { name: 'Other' });
    await bench.make(owner, { name: 'Of another' });
    expect(await seen(apiKey)).toEqual(['Whole', 'Other']);
  });

  it('one by one as in the list', async () => {
    const { apiKey: own } = await bench.make(member);
    const { apiKey: another } = await bench.make(owner);
    const { principal } = await bench.as(member);
    expect(await bench.services.keys.get(principal, [another.id, own.id])).toEqual([null, own]);
  });
});

describe('a list of keys', () => {
  it('is filtered', async () => {
    const project = await bench.project();
    const other = await bench.project();
    await bench.make(owner, { name: 'All projects' });
    await bench.make(owner, { name: 'One project', projectIds: [project] });
    const { apiKey: granted } = await bench.make(owner, { name: 'Granted', projectIds: [other] });
    await bench.accounts.grant(granted.id, project, 'READ');
    await bench.make(owner, { name: 'Elsewhere', projectIds: [other] });
    await bench.make(owner, { name: 'Service', isService: true, projectIds: [other] });
    await bench.make(owner, { name: 'Expired', projectIds: [other], expiresAt: bench.clock.in(1) });
    const { apiKey: revoked } = await bench.make(owner, { name: 'Revoked', projectIds: [other] });
    await bench.services.keys.revoke(await bench.as(owner), { id: revoked.id });
    bench.clock.passHours(2);
    expect(await seen(owner, { projectId: project })).toEqual(['All projects', 'One project', 'Granted']);
    expect(await seen(owner, { isActive: false })).toEqual(['Expired', 'Revoked']);
    expect(await seen(owner, { isActive: true })).toEqual([
      'All projects',
      'One project',
      'Granted',
      'Elsewhere',
      'Service',
    ]);
    expect(await seen(owner, { isService: true })).toEqual(['Service']);
    expect(await seen(owner, { isService: false, query: 'ELSE' })).toEqual(['Elsewhere']);
    expect(await seen(owner, { ownerId: member.id })).toEqual([]);
    expect(await seen(member, { ownerId: owner.id })).toEqual([]);
    expect(await (await listFor(owner)).count({ isActive: false }, 'EXCLUDE')).toBe(2);
  });

  it('has pages, both ways, of what passes the filter', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const name of names) {
      await bench.make(member, { name });
      await bench.make(owner, { name: `not ${name}` });
    }
    const list = await listFor(member);
    const position = ({ createdAt, id }: ApiKey) => ({ value: createdAt, id });
    const first = await list.list({ ...query, limit: 4 });
    expect(first).toMatchObject({ items: [{ name: 'f' }, { name: 'e' }, { name: 'd' }, { name: 'c' }], hasMore: true });
    const next = await list.list({ ...query, limit: 4, after: position(first.items.at(-1)!) });
    expect(next).toMatchObject({ items: [{ name: 'b' }, { name: 'a' }], hasMore: false });
    const back = await list.list({ ...query, limit: 3, before: position(next.items[0]!), fromEnd: true });
    expect(back).toMatchObject({ items: [{ name: 'e' }, { name: 'd' }, { name: 'c' }], hasMore: true });
  });
});

describe('renaming a key', () => {
  it('changes its name only, at the version that was read', async () => {
    const { apiKey } = await bench.make(member);
    const author = await bench.as(member);
    const { id, version } = apiKey;
    const renamed = await bench.services.keys.update(author, { id, version, name: 'CI' });
    expect(renamed).toEqual({ ...apiKey, name: 'CI', version: 2, updatedAt: renamed.updatedAt });
    expect(await rejection(bench.services.keys.update(author, { id, version, name: 'B' }))).toBeInstanceOf(
      ConflictError,
    );
    const other = await bench.as(await bench.accounts.createUser('MEMBER'));
    expect(await rejection(bench.services.keys.update(other, { id, version: 2, name: 'B' }))).toBeInstanceOf(
      NotFoundError,
    );
  });
});
