import { describe, expect, it } from 'vitest';
import { createPasswordHashing } from '../../../src/services/passwords/hashing.js';
import { accountsIn } from '../../support/accounts.js';
import { rejection } from '../support.js';
import { NEW, OLD, quickHashing, startPasswords } from './support.js';

const MINUTES = 60_000;

describe('One’s own password', { timeout: 60_000 }, () => {
  it('is changed by who knows the current one, and ends all other sign-ins in the same commit', async () => {
    const { services, catalog, userWithPassword, signedIn, signInsOf, accountsOf } = await startPasswords();
    const user = await userWithPassword('MEMBER');
    const others = [await signedIn(user), await signedIn(user)];
    const here = await signedIn(user);
    const before = (await catalog.log.head()).seq;
    await services.passwords.set(here, { newPassword: NEW, currentPassword: OLD });
    const { items } = await catalog.log.list({ direction: 'DESC', limit: 10 });
    const requests = new Set(items.filter(({ entry }) => entry.seq > before).map(({ entry }) => entry.at));
    expect(requests.size).toBe(1);
    expect((await signInsOf(user)).map(({ id }) => id)).toEqual([here.signIn.id]);
    expect(others).toHaveLength(2);
    const [account, ...more] = await accountsOf(user);
    expect(more).toEqual([]);
    expect(await quickHashing.verify(account!.password!, NEW)).toBe(true);
  });

  it('stays as it is with a wrong current one, or none', async () => {
    const { services, userWithPassword, signedIn, accountsOf } = await startPasswords();
    const user = await userWithPassword('MEMBER');
    const author = await signedIn(user);
    const before = await accountsOf(user);
    for (const currentPassword of ['canary-wrong-password', '', 'x'.repeat(100_000), undefined]) {
      const error = await rejection(services.passwords.set(author, { newPassword: NEW, currentPassword }));
      expect(error).toMatchObject({ code: 'INVALID_INPUT', field: 'currentPassword' });
      expect(JSON.stringify(error) + error.message).not.toContain('canary');
    }
    expect(await accountsOf(user)).toEqual(before);
  });

  it('is set without one only by who has just signed in and has none', async () => {
    const { services, clock, user, signedIn, accountsOf } = await startPasswords();
    const person = await user('MEMBER');
    const author = await signedIn(person);
    clock.now += 10 * MINUTES + 1;
    expect(await rejection(services.passwords.set(author, { newPassword: NEW }))).toMatchObject({ code: 'FORBIDDEN' });
    expect(await accountsOf(person)).toEqual([]);
    await services.passwords.set(await signedIn(person), { newPassword: NEW });
    expect(await accountsOf(person)).toHaveLength(1);
  });

  it('is never set by an API key alone', async () => {
    const { services, owner, firstKey, asKey, catalog, accountsOf } = await startPasswords();
    const author = await asKey(firstKey);
    expect(await rejection(services.passwords.set(author, { newPassword: NEW }))).toMatchObject({ code: 'FORBIDDEN' });
    // Nor around it, by a link for its owner.
    expect(await rejection(services.passwords.reset(author, { userId: owner.id }))).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await accountsOf(owner)).toEqual([]);
    const { key } = await accountsIn(catalog).createKey(owner, { level: 'WRITE' });
    const limited = await asKey(key);
    expect(await rejection(services.passwords.set(limited, { newPassword: NEW, currentPassword: OLD }))).toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it.each([
    ['eleven characters', 'eleven-char'],
    ['129 characters', 'x'.repeat(129)],
    ['the user’s email', 'Member-Of-Harbour@example.org'],
  ])('is refused with %s', async (_, newPassword) => {
    const { services, user, signedIn } = await startPasswords();
    const author = await signedIn(await user('MEMBER', 'member-of-harbour@example.org'));
    const error = await rejection(services.passwords.set(author, { newPassword }));
    expect(error).toMatchObject({ code: 'INVALID_INPUT' });
    expect(error.message).not.toContain(newPassword);
  });

  it('is guessed at ten times, then not for ten minutes, also by many at once', async () => {
    const { services, userWithPassword, signedIn } = await startPasswords();
    const author = await signedIn(await userWithPassword('MEMBER'));
    const guess = () =>
      rejection(services.passwords.set(author, { newPassword: NEW, currentPassword: 'canary-wrong-password' }));
    const errors = await Promise.all(Array.from({ length: 14 }, guess));
    expect(errors.filter(({ code }) => code === 'INVALID_INPUT')).toHaveLength(10);
    expect(await rejection(services.passwords.set(author, { newPassword: NEW, currentPassword: OLD }))).toMatchObject({
      code: 'RATE_LIMITED',
    });
  });

  it('is the same however its characters are typed', async () => {
    const { services, userWithPassword, signedIn, accountsOf } = await startPasswords({
      hashing: createPasswordHashing(),
    });
    const user = await userWithPassword('MEMBER', 'größe-größe-größe'.normalize('NFD'));
    await services.passwords.set(await signedIn(user), {
      newPassword: NEW,
      currentPassword: 'größe-größe-größe'.normalize('NFC'),
    });
    expect(await accountsOf(user)).toHaveLength(1);
  });

  it('is one, when two are set at once', async () => {
    const { services, userWithPassword, signedIn, accountsOf } = await startPasswords();
    const user = await userWithPassword('MEMBER');
    const author = await signedIn(user);
    const outcomes = await Promise.allSettled(
      [NEW, 'canary-third-battery'].map((newPassword) =>
        services.passwords.set(author, { newPassword, currentPassword: OLD }),
      ),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await accountsOf(user)).toHaveLength(1);
  });
});

describe('One’s own email', { timeout: 60_000 }, () => {
  it('changes with the current password, by whatever mutation', async () => {
    const { services, signedIn, owner, countLinks } = await startPasswords();
    await services.passwords.set(await signedIn(owner), { newPassword: OLD });
    const author = await signedIn(owner);
    const { users } = services;
    expect(await rejection(users.updateProfile(author, { email: 'new@example.org' }))).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'currentPassword',
    });
    // Who administers users gets around it in no other way.
    await rejection(users.update(author, { id: owner.id, version: owner.version, email: 'new@example.org' }));
    expect(await users.find(owner.id)).toMatchObject({ email: 'owner@example.org' });
    await services.passwords.reset({ actor: 'local', requestId: 'request' }, { userId: owner.id });
    const changed = await users.updateProfile(author, { email: ' New@Example.org', currentPassword: OLD });
    expect(changed).toMatchObject({ email: 'new@example.org', emailVerified: false });
    expect(await countLinks()).toBe(0);
  });

  it('is cleared by an empty one, and refused without @', async () => {
    const { services, as, user } = await startPasswords();
    const author = await as(await user('MEMBER'));
    const { users } = services;
    expect(await rejection(users.updateProfile(author, { email: 'nobody' }))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await users.updateProfile(author, { email: '  ' })).toMatchObject({ email: null });
    // Two without one don't stand in each other's way.
    expect(await users.updateProfile(await as(await user('MEMBER')), { email: '' })).toMatchObject({ email: null });
    expect(await users.updateProfile(author, { name: 'Ada' })).toMatchObject({ email: null, name: 'Ada' });
  });
});
