import { describe, expect, it } from 'vitest';
import { describeLost } from '../../../src/util/json/json-number.js';
import { findRepeatedKey, hasLost, parseJson } from '../../../src/util/json/json-text.js';

const parsed = (number: string) => (parseJson(`{"n":[${number}]}`) as { n: [unknown] }).n[0];

describe('a number in JSON', () => {
  it.each([
    '0',
    '-0',
    '0.0e999',
    '1e22',
    '100000000000000000000000',
    '9007199254740991',
    '9007199254740992',
    '-9007199254740994',
    '1234567890123456800',
    '1234567890123456800.000',
    '0.1',
    '0.30000000000000004',
    '2.5000000000000000000000',
    '1.7976931348623157e308',
    '5e-324',
    `0.${'0'.repeat(300)}1`,
    '1.5E+3',
  ])('%s is kept', (number) => {
    expect(parsed(number)).toBe(Number(number));
  });

  it.each([
    ['9007199254740993', 'kept as 9007199254740992'],
    ['1234567890123456789', 'kept as 1234567890123456800'],
    ['-1234567890123456790', 'kept as -1234567890123456800'],
    ['1234567890123456789.0', 'kept as'],
    ['1.234567890123456789e18', 'kept as'],
    ['123456789012345678901e3', 'kept as'],
    ['3.14159265358979323846', 'kept as 3.141592653589793'],
    ['1234567890123456789.5', 'kept as'],
    ['1e400', 'too large'],
    ['-1e309', 'too large'],
    ['9'.repeat(400), 'too large'],
    ['1e-400', 'too small'],
    [`0.${'0'.repeat(400)}1`, 'too small'],
    ['1e99999999999999999999', 'too large'],
  ])('%s is not kept as another one', (number, why) => {
    const lost = parsed(number);
    expect(lost).toBeTypeOf('symbol');
    const { message, hint } = describeLost(lost as symbol);
    expect(message).toContain(number.slice(0, 60));
    expect(message).toContain(why);
    expect(hint).toContain('as a text');
    expect(message.length + hint.length).toBeLessThan(300);
  });

  it('is searched outside of strings only, wherever it is', () => {
    const text = '{"1234567890123456789":"1e400 \\" 1234567890123456789","a\\\\":[1e2,{"__proto__":1e400}]}';
    const value = parseJson(text) as { readonly 'a\\': [number, object] };
    expect(Object.keys(value)).toEqual(['1234567890123456789', 'a\\']);
    expect(Reflect.get(value, '1234567890123456789')).toBe('1e400 " 1234567890123456789');
    expect(value['a\\'][0]).toBe(100);
    const inner = Object.getOwnPropertyDescriptor(value['a\\'][1], '__proto__')?.value as symbol;
    expect(inner.description).toBe('1e400');
    expect([hasLost(value), hasLost(JSON.parse(text))]).toEqual([true, false]);
  });

  it('is found behind a million others', () => {
    expect(hasLost(parseJson(`[${'0,'.repeat(1_000_000)}1e400]`))).toBe(true);
  });

  it('is found a hundred thousand lists deep', () => {
    const value = parseJson(`${'['.repeat(100_000)}1e400${']'.repeat(100_000)}`);
    expect(hasLost(value)).toBe(true);
  });

  it.each(['{1e400:1}', '01e400', '1e400x', '1e', ''])('is refused in what isn’t JSON: %s', (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });
});

describe('a key that an object has twice', () => {
  it.each([
    ['{"a":1,"b":2,"a":3}', 'a'],
    ['{"a":1 , "\\u0061" \n : 3}', 'a'],
    ['[{"x":{"k":1,"l":[{"k":1}],"k":2}}]', 'k'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    ['{"a":{"a":1},"b":["a","a",{"a":1},{"a":1}],"c":"a"}', null],
    ['"a"', null],
  ])('in %s is %s', (text, key) => {
    expect(findRepeatedKey(text)).toBe(key);
  });
});
