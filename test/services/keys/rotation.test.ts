import { beforeEach, describe, expect, it } from 'vitest';
import { ForbiddenError, UnauthenticatedError } from '../../../src/domain/access/errors.js';
import type { Grant } from '../../../src/domain/access/grant.js';
import { hashOf } from '../../../src/domain/access/key-format.js';
import type { User } from '../../../src/domain/access/user.js';
import { ConflictError, InvalidInputError, NotFoundError } from '../../../src/domain/errors.js';
import { apiKeys, grants, users } from '../../../src/storage/account-collections.js';
import { rejection } from '../support.js';
import { type KeyBench, startKeys } from './support.js';

let bench: KeyBench;
let owner: User;
let admin: User;
let member: User;
let project: string;

beforeEach(async () => {
  bench = await startKeys();
  const { accounts } = bench;
  owner = await accounts.createUser('OWNER');
  admin = await accounts.createUser('ADMIN');
  member = await accounts.createUser('MEMBER');
  project = await bench.project();
  await accounts.grant(member.id, project, 'WRITE');
});

const rotate = async (
  who: Parameters<KeyBench['as']>[0],
  id: string,
  input: { overlapHours?: number; expiresAt?: string } = {},
) => bench.services.keys.rotate(await bench.as(who), { id, ...input });

async function grantsOf(subjectId: string): Promise<readonly Grant[]> {
  const where = [{ field: 'subjectId', is: subjectId }];
  return (
    await bench.catalog.collection(grants).list({ where, order: { field: 'createdAt', direction: 'ASC' }, limit: 10 })
  ).items;
}

describe('rotating a key', () => {
  it('makes another with the same limits and grants, and ends the old one after a day', async () => {
    const limits = { level: 'WRITE' as const, projectIds: [project], perMinute: 9, allowedAddresses: ['10.0.0.0/8'] };
    const { apiKey: old } = await bench.make(member, { ...limits, name: 'CI', externalId: 'ci' });
    await bench.accounts.grant(old.id, project, 'READ');
    const { apiKey, secret } = await rotate(member, old.id);
    expect(apiKey).toMatchObject({
      ...{ ...limits, name: 'CI', externalId: null, createdById: member.id, ownerId: member.id, version: 1 },
      ...{ hash: hashOf(secret), ending: secret.slice(-4), replacedById: null, expiresAt: null },
    });
    expect(await grantsOf(apiKey.id)).toMatchObject([{ projectId: project, level: 'READ' }]);
    const { replacedById, expiresAt, hash } = await bench.key(old.id);
    expect(replacedById).toBe(apiKey.id);
    expect(hash).toBe(old.hash);
    expect(Date.parse(expiresAt!) - Date.parse(apiKey.createdAt)).toBe(24 * 3_600_000);
  });

  it('ends the old one at once, or when it expires anyway', async () => {
    const { apiKey: first } = await bench.make(member);
    const { apiKey: next } = await rotate(member, first.id, { overlapHours: 0 });
    expect((await bench.key(first.id)).expiresAt).toBe(next.createdAt);
    const { apiKey: brief } = await bench.make(member, { expiresAt: bench.clock.in(1) });
    const { apiKey } = await rotate(member, brief.id, { overlapHours: 24 });
    expect((await bench.key(brief.id)).expiresAt).toBe(brief.expiresAt);
    expect(apiKey.expiresAt).toBe(brief.expiresAt);
  });

  it('gives the new one another expiry when it is asked to', async () => {
    const { apiKey: old } = await bench.make(member, { expiresAt: bench.clock.in(1) });
    const expiresAt = bench.clock.in(100);
    expect((await rotate(member, old.id, { expiresAt })).apiKey.expiresAt).toBe(expiresAt);
  });

  it('is refused for one that is revoked, expired or rotated already', async () => {
    const { apiKey: revoked } = await bench.make(member);
    await bench.services.keys.revoke(await bench.as(member), { id: revoked.id });
    const { apiKey: expired } = await bench.make(member, { expiresAt: bench.clock.in(1) });
    bench.clock.passHours(2);
    const { apiKey: rotated } = await bench.make(member);
    await rotate(member, rotated.id);
    for (const [{ id }, why] of [
      [revoked, 'revoked'],
      [expired, 'expired'],
      [rotated, 'rotated already'],
    ] as const) {
      const error = await rejection<ConflictError>(rotate(member, id));
      expect(error).toBeInstanceOf(ConflictError);
      expect(error.message).toContain(why);
    }
  });

  it('is done once when two do it at once, in one process and in two', async () => {
    const { apiKey: old } = await bench.make(member);
    const other = await startKeys({ folder: bench.folder });
    const author = await bench.as(member);
    const outcomes = await Promise.allSettled(
      [bench, bench, other, other].map(({ services }) => services.keys.rotate(author, { id: old.id })),
    );
    const [won, ...more] = outcomes.flatMap((each) => (each.status === 'fulfilled' ? [each.value.apiKey.id] : []));
    expect(more).toEqual([]);
    expect((await bench.key(old.id)).replacedById).toBe(won);
    for (const each of outcomes) if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(ConflictError);
  });

  it('gives the new one no grant that is revoked meanwhile', async () => {
    const { apiKey: old } = await bench.make(admin, { isService: true, projectIds: [project] });
    const grant = await bench.accounts.grant(old.id, await bench.project(), 'READ');
    bench.beforeNextCommit(() => bench.accounts.remove(grants, grant));
    const { apiKey } = await rotate(admin, old.id);
    expect(await grantsOf(apiKey.id)).toEqual([]);
  });
});

describe('a key is rotated', () => {
  it('by itself, whatever it may do, but not beyond its expiry', async () => {
    const { apiKey: old } = await bench.make(member, { expiresAt: bench.clock.in(5) });
    await bench.accounts.grant(old.id, project, 'READ');
    const error = await rejection(rotate(old, old.id, { expiresAt: bench.clock.in(6) }));
    expect(error).toBeInstanceOf(ForbiddenError);
    const { apiKey } = await rotate(old, old.id);
    expect(apiKey).toMatchObject({ createdById: member.id, expiresAt: old.expiresAt });
  });

  it('by a key that made it, but by no other key of its owner that is limited', async () => {
    const { apiKey: maker } = await bench.make(member, { allPermissions: true });
    const { apiKey: made } = await bench.make(maker);
    const { apiKey: other } = await bench.make(member);
    expect(await rejection(rotate(other, made.id))).toBeInstanceOf(NotFoundError);
    expect((await rotate(maker, made.id)).apiKey.createdById).toBe(maker.id);
  });

  it('not by a key that another process revokes meanwhile', async () => {
    const { apiKey: maker } = await bench.make(member, { allPermissions: true });
    const { apiKey: made } = await bench.make(maker);
    bench.beforeNextCommit(() => bench.accounts.change(apiKeys, maker, { revokedAt: bench.clock.in(0) }));
    expect(await rejection(rotate(maker, made.id))).toBeInstanceOf(UnauthenticatedError);
    expect(await bench.key(made.id)).toEqual(made);
  });

  it('by an administrator who may do what it may do, and by nobody else', async () => {
    const { apiKey: ofOwner } = await bench.make(owner);
    const { apiKey: ofMember } = await bench.make(member);
    expect(await rejection(rotate(admin, ofOwner.id))).toBeInstanceOf(ForbiddenError);
    expect(await rejection(rotate(member, ofOwner.id))).toBeInstanceOf(NotFoundError);
    expect((await rotate(admin, ofMember.id)).apiKey.ownerId).toBe(member.id);

    const role = await bench.accounts.createRole({ name: 'Keys', permissions: ['keys:administer'] });
    const keeper = await bench.accounts.createUser(role.name);
    await bench.accounts.grant(keeper.id, project, 'READ');
    const { apiKey: service } = await bench.make(admin, { isService: true, projectIds: [project] });
    await bench.accounts.grant(service.id, await bench.project(), 'READ');
    expect(await rejection(rotate(keeper, service.id))).toBeInstanceOf(ForbiddenError);
  });

  it('not while its owner is disabled: the new one would work when they are enabled', async () => {
    const user = await bench.accounts.createUser('OWNER');
    const { apiKey } = await bench.make(user);
    await bench.accounts.change(users, user, { disabledAt: bench.clock.in(0) });
    expect(await rejection(rotate(owner, apiKey.id))).toBeInstanceOf(InvalidInputError);
    expect(await rejection(rotate(apiKey, apiKey.id))).toBeInstanceOf(UnauthenticatedError);
  });
});
