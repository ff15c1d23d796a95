import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { MAX_QUERY } from '../../../src/search/contract.js';
import { stem } from '../../../src/search/text/stemmer.js';
import { termsOf } from '../../../src/search/text/terms.js';
import { tokenize } from '../../../src/search/text/tokenize.js';

const partsOf = (text: string) => tokenize(text).parts.split('\n');
const terms = (query: string) => termsOf(query).map(({ words, isOpen }) => words.join(' ') + (isOpen ? '*' : ''));

describe('the words of a text', () => {
  it.each([
    ['Connecting the Café', 'connect the cafe'],
    ['src/parseConfig.ts, user_id', 'src parseconfig ts user id'],
    ['C++ and C#, for c++17', 'c++ and c# for c++ 17'],
    ['用SQLite数据', '用 sqlite 数据 据'],
    ['Redis를', 'redi 를'],
    ['ÜBER\u0301 ﬁne', 'uber fine'],
    ['deadbeed 1a2b3c4d5e', 'deadbeed 1a2b3c4d5e'],
    ['१२ ٣٤ ๕๖ 𝟙𝟚 ᧐', '12 34 56 12 0'],
    ['🙂 "*()', ''],
  ])('of %s are %s', (text, words) => {
    expect(tokenize(text).text).toBe(words);
  });

  it('of more letters than any word has are one', () => {
    expect(tokenize('a'.repeat(1_000_000)).text).toBe('a'.repeat(256));
  });
});

describe('the parts of a text', () => {
  it.each([
    ['parseConfigFile', 'pars config file'],
    ['HTTPServer', 'http server'],
    ['userID', 'user id'],
    ['utf8Decoder', 'utf 8 decod'],
    ['getUserId_v2', 'get user id v 2'],
    ['see src/parseConfig, please', 'src pars config'],
    ['éclairÉtude', 'eclair etud'],
    ['用SQLite数据', '用 sq lite 数据 据'],
    ['v1.2.3-rc.1', 'v 1 2 3 rc 1'],
    ['500ms', '500 ms'],
  ])('of %s have %s in a row', (text, parts) => {
    expect(partsOf(text)[0]).toBe(parts);
  });

  it.each([
    ['node.js', 'nodej', '.js'],
    ['multi-agent-plan', 'multiag', 'agentplan', 'multiagentplan'],
    ['.gitignore', '.gitignore'],
    ['Notepad++', 'notepad++'],
    ['Café', 'café'],
    ['OAuth2', 'oauth 2'],
    ['a !== b', '!= == ='],
    ['a = b', '='],
    ['🚀 → 🚀', '🚀', '→'],
    ['g9f3c2ab8', '9f3c2ab8'],
  ])('of %s have its other forms', (text, ...forms) => {
    expect(partsOf(text)).toEqual(expect.arrayContaining(forms));
  });

  it('are none where words stand alone already', () => {
    expect(tokenize('plain words, user:id, UPPER and 3.14').parts).toBe('');
  });

  it('are given once for each compound', () => {
    expect(partsOf('userId userId userName')).toEqual(['user id', 'user name']);
  });

  it('leave long runs of letters alone, which are data', () => {
    expect(tokenize(`${'aB'.repeat(40)} 01h455vb4pex5vsknk08`).parts).toBe('');
  });
});

describe('the terms of a query', () => {
  it('are its words, and each two in one', () => {
    expect(terms('hello, world')).toEqual(['hello', 'world']);
    expect(terms('hello world')).toEqual(['hello', 'world', 'helloworld']);
  });

  it('are an identifier whole, its parts in a row, and each part', () => {
    expect(terms('parseConfigFile')).toEqual(['pars config file', 'parseconfigfil', 'pars', 'config', 'file']);
    expect(terms('user_id')).toEqual(['user id', 'userid', 'user', 'id']);
    expect(terms('src/app/x')).toEqual(['src app x', 'src', 'app']);
  });

  it('leave out single letters of a compound, but not a letter that stands alone', () => {
    expect(terms("don't")).toEqual(['don t', 'dont', 'don']);
    expect(terms('R')).toEqual(['r']);
  });

  it('are unique, whatever their case', () => {
    expect(terms('Fix, fix, FIX')).toHaveLength(1);
  });

  it('of a hash are its extensions and its abbreviations', () => {
    expect(terms('9f3c2ab8d')).toEqual(['9f3c2ab8d*', '9f3c2ab', '9f3c2ab8']);
  });

  it('of scripts without spaces are the words of a dictionary', () => {
    expect(terms('数据库迁移')).toEqual(['数据 据库 库迁 迁移', '数据', '迁移']);
    expect(terms('猫')).toEqual(['猫*']);
  });

  it('are read from the beginning of a long query, each of at most 16 words', () => {
    const words = Array.from({ length: 100_000 }, (_, index) => `w${index}`);
    const read = terms(words.join(', '));
    expect(read.length).toBeLessThanOrEqual(MAX_QUERY / 2);
    expect(read).toContain('w 1000');
    expect(Math.max(...termsOf(words.join('/')).map((term) => term.words.length))).toBe(16);
  });

  it.each(['', ' \n', '"()', '\u0000', '\u0301', '.', '++--++--++--'])('are none in %j', (query) => {
    expect(termsOf(query)).toEqual([]);
  });
});

describe('a hostile text', () => {
  const pieces =
    'a|.|a.|a-|-|\u0301|\u0301\u0323|a\u0301\u0323|\u001b[|\u001b]|\u001b[1;|ก|่|가|猫|ZWNJ\u200c|ا\u064b|=|!=|+|c+|C++|🇩|👨\u200d|_|\\|aB1|\u00ad';

  it.each(pieces.split('|'))('of %j alone is read in time that grows with its length', (piece) => {
    // Linear time is well below a second; quadratic time, hours.
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
    expect(tokenize(text).text.length).toBeLessThanOrEqual(8 * text.length);
    expect(termsOf(text).length).toBeLessThanOrEqual(MAX_QUERY);
  });
});

describe('the stem of an English word', () => {
  it("is that of SQLite's own stemmer", () => {
    const endings =
      `s es ies sses ed eed ing ated bled ized ational tional enci anci izer bli alli entli eli ousli ization
      ation ator alism iveness fulness ousness aliti iviti biliti logi icate ative alize iciti ical ful ness al ance ence er
      ic able ible ant ement ment ent sion tion ion ou ism ate iti ous ive ize e ll y ly`.split(/\s+/);
    const beginnings =
      'tr pl caress happ sk conflat troubl siz hopp fall hiss fizz fil relat vietnam r control probat oper inter yell toy say'.split(
        ' ',
      );
    const words = [...new Set(beginnings.flatMap((beginning) => ['', ...endings].map((ending) => beginning + ending)))];
    const db = new Database(':memory:');
    db.exec(`CREATE VIRTUAL TABLE words USING fts5(word, tokenize = "porter ascii");
      CREATE VIRTUAL TABLE stems USING fts5vocab('words', 'instance');`);
    const insert = db.prepare('INSERT INTO words(rowid, word) VALUES (?, ?)');
    words.forEach((word, index) => {
      insert.run(index + 1, word);
    });
    const stems = db.prepare('SELECT term FROM stems ORDER BY doc').pluck().all();
    db.close();
    expect(words.map(stem)).toEqual(stems);
  });
});
