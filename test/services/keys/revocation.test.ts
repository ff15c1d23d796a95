import { beforeEach, describe, expect, it } from 'vitest';
import type { ApiKey } from '../../../src/domain/access/api-key.js';
import { UnauthenticatedError } from '../../../src/domain/access/errors.js';
import type { User } from '../../../src/domain/access/user.js';
import { NotFoundError } from '../../../src/domain/errors.js';
import { apiKeys } from '../../../src/storage/account-collections.js';
import { cases } from '../../support/extent.js';
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

const revoke = async (who: User | ApiKey | null, { id }: ApiKey) =>
  bench.services.keys.revoke(await bench.as(who), { id });
const rotate = async ({ id }: ApiKey) => (await bench.services.keys.rotate(await bench.as(owner), { id })).apiKey;
const isRevoked = async ({ id }: ApiKey) => (await bench.key(id)).revokedAt !== null;
const allowing = { allPermissions: true };
const makeBy = async (who: User | ApiKey) => (await bench.make(who, allowing)).apiKey;

describe('revoking a key', () => {
  it('ends it and those that it made, and so on, in one commit', async () => {
    const first = await makeBy(owner);
    const child = await makeBy(first);
    const grandchild = await makeBy(child);
    const sibling = await makeBy(owner);
    const { seq } = await bench.catalog.log.head();
    const { apiKey, others } = await revoke(owner, first);
    expect(apiKey).toMatchObject({ id: first.id, revokedBy: owner.id, version: 2 });
    expect(others.map(({ id }) => id).sort()).toEqual([child.id, grandchild.id].sort());
    const entries = await bench.catalog.log.read(seq, 10);
    expect(new Set(entries.map(({ at }) => at)).size).toBe(1);
    expect(entries).toHaveLength(3);
    expect(await isRevoked(sibling)).toBe(false);
  });

  it('ends those that it replaced, with all that these made', async () => {
    const first = await makeBy(owner);
    const child = await makeBy(first);
    const second = await rotate(first);
    const third = await rotate(second);
    const late = await makeBy(first);
    await revoke(owner, third);
    for (const each of [first, second, third, child, late]) expect(await isRevoked(each)).toBe(true);
  });

  it('that was replaced leaves its replacement, and what it made to that', async () => {
    const first = await makeBy(owner);
    const child = await makeBy(first);
    const second = await rotate(first);
    await revoke(owner, first);
    expect(await isRevoked(first)).toBe(true);
    for (const each of [second, child]) expect(await isRevoked(each)).toBe(false);
    await revoke(owner, second);
    expect(await isRevoked(child)).toBe(true);
  });

  it('ends the replacements of what it made', async () => {
    const first = await makeBy(owner);
    const child = await rotate(await makeBy(first));
    await revoke(owner, first);
    expect(await isRevoked(child)).toBe(true);
  });

  it('that is revoked changes nothing', async () => {
    const first = await makeBy(owner);
    const { apiKey } = await revoke(owner, first);
    const { seq } = await bench.catalog.log.head();
    expect(await revoke(null, first)).toEqual({ apiKey, others: [] });
    expect((await bench.catalog.log.head()).seq).toBe(seq);
  });

  it('is done by itself, its owner, a key that made it, an administrator, and the owner of the machine', async () => {
    const maker = await makeBy(member);
    const limited = (await bench.make(maker)).apiKey;
    for (const who of [limited, member, maker, owner, null]) {
      const key = who === limited ? limited : (await bench.make(maker)).apiKey;
      const { apiKey } = await revoke(who, key);
      expect(apiKey.revokedBy).toBe(who?.id ?? 'local');
    }
  });

  it('is done by no other: to them there is no such key', async () => {
    const { apiKey } = await bench.make(member);
    const another = await bench.accounts.createUser('MEMBER');
    const limited = (await bench.make(member)).apiKey;
    for (const who of [another, limited]) {
      expect(await rejection(revoke(who, apiKey))).toBeInstanceOf(NotFoundError);
    }
    expect(await isRevoked(apiKey)).toBe(false);
    await revoke(owner, limited);
    expect(await rejection(revoke(limited, limited))).toBeInstanceOf(UnauthenticatedError);
  });

  it('misses none that another process makes between its look and its commit', async () => {
    const first = await makeBy(owner);
    const other = await startKeys({ folder: bench.folder });
    let made: ApiKey | undefined;
    bench.beforeNextCommit(async () => {
      made = (await other.make(first, allowing)).apiKey;
    });
    const { others } = await revoke(owner, first);
    expect(others.map(({ id }) => id)).toEqual([made!.id]);
    expect(await isRevoked(made!)).toBe(true);
  });

  it('leaves none alive, however many are made by two processes at once', async () => {
    const first = await makeBy(owner);
    const author = await bench.as(first);
    const other = await startKeys({ folder: bench.folder });
    const making = cases([1, 2, 3, 4, 5], [6, 7, 8, 9, 10]).flatMap((each) =>
      [bench, other].map(({ services }) => services.keys.create(author, { name: `Key ${each}`, ...allowing })),
    );
    const revoking = revoke(owner, first);
    await Promise.allSettled([...making, revoking]);
    const order = { field: 'createdAt', direction: 'ASC' } as const;
    const { items } = await bench.catalog.collection(apiKeys).list({ order, limit: 100 });
    expect(items.filter(({ revokedAt }) => revokedAt === null)).toEqual([]);
  });
});
