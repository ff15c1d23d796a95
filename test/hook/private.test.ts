import { describe, expect, it } from 'vitest';
import { withoutPrivate } from '../../src/hook/event/private.js';

describe('what is marked as private', () => {
  it.each([
    ['a <private>b</private> c', 'a  c'],
    ['a <PRIVATE>b</Private> c', 'a  c'],
    ['a < private >b< / private > c', 'a  c'],
    ['a <private>b\nc\n</private>d', 'a d'],
    ['a <private>b to the end', 'a '],
    ['a <private>b <private>c</private> d</private> e', 'a  e'],
    ['a <private>b <private>c</private> d', 'a '],
    ['a </private> b <private>c</private>', 'a  b '],
    ['<private>a</private><private>b</private>', ''],
    ['<privately> a <b>', '<privately> a <b>'],
    ['no mark', 'no mark'],
    ['a <private reason="b>c">d</private> e', 'a  e'],
    ["a <private\n reason='b'\n>c</private\n> d", 'a  d'],
    ['a <private key> b <private> c', 'a <private key> b '],
    [String.raw`{"a":"b <private\n>c<\/private> d"}`, '{"a":"b  d"}'],
    [String.raw`a \u003cprivate\u003eb\u003C/private\u003E c`, 'a  c'],
    ['a &lt;private&gt;b&lt;/private&gt; c', 'a  c'],
    ['a <private <private>b', 'a <private '],
  ])('is left out of %j', (text, kept) => {
    expect(withoutPrivate(text)).toBe(kept);
  });

  it('is found in texts of nothing but beginnings', () => {
    for (const part of [
      '<',
      '< ',
      '<private =',
      '<private a=',
      '&lt;private ',
      '<private \\n'.repeat(2),
      '<private',
      '<private>',
      '</private>',
      '<private '.repeat(2),
    ]) {
      expect(withoutPrivate(part.repeat(200_000)).length).toBeLessThanOrEqual(part.length * 200_000);
    }
  });
});
