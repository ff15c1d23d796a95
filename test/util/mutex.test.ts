import { expect, it } from 'vitest';
import { delay } from '../../src/util/async.js';
import { createMutex } from '../../src/util/mutex.js';

it('runs one piece of work after the other, in the order asked', async () => {
  const exclusively = createMutex();
  const steps: string[] = [];
  const work = (name: string, ms: number) =>
    exclusively(async () => {
      steps.push(`${name} begins`);
      await delay(ms);
      steps.push(`${name} ends`);
      return name;
    });
  expect(await Promise.all([work('slow', 5), work('quick', 0)])).toEqual(['slow', 'quick']);
  expect(steps).toEqual(['slow begins', 'slow ends', 'quick begins', 'quick ends']);
});

it('continues after a failure, which its caller has', async () => {
  const exclusively = createMutex();
  const failed = expect(exclusively(() => Promise.reject(new Error('It failed.')))).rejects.toThrow('It failed.');
  expect(await exclusively(async () => 'next')).toBe('next');
  await failed;
});
