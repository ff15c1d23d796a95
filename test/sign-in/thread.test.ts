import { expect, it, onTestFinished } from 'vitest';
import { createLane } from '../../src/sign-in/lane/lane.js';

/** A lane over a catalog that is empty. */
function start(idleMs?: number) {
  const none = () => Promise.reject(new Error('not asked here'));
  const lane = createLane({
    data: {
      ...{ secret: 'x'.repeat(43), cookiePrefix: 'mooring', allowsRegistration: false, offline: true, oidc: [] },
    },
    calls: {
      get: async () => [],
      list: async () => ({ items: [], hasMore: false }),
      commit: none,
      hashPassword: none,
      verifyPassword: none,
      log: () => undefined,
    },
    idleMs,
  });
  onTestFinished(() => lane.close());
  const ask = (path = '/auth/ok') =>
    lane.answer({
      ...{ method: 'GET', origin: 'http://localhost', path, headers: {}, body: null },
      ...{ address: '127.0.0.1', requestId: 'r' },
    });
  return { lane, ask };
}

it('the thread starts with the first request, ends when it is idle, and starts again', async () => {
  const { lane, ask } = start(1);
  expect(lane.isRunning).toBe(false);
  expect((await ask()).status).toBe(200);
  await expect.poll(() => lane.isRunning).toBe(false);
  expect((await ask()).status).toBe(200);
});

it('a request that the thread takes along is answered by an error that says to repeat it', async () => {
  const { lane, ask } = start();
  const asked = ask();
  await lane.close();
  await expect(asked).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', hint: 'Repeat the request.' });
  await expect(ask()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
});
