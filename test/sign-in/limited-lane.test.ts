import { describe, expect, it } from 'vitest';
import { createAttempts } from '../../src/services/attempts/attempts.js';
import type { SignInLane, WebRequest } from '../../src/sign-in/contract.js';
import { limitAttempts } from '../../src/sign-in/limited-lane.js';

const PASSWORD = 'canary-battery-staple';
const HOME = '192.0.2.1';
const WINDOW_MS = 10 * 60_000;

/** A lane over a library with one user, who has a second factor if that is said. */
function start({ needsCode = false } = {}) {
  const clock = { ms: 0 };
  let asked = 0;
  const library: SignInLane = {
    async answer({ path, body, headers }) {
      asked += 1;
      const given = JSON.parse(body ?? '{}') as { email?: string; password?: string; code?: string };
      const isRight = path.includes('two-factor')
        ? given.code === '123456' && headers.cookie?.includes('two_factor=step')
        : given.password === PASSWORD && given.email?.trim().toLowerCase() === 'ada@example.com';
      const step =
        needsCode && path.includes('sign-in') ? [['set-cookie', 'mooring-1.two_factor=step; Path=/'] as const] : [];
      return { status: isRight ? 200 : 401, headers: isRight ? step : [], body: '{}' };
    },
    isRunning: true,
    close: () => Promise.resolve(),
  };
  const lane = limitAttempts(
    library,
    createAttempts(() => clock.ms),
    () => clock.ms,
  );
  const send = (path: string, body: object, { address = HOME, cookie = '' } = {}) => {
    const request: WebRequest = {
      ...{ method: 'POST', origin: 'http://localhost', path, body: JSON.stringify(body), address, requestId: 'r' },
      headers: { cookie },
    };
    return lane.answer(request);
  };
  const signIn = async (password: string, { address = HOME, email = 'ada@example.com' } = {}) =>
    (await send('/auth/sign-in/email', { email, password }, { address })).status;
  const giveCode = async (code: string, cookie = 'a=b; mooring-1.two_factor=step') =>
    (await send('/auth/two-factor/verify-totp', { code }, { cookie })).status;
  return { clock, signIn, giveCode, send, asked: () => asked };
}

describe('guessing', () => {
  it('a password ends after ten wrong ones from one network, however the email is written, and goes on later', async () => {
    const { signIn, clock, asked } = start();
    for (let n = 0; n < 10; n++) {
      expect(await signIn('wrong', { email: n % 2 === 0 ? 'ada@example.com' : ' ADA@example.com ' })).toBe(401);
    }
    expect([await signIn('wrong'), await signIn(PASSWORD)]).toEqual([429, 429]);
    expect(asked()).toBe(10);
    clock.ms += WINDOW_MS + 1;
    expect(await signIn(PASSWORD)).toBe(200);
  });

  it('by many at once is counted before the first answer', async () => {
    const { signIn, asked } = start();
    const all = await Promise.all(Array.from({ length: 40 }, () => signIn('wrong')));
    expect(all.filter((status) => status === 401)).toHaveLength(10);
    expect(asked()).toBe(10);
  });

  it('from many networks ends for the account, but not for who has signed in before from theirs', async () => {
    const { signIn } = start();
    expect(await signIn(PASSWORD)).toBe(200);
    const answers: number[] = [];
    for (let n = 0; n < 102; n++) answers.push(await signIn('wrong', { address: `198.51.100.${n}` }));
    expect(answers.filter((status) => status === 401)).toHaveLength(100);
    expect(await signIn(PASSWORD, { address: '203.0.113.9' })).toBe(429);
    expect(await signIn(PASSWORD)).toBe(200);
  });

  it('of one network ends for all accounts, also if some are right in between', async () => {
    const { signIn } = start();
    for (let n = 0; n < 50; n++) {
      expect(await signIn('wrong', { email: `user-${n}@example.com`, address: '2001:db8::1' })).toBe(401);
      if (n % 10 === 0) expect(await signIn(PASSWORD, { address: '2001:db8::2' })).toBe(200);
    }
    expect(await signIn('wrong', { email: 'other@example.com', address: '2001:db8::77' })).toBe(429);
    expect(await signIn('wrong', { email: 'other@example.com', address: '2001:db8:1::77' })).toBe(401);
  });

  it('a code ends after five wrong ones of the account, also with a new password step', async () => {
    const { signIn, giveCode } = start({ needsCode: true });
    for (let n = 0; n < 5; n++) {
      expect(await signIn(PASSWORD)).toBe(200);
      expect(await giveCode(`00000${n}`)).toBe(401);
    }
    expect(await signIn(PASSWORD)).toBe(200);
    expect(await giveCode('123456')).toBe(429);
  });

  it('a code counts once', async () => {
    const { signIn, giveCode, clock } = start({ needsCode: true });
    await signIn(PASSWORD);
    expect([await giveCode('123456'), await giveCode('123456')]).toEqual([200, 401]);
    clock.ms += 2 * 60_000 + 1;
    expect(await giveCode('123456')).toBe(200);
  });

  it('the code of a device ends after fifty of a network', async () => {
    const { send } = start();
    const answers: number[] = [];
    for (let n = 0; n < 51; n++) answers.push((await send('/auth/device/approve', { userCode: `${n}` })).status);
    expect(answers.slice(-2)).toEqual([401, 429]);
  });

  it('waiting to be let in is none, and what programs get wrong keeps nobody from signing in', async () => {
    const { send, signIn } = start();
    for (let n = 0; n < 60; n++) expect((await send('/auth/device/token', { device_code: 'x' })).status).toBe(401);
    for (let n = 0; n < 60; n++) await send('/auth/oauth2/token', { refresh_token: 'x' });
    expect((await send('/auth/oauth2/token', { refresh_token: 'x' })).status).toBe(429);
    expect(await signIn(PASSWORD)).toBe(200);
  });

  it('too often is answered with when to try again', async () => {
    const { send } = start();
    const wrong = { email: 'ada@example.com', password: 'wrong' };
    for (let n = 0; n < 10; n++) await send('/auth/sign-in/email', wrong);
    const { headers, body } = await send('/auth/sign-in/email', wrong);
    expect(headers).toContainEqual(['retry-after', '600']);
    expect(JSON.parse(body)).toMatchObject({ code: 'RATE_LIMITED', hint: 'Wait 600 s, then try again.' });
  });
});
