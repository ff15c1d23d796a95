import { describe, expect, it } from 'vitest';
import { hashOf, isKeyForm, KEY_LENGTH, newKeySecret } from '../../../src/domain/access/key-format.js';
import { endingOf } from '../../../src/domain/access/secret.js';

describe('a key', () => {
  it('is one word of 53 characters that begins with mor_', () => {
    const keys = Array.from({ length: 200 }, newKeySecret);
    expect(KEY_LENGTH).toBe(53);
    expect(keys.filter((key) => !/^mor_[0-9A-Za-z]{49}$/.test(key) || !isKeyForm(key))).toEqual([]);
  });

  it('is never made twice', () => {
    expect(new Set(Array.from({ length: 1_000 }, newKeySecret)).size).toBe(1_000);
  });

  it('keeps its form in later versions: keys that people have must stay valid', () => {
    expect(isKeyForm(FIXED)).toBe(true);
    expect(hashOf(FIXED)).toBe(FIXED_HASH);
  });

  it('isn’t accepted with a character changed, left out, added or swapped with its neighbour', () => {
    const key = newKeySecret();
    const wrong = [...key].flatMap((letter, index) => {
      const [before, after] = [key.slice(0, index), key.slice(index + 1)];
      const swapped = after && after[0] !== letter ? [`${before}${after[0]}${letter}${after.slice(1)}`] : [];
      return [
        `${before}${letter === 'x' ? 'y' : 'x'}${after}`,
        before + after,
        `${before}${letter}7${after}`,
        ...swapped,
      ];
    });
    expect(wrong.filter(isKeyForm)).toEqual([]);
  });

  it.each(['', 'mor_', ' ', 'Bearer mor_', 'x'.repeat(53), `mor_${'é'.repeat(49)}`])(
    'isn’t any other text: %j',
    (text) => {
      expect(isKeyForm(text)).toBe(false);
    },
  );

  it('is told apart by its last four characters, and stored as a hash of all', () => {
    const key = newKeySecret();
    expect(endingOf(key)).toBe(key.slice(49));
    expect(hashOf(key)).toMatch(/^[\w-]{43}$/);
    expect(hashOf(key)).not.toBe(hashOf(`${key} `));
  });
});

/** Of 256 zero bits. */
const FIXED = 'mor_00000000000000000000000000000000000000000001hVXIU';
const FIXED_HASH = 'jF0Ltok1YjxVwCYHXlsMeFnwdP3_ZQ4NMp09Q9HAf1U';
