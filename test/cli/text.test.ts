import { styleText } from 'node:util';
import { describe, expect, it } from 'vitest';
import { colouredLines, cut, plain, plainText, plainTexts, toJson, widthOf } from '../../src/cli/text.js';

describe('text from others', () => {
  it.each([
    ['a colour', '\u001b[31mred\u001b[0m', 'red'],
    ['a movement', 'a\u001b[2Jb\u001b[1;1Hc', 'abc'],
    ['an introducer of one byte', 'a\u009b31mb', 'ab'],
    ['an escape alone', 'a\u001bb\u001b', /^a?b?$/],
    ['bells, backspaces and deletes', 'a\u0007\b\u007fb', 'ab'],
    ['NUL and C1', 'a\u0000\u0080\u009fb', 'ab'],
    ['marks of direction', '\u202aa\u202e\u2066b\u2069\u200e\u061c', 'ab'],
    ['line ends of all kinds', 'a\r\nb\nc\u2028d\u2029e\u0085f\tg', 'a b c d e f g'],
    ['joined emoji', '👩‍👩‍👧 Zoë', '👩‍👩‍👧 Zoë'],
  ])('has no %s', (_what, text, kept) => {
    expect(plain(text)).toEqual(typeof kept === 'string' ? kept : expect.stringMatching(kept));
    expect(plain(text)).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
  });

  it('is plain at any depth of an answer', () => {
    const answer = { a: ['x\u001b[2Jy', { b: 'c\u202ed', n: 1, none: null, yes: true }] };
    expect(plainTexts(answer)).toEqual({ a: ['xy', { b: 'cd', n: 1, none: null, yes: true }] });
  });

  it('keeps its lines and tabs as a document', () => {
    expect(plainText('a\u001b[2Jb\r\n\n\tc\u202ed\n')).toBe('ab \n\n\tcd\n');
  });

  it('is whole in JSON, on one line', () => {
    const value = { text: 'a\u001b\u0080\u009f\u007f\u202e\u2028\n"b"' };
    expect(JSON.parse(toJson(value))).toEqual(value);
    expect(toJson(value)).not.toMatch(/\p{Cc}|\p{Bidi_Control}|\u2028/u);
  });
});

describe('a line of the program’s own', () => {
  it('keeps its colours and no other control sequence', () => {
    const bold = styleText('bold', 'lamp', { validateStream: false });
    expect(colouredLines(`${bold}\n\u001b[2J\u0007x\u202e`)).toBe(`${bold}\nx`);
  });
});

describe('a cut text', () => {
  it.each([
    ['fits', 10, 'fits'],
    ['exactly ten', 11, 'exactly ten'],
    ['exactly ten', 10, 'exactly t…'],
    ['灯灯灯', 6, '灯灯灯'],
    ['灯灯灯', 5, '灯灯…'],
    ['灯灯灯', 4, '灯…'],
    ['👩‍👩‍👧👩‍👩‍👧', 3, '👩‍👩‍👧…'],
    ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
  ])('%j in %i columns is %j', (text, columns, kept) => {
    expect(cut(text, columns)).toBe(kept);
    expect(widthOf(cut(text, columns))).toBeLessThanOrEqual(columns);
  });
});
