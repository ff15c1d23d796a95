import { describe, expect, it } from 'vitest';
import { whileWaiting } from '../../../src/migration/transfer/page-scheduling.js';

describe('work while a page is waited for', () => {
  it('is repeated until the page arrives, and not after', async () => {
    let done = 0;
    let arrive = () => {};
    async function* pages() {
      await new Promise<void>((resolve) => {
        arrive = resolve;
      });
      yield 'page';
    }
    const work = async () => {
      done += 1;
      if (done === 3) arrive();
    };
    const seen: string[] = [];
    for await (const page of whileWaiting(pages(), work, 1)) seen.push(`${page} after ${done}`);
    expect(seen).toEqual(['page after 3']);
  });

  it('isn’t running when the page is yielded', async () => {
    let isUnderWay = false;
    let arrive = () => {};
    async function* pages() {
      await new Promise<void>((resolve) => {
        arrive = resolve;
      });
      yield isUnderWay;
    }
    const work = async () => {
      isUnderWay = true;
      arrive();
      await new Promise((resolve) => setImmediate(resolve));
      isUnderWay = false;
    };
    for await (const _ of whileWaiting(pages(), work, 1)) expect(isUnderWay).toBe(false);
  });

  it('ends with what the work throws, once the page is done', async () => {
    let isDone = false;
    let arrive = () => {};
    async function* pages() {
      await new Promise<void>((resolve) => {
        arrive = resolve;
      });
      isDone = true;
      yield 'page';
    }
    const work = async () => {
      setImmediate(arrive);
      throw new Error('away');
    };
    const steps = whileWaiting(pages(), work, 1);
    await expect(steps.next()).rejects.toThrow('away');
    expect(isDone).toBe(true);
  });

  it('passes on what the page throws', async () => {
    async function* pages() {
      yield 'page';
      throw new Error('gone');
    }
    const seen: string[] = [];
    const all = async () => {
      for await (const page of whileWaiting(pages(), async () => {}, 1)) seen.push(page);
    };
    await expect(all()).rejects.toThrow('gone');
    expect(seen).toEqual(['page']);
  });
});
