import { describe, expect, it } from 'vitest';
import { parseFuture, parsePast } from '../../src/cli/times.js';

const DAY_MS = 86_400_000;

describe('a time on the command line', () => {
  it.each([
    ['2026-12-01', '2026-12-01T00:00:00.000Z'],
    ['2026-12-01T09:30:00Z', '2026-12-01T09:30:00.000Z'],
  ])('may be %s, which is the same before and after now', (text, time) => {
    expect([parsePast(text), parseFuture(text)]).toEqual([time, time]);
  });

  it('may be how long ago, or in how long, it is', () => {
    const ago = Date.now() - Date.parse(parsePast('7d'));
    const until = Date.parse(parseFuture('7d')) - Date.now();
    expect([ago, until].map((ms) => Math.round(ms / DAY_MS))).toEqual([7, 7]);
    expect(Math.round((Date.now() - Date.parse(parsePast('48h'))) / DAY_MS)).toBe(2);
    expect(Math.round((Date.parse(parseFuture('2880m')) - Date.now()) / DAY_MS)).toBe(2);
  });

  it.each(['', 'tomorrow', 'May 2026', '7', '45', '7 d', '7w', '2026-13-01', '-7d'])('is not %j', (text) => {
    for (const parse of [parsePast, parseFuture]) expect(() => parse(text)).toThrow('It is a time such as');
  });
});
