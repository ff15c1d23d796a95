import { describe, expect, it } from 'vitest';
import { MAX_TERMS, partsOf, termsOf } from '../../src/search/words.js';

const terms = (query: string) => termsOf(query).map((term) => term.join(' '));

describe('the parts of a text', () => {
  it.each([
    ['parseConfigFile', 'parse Config File'],
    ['HTTPServer', 'HTTP Server'],
    ['userID', 'user ID'],
    ['utf8Decoder', 'utf8 Decoder'],
    ['getUserId_v2', 'get User Id v2'],
    ['see src/parseConfig.ts, please', 'src parse Config ts'],
    ['éclairÉtude', 'éclair Étude'],
    ['数据库', '数据 据库'],
    ['用SQLite数据', '用 SQ Lite 数据'],
  ])('of %s are %s', (text, parts) => {
    expect(partsOf(text)).toBe(parts);
  });

  it('are none where words stand alone already', () => {
    expect(partsOf('plain words, user_id, src/app.ts, UPPER and 3.14')).toBe('');
  });

  it('are given once for each compound', () => {
    expect(partsOf('userId userId userName')).toBe('user Id\nuser Name');
  });

  it('leave long runs of letters alone, which are data', () => {
    expect(partsOf('aB'.repeat(40))).toBe('');
  });
});

describe('the terms of a query', () => {
  it('are its words', () => {
    expect(terms('hello, world')).toEqual(['hello', 'world']);
  });

  it('are an identifier whole, its parts in a row, and each part', () => {
    expect(terms('parseConfigFile')).toEqual(['parse Config File', 'parseConfigFile', 'parse', 'Config', 'File']);
    expect(terms('user_id')).toEqual(['user id', 'user', 'id']);
    expect(terms('kebab-case')).toEqual(['kebab case', 'kebab', 'case']);
    expect(terms('src/app.ts')).toEqual(['src app ts', 'src', 'app', 'ts']);
  });

  it('leave out single letters of a compound, but not a letter that stands alone', () => {
    expect(terms("don't")).toEqual(['don t', 'don']);
    expect(terms('C')).toEqual(['C']);
  });

  it('are each once, whatever their case', () => {
    expect(terms('Fix fix FIX')).toHaveLength(1);
  });

  it('are bounded, in number and in length', () => {
    const words = Array.from({ length: 10_000 }, (_, index) => `w${index}`);
    expect(termsOf(words.join(' '))).toHaveLength(MAX_TERMS);
    expect(Math.max(...termsOf(words.join('/')).map((term) => term.length))).toBe(16);
  });

  it.each(['', ' \n', '🙂', '"*()', '\u0000'])('are none in %j', (query) => {
    expect(termsOf(query)).toEqual([]);
  });
});
