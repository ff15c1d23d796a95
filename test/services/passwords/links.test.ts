import { describe, expect, it } from 'vitest';
import type { User } from '../../../src/domain/access/user.js';
import type { RecordBase } from '../../../src/domain/record.js';
import {
  accounts,
  deviceCodes,
  oauthAccessTokens,
  oauthConsents,
  oauthRefreshTokens,
  passkeys,
  signIns,
  twoFactors,
  verifications,
} from '../../../src/storage/sign-in-collections.js';
import type { CollectionSpec } from '../../../src/storage/store.js';
import { machine } from '../people/support.js';
import { rejection } from '../support.js';
import { NEW, OLD, type PasswordBench, startPasswords, stranger } from './support.js';

const HOUR = 3_600_000;
const notCounting = { code: 'FORBIDDEN', message: expect.stringContaining('link') };

describe('A link to set a password', { timeout: 60_000 }, () => {
  it('counts once, signs nobody in by itself, and leaves only a hash of it behind', async () => {
    const { services, catalog, accountsOf, countLinks } = await startPasswords();
    const invited = await services.passwords.invite(machine, { email: 'grace@example.org', name: 'Grace' });
    const { token } = invited.link;
    expect(token).toMatch(/^mlk_[\w-]{43}$/);
    expect(await countLinks()).toBe(1);
    const { items } = await catalog.log.list({ direction: 'DESC', limit: 1_000 });
    expect(JSON.stringify(items)).not.toContain(token.slice(4));
    expect(await services.passwords.findLink(token)).toMatchObject({
      user: { id: invited.user.id },
      kind: 'INVITATION',
    });
    await services.passwords.setByLink(stranger, { token, newPassword: NEW });
    expect(await accountsOf(invited.user)).toHaveLength(1);
    expect(await services.passwords.findLink(token)).toBeNull();
    expect(await rejection(services.passwords.setByLink(stranger, { token, newPassword: OLD }))).toMatchObject(
      notCounting,
    );
  });

  it('is won by exactly one of those who use it at once', async () => {
    const { services, user, accountsOf } = await startPasswords();
    const person = await user('MEMBER');
    const { link } = await services.passwords.reset(machine, { userId: person.id });
    const uses = Array.from({ length: 4 }, (_, n) =>
      services.passwords.setByLink(stranger, { token: link.token, newPassword: `${NEW}-${n}` }),
    );
    const outcomes = await Promise.allSettled(uses);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const each of outcomes) {
      if (each.status === 'rejected') expect(each.reason).toMatchObject(notCounting);
    }
    expect(await accountsOf(person)).toHaveLength(1);
  });

  it('is not used up by a password that is refused', async () => {
    const { services, user } = await startPasswords();
    const person = await user('MEMBER');
    const { link } = await services.passwords.reset(machine, { userId: person.id });
    for (const newPassword of ['short', person.email!]) {
      const refused = services.passwords.setByLink(stranger, { token: link.token, newPassword });
      expect(await rejection(refused)).toMatchObject({ code: 'INVALID_INPUT' });
    }
    expect(await services.passwords.setByLink(stranger, { token: link.token, newPassword: NEW })).toMatchObject({
      id: person.id,
    });
  });

  it('ends the sign-ins of a user whose password it sets', async () => {
    const { services, userWithPassword, signedIn, signInsOf } = await startPasswords();
    const user = await userWithPassword('MEMBER');
    await signedIn(user);
    const { link } = await services.passwords.reset(machine, { userId: user.id });
    expect(await signInsOf(user)).toHaveLength(1);
    await services.passwords.setByLink(stranger, { token: link.token, newPassword: NEW });
    expect(await signInsOf(user)).toEqual([]);
  });

  it('counts seven days for who has no password, and one hour for who has', async () => {
    const { services, clock, user, userWithPassword } = await startPasswords();
    const { passwords } = services;
    const first = (await passwords.reset(machine, { userId: (await user('MEMBER')).id })).link;
    const other = (await passwords.reset(machine, { userId: (await userWithPassword('MEMBER')).id })).link;
    clock.now += HOUR - 1_000;
    expect(await passwords.findLink(other.token)).toMatchObject({ kind: 'RESET' });
    clock.now += 2_000;
    expect(await passwords.findLink(other.token)).toBeNull();
    expect(await rejection(passwords.setByLink(stranger, { token: other.token, newPassword: NEW }))).toMatchObject(
      notCounting,
    );
    clock.now += 7 * 24 * HOUR - HOUR - 3_000;
    expect(await passwords.findLink(first.token)).toMatchObject({ kind: 'INVITATION' });
    clock.now += 3_000;
    expect(await passwords.findLink(first.token)).toBeNull();
  });

  it('counts an hour, too, for who is invited again and has a password', async () => {
    const { services } = await startPasswords();
    const input = { email: 'grace@example.org', name: 'Grace', externalId: 'grace' };
    const first = await services.passwords.invite(machine, input);
    await services.passwords.setByLink(stranger, { token: first.link.token, newPassword: NEW });
    const again = await services.passwords.invite(machine, input);
    expect(again).toMatchObject({ user: { id: first.user.id }, link: { kind: 'RESET' } });
    await services.users.disable(machine, first.user);
    expect(await rejection(services.passwords.invite(machine, input))).toMatchObject({ code: 'INVALID_INPUT' });
  });

  const endings: readonly [string, (bench: PasswordBench, id: string) => Promise<unknown>][] = [
    ['another is made', ({ services }, userId) => services.passwords.reset(machine, { userId })],
    ['the user is disabled', ({ services }, id) => services.users.disable(machine, { id })],
    ['the user is deleted', ({ services }, id) => services.users.delete(machine, { id, version: 1 })],
    [
      'the email changes',
      ({ services }, id) => services.users.update(machine, { id, version: 1, email: 'moved@example.org' }),
    ],
    [
      'the user changes their email',
      async ({ services, as }, id) =>
        services.users.updateProfile(await as((await services.users.find(id))!), {
          email: 'moved@example.org',
          currentPassword: OLD,
        }),
    ],
    [
      'the password changes',
      async ({ services, signedIn }, id) =>
        services.passwords.set(await signedIn((await services.users.find(id))!), {
          newPassword: NEW,
          currentPassword: OLD,
        }),
    ],
  ];
  it.each(endings)('counts no more when %s', async (_, end) => {
    const bench = await startPasswords();
    const { services, userWithPassword } = bench;
    const user = await userWithPassword('MEMBER');
    const { link } = await services.passwords.reset(machine, { userId: user.id });
    await end(bench, user.id);
    if ((await services.users.find(user.id))?.disabledAt) await services.users.enable(machine, user);
    expect(await services.passwords.findLink(link.token)).toBeNull();
    expect(
      await rejection(services.passwords.setByLink(stranger, { token: link.token, newPassword: NEW })),
    ).toMatchObject(notCounting);
  });

  it('is found by nothing but its token', async () => {
    const { services, user } = await startPasswords();
    const { link } = await services.passwords.reset(machine, { userId: (await user('MEMBER')).id });
    for (const token of ['', 'mlk_', link.token.slice(4), `${link.token} `, link.token.toLowerCase(), link.userId]) {
      expect(await services.passwords.findLink(token)).toBeNull();
    }
  });
});

describe('Links are made', { timeout: 60_000 }, () => {
  it('for nobody who may do more than their author', async () => {
    const { services, user, as, owner } = await startPasswords();
    const { passwords, roles, users, grants, projects } = services;
    await roles.create(machine, { name: 'People', permissions: ['users:administer'], everywhere: 'READ' });
    const author = await as(await user('People'));
    const admin = await user('ADMIN');
    const member = await user('MEMBER');
    for (const { id } of [owner, admin, member]) {
      expect(await rejection(passwords.reset(author, { userId: id }))).toMatchObject({ code: 'FORBIDDEN' });
    }
    expect(await rejection(passwords.reset(await as(admin), { userId: owner.id }))).toMatchObject({
      code: 'FORBIDDEN',
    });
    const viewer = await user('VIEWER');
    expect(await passwords.reset(author, { userId: viewer.id })).toMatchObject({ user: { id: viewer.id } });
    // Nor is their email changed, to which a mail would go.
    const { id } = await projects.create(machine, { name: 'Harbour' });
    await grants.grant(machine, { subjectId: viewer.id, projectId: id, level: 'WRITE' });
    const refused = [
      passwords.reset(author, { userId: viewer.id }),
      users.update(author, { id: viewer.id, version: 1, email: 'mine@example.org' }),
    ];
    for (const each of refused) {
      const error = await rejection(each);
      expect(error).toMatchObject({ code: 'FORBIDDEN' });
      expect(error.message).not.toContain(id);
    }
    expect(await rejection(passwords.reset(await as(member), { userId: viewer.id }))).toMatchObject({
      code: 'FORBIDDEN',
      missing: { permission: 'users:administer' },
    });
  });

  it('for nobody who is disabled or deleted', async () => {
    const { services, user } = await startPasswords();
    const [disabled, deleted] = [await user('MEMBER'), await user('MEMBER')];
    await services.users.disable(machine, disabled);
    await services.users.delete(machine, deleted);
    for (const { id } of [disabled, deleted]) {
      expect(await rejection(services.passwords.reset(machine, { userId: id }))).toMatchObject({
        code: expect.stringMatching(/INVALID_INPUT|NOT_FOUND/),
      });
    }
  });
});

describe('Disabling or deleting a user', { timeout: 60_000 }, () => {
  it.each(['disable', 'delete'] as const)('ends their sign-ins and codes by %s, nobody else’s', async (how) => {
    const { services, user, userWithPassword, signedIn, signInsOf, askForCode, catalog } = await startPasswords();
    const person = await userWithPassword('MEMBER');
    const other = await user('MEMBER');
    for (const each of [person, other]) {
      await signedIn(each);
      await askForCode(each);
    }
    await services.users[how](machine, person);
    expect(await signInsOf(person)).toEqual([]);
    expect(await signInsOf(other)).toHaveLength(1);
    expect((await catalog.scan(deviceCodes, null, 10)).map(({ userId }) => userId)).toEqual([other.id]);
  });
});

it('With a user who is purged goes all with which they signed in, or let programs in', {
  timeout: 60_000,
}, async () => {
  const { services, catalog, clock, userWithPassword, givenAll, signedIn, askForCode } = await startPasswords();
  const [leaver, stays] = [await userWithPassword('MEMBER'), await userWithPassword('MEMBER')];
  for (const each of [leaver, stays]) {
    await givenAll(each);
    await signedIn(each);
    await askForCode(each);
    await services.passwords.reset(machine, { userId: each.id });
  }
  const countOf = (user: User) => async (spec: CollectionSpec<RecordBase>) =>
    (await catalog.scan(spec, null, 100)).filter((record) => JSON.stringify(record).includes(user.id)).length;
  const counted = (user: User) =>
    Promise.all(PERSONAL.map((spec) => countOf(user)(spec as unknown as CollectionSpec<RecordBase>)));
  expect(await counted(leaver)).toEqual(PERSONAL.map(() => 1));
  await services.users.delete(machine, leaver);
  // What proves nothing more stays until then, for a user who is restored: their password, passkey, second factor, consents.
  expect(await counted(leaver)).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0]);
  clock.passDays(31);
  await services.records.applyRetention();
  expect(await counted(leaver)).toEqual(PERSONAL.map(() => 0));
  // The others' expire by themselves.
  expect(await counted(stays)).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0]);
});

const PERSONAL = [
  ...[accounts, passkeys, twoFactors, oauthConsents],
  ...[signIns, deviceCodes, oauthRefreshTokens, oauthAccessTokens, verifications],
] as const;
