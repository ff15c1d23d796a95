import { describe, expect, it } from 'vitest';
import { clipped, plainLine, plainText, snippet } from '../../../src/util/text/plain.js';

describe('plain text', () => {
  it('keeps line breaks and tabs, and nothing that steers a terminal or isn’t seen', () => {
    expect(plainText('a\r\n\tb\u001b[31mred\u001b[0m')).toBe('a\n\tbred');
    expect(plainText('\u001b]0;title\u0007x\u0000\u0085y')).toBe('xy');
    expect(plainText('a\u202eb\u200bc\u2060d\ufeffe\u{e0041}f')).toBe('abcdef');
    expect(plainLine(' a\n\n b\t')).toBe('a b');
  });

  it('is cut between characters, with a mark of what is missing', () => {
    expect(clipped('harbour', 7)).toBe('harbour');
    expect(clipped('harbours', 7)).toBe('harbou…');
    expect(clipped('abc😀def', 5)).toBe('abc…');
    expect(snippet('a\n'.repeat(1_000), 5)).toBe('a a…');
  });
});
