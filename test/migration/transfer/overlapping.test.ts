import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { overlapping } from '../../../src/migration/transfer/page-scheduling.js';

/** Work that ends when the test says so, and how much of it is in progress. */
function createWork() {
  const finishers = new Map<number, (error?: Error) => void>();
  const begun: number[] = [];
  return {
    begun,
    underWay: () => finishers.size,
    work: (page: number) =>
      new Promise<string>((resolve, reject) => {
        begun.push(page);
        finishers.set(page, (error) => (error ? reject(error) : resolve(`done ${page}`)));
      }).finally(() => finishers.delete(page)),
    finish: (page: number, error?: Error) => finishers.get(page)!(error),
  };
}

async function* pagesOf(...pages: readonly number[]): AsyncGenerator<number> {
  yield* pages;
}

describe('overlapping work', () => {
  it('yields the results in the order of the pages, whichever is done first', async () => {
    const { work, finish, begun } = createWork();
    const results = overlapping(pagesOf(1, 2, 3), work, () => 2);
    const first = results.next();
    await turn();
    expect(begun).toEqual([1, 2]);
    finish(2);
    await turn();
    expect(begun).toEqual([1, 2]);
    finish(1);
    expect((await first).value).toBe('done 1');
    const second = results.next();
    expect((await second).value).toBe('done 2');
    await turn();
    const third = results.next();
    await turn();
    finish(3);
    expect((await third).value).toBe('done 3');
    expect((await results.next()).done).toBe(true);
  });

  it('starts a page that must run alone only when all before it are done', async () => {
    const { work, finish, begun } = createWork();
    const results = overlapping(pagesOf(1, 2, 3), work, (page) => (page === 3 ? 1 : 2));
    const all = (async () => {
      const seen: string[] = [];
      for await (const result of results) seen.push(result);
      return seen;
    })();
    await turn();
    finish(1);
    await turn();
    expect(begun).toEqual([1, 2]);
    finish(2);
    await turn();
    expect(begun).toEqual([1, 2, 3]);
    finish(3);
    expect(await all).toEqual(['done 1', 'done 2', 'done 3']);
  });

  it('ends with an error only when nothing is running any more', async () => {
    const { work, finish, underWay } = createWork();
    let hasEnded = false;
    const ended = overlapping(pagesOf(1, 2, 3), work, () => 2)
      .next()
      .finally(() => {
        hasEnded = true;
      });
    ended.catch(() => {});
    await turn();
    finish(1, new Error('it is full'));
    await turn();
    expect(hasEnded).toBe(false);
    finish(2);
    await expect(ended).rejects.toThrow('it is full');
    expect(underWay()).toBe(0);
  });

  it('leaves nothing running when the caller stops early', async () => {
    const { work, finish, underWay } = createWork();
    const results = overlapping(pagesOf(1, 2, 3), work, () => 2);
    const first = results.next();
    await turn();
    finish(1);
    await first;
    const stopped = results.return(undefined);
    await turn();
    finish(2);
    await stopped;
    expect(underWay()).toBe(0);
  });
});
