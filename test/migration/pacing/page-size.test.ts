import { describe, expect, it } from 'vitest';
import { createPageSize } from '../../../src/migration/pacing/page-size.js';

/** Full pages to a target with a fixed time for each page and each entry, in ms. @returns their sizes and times */
function play(
  batchSize: number,
  pages: number,
  { page = 0, entry }: { readonly page?: number; readonly entry: number },
) {
  const size = createPageSize(batchSize);
  return Array.from({ length: pages }, () => {
    const { entries } = size;
    const ms = page + entries * entry;
    size.learn({ entries, ms });
    return { entries, ms };
  });
}

const sizes = (pages: ReturnType<typeof play>) => pages.map(({ entries }) => entries);

describe('how many entries are replayed at a time', () => {
  it('grows while the target takes them quickly', () => {
    expect(sizes(play(100, 7, { entry: 0.1 }))).toEqual([32, 64, 128, 256, 512, 1_000, 1_000]);
  });

  it('starts with a batch if batches are small', () => {
    expect(sizes(play(20, 3, { entry: 0.1 }))).toEqual([20, 40, 80]);
  });

  it('stays small where a larger page takes longer in proportion: it is only tried now and then', () => {
    const pages = sizes(play(100, 31, { entry: 25 }));
    expect(pages.filter((entries) => entries === 32).length).toBeGreaterThan(25);
    expect(Math.max(...pages)).toBe(64);
  });

  it('grows where most of a page’s time is the same for any page', () => {
    const pages = play(100, 8, { page: 1_500, entry: 5 });
    expect(sizes(pages)).toEqual([32, 64, 128, 128, 128, 128, 128, 128]);
  });

  it('falls when the target gets slow, whatever the batch size, until it stores a page in time', () => {
    const size = createPageSize(1_000);
    for (let n = 0; n < 6; n += 1) size.learn({ entries: size.entries, ms: 10 });
    expect(size.entries).toBe(1_000);
    const seen: number[] = [];
    for (let n = 0; n < 8; n += 1) {
      seen.push(size.entries);
      size.learn({ entries: size.entries, ms: size.entries * 100 });
    }
    expect(seen.slice(0, 6)).toEqual([1_000, 500, 250, 125, 62, 31]);
    expect(seen.slice(5).every((entries) => entries * 100 <= 6_000)).toBe(true);
  });

  it('is never less than a few', () => {
    expect(Math.min(...sizes(play(100, 20, { entry: 60_000 })))).toBe(10);
  });

  it('stays after a page that wasn’t full', () => {
    const size = createPageSize(100);
    size.learn({ entries: 3, ms: 5 });
    expect(size.entries).toBe(32);
  });
});
