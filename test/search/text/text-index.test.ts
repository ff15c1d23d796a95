import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/search/contract.js';
import { type IndexFile, openIndexFile } from '../../../src/search/index/index-file.js';
import { contentHash, type IndexRecord, pairHash } from '../../../src/search/index/index-record.js';
import { createRecordTable, type RecordTable } from '../../../src/search/index/record-table.js';
import { memoryFilter, taskFilter } from '../../../src/search/text/filters.js';
import { createTextIndex, type TextIndex } from '../../../src/search/text/text-index.js';
import { createVectorTable } from '../../../src/search/vectors/vector-table.js';
import { forgetTexts } from '../../../src/util/forgettable.js';
import { WORDED } from '../../support/search/worded.js';

let folder: string;
let file: IndexFile;
let records: RecordTable;
let index: TextIndex;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mooring-text-'));
  file = openIndexFile(join(folder, 'search.db'), silentLogger);
  records = createRecordTable(file, createVectorTable(file, { name: 'test', dimensions: 4 }));
  index = createTextIndex(file);
});

afterEach(async () => {
  await file.close();
  await rm(folder, { recursive: true });
});

function record(id: string, text: string, own: Partial<IndexRecord> = {}): IndexRecord {
  const filtered = { session: null, task: null, role: null, occurredAt: null, metadata: [] };
  const details = { details: null, node: null, memory: null };
  const fields = { ...filtered, status: null, type: null, priority: null, agent: null, ...details, ...own };
  const hashes = { hash: contentHash(text), digest: contentHash(JSON.stringify(fields)) };
  return { collection: 'memories', id, version: 1, text, ...hashes, ...fields };
}

function put(...all: readonly IndexRecord[]): void {
  file.write(() => {
    for (const each of all) records.put(each);
  });
}

const find = (query: string, filter = memoryFilter({}), limit = 10) =>
  index.search('memories', query, filter, limit).map(({ id }) => id);

describe('words', () => {
  it('find texts by stem, whatever their case and accents', () => {
    put(record('a', 'Connecting the Café'), record('b', 'something else'));
    expect(find('connection')).toEqual(['a']);
    expect(find('CAFE')).toEqual(['a']);
  });

  it('that are stop words find nothing next to others, and are found when there are no others', () => {
    put(record('a', 'The parser is slow when it is cold'), record('b', 'Deployment takes four minutes'));
    expect(find('how long is the deployment?')).toEqual(['b']);
    expect(find('how long is it?')).toEqual([]);
    expect(find('is it')).toEqual(['a']);
  });

  it('rank what holds more of the query, and rarer words, higher', () => {
    put(record('one', 'deploy the server'), record('both', 'deploy the zeppelin'), record('none', 'nothing here'));
    expect(find('deploy zeppelin')).toEqual(['both', 'one']);
    const [best, second] = index.search('memories', 'deploy zeppelin', memoryFilter({}), 10);
    expect(best!.weight).toBeGreaterThan(second!.weight);
  });

  it.each([
    ['parseConfigFile', ['parseConfigFile', 'parse_config_file', 'config', 'Config', 'file', 'parseconfigfile']],
    ['user_id', ['user_id', 'userId', 'user-id', 'user.id', 'user']],
    ['userId', ['userId', 'user_id', 'userid', 'id']],
    ['src/app.ts', ['src/app.ts', 'app.ts', 'app', './src/app.ts']],
    ['kebab-case-name', ['kebab-case-name', 'kebabCaseName', 'kebab']],
    ['HTTPServer', ['httpServer', 'http_server', 'server']],
    ['使用SQLite数据库', ['数据库', '使用', 'SQLite', 'sqlite数据']],
  ])('find %s by its parts and in every spelling', (name, queries) => {
    put(record('named', `call ${name} now`), record('other', 'unrelated prose'));
    for (const query of queries) expect(find(query), query).toEqual(['named']);
  });

  it('rank a word with its accents above others', () => {
    put(record('accented', 'the résumé of the café'), record('plain', 'the resume of the cafe'), record('other', 'x'));
    expect(find('café')).toEqual(['accented', 'plain']);
    expect(find('résumé')[0]).toBe('accented');
    expect(find('resume').toSorted()).toEqual(['accented', 'plain']);
  });

  it('rank the identifier itself above texts that hold its parts', () => {
    put(
      record('parts', 'the user has an id and the id has a user'),
      record('other', 'the id of a user, which is the id'),
      record('name', 'we set userId in the request'),
    );
    expect(find('user_id')[0]).toBe('name');
    expect(find('userId')[0]).toBe('name');
  });

  it.each([
    ['"', '""', '"unbalanced needle', "it's", '*', 'needle*', '^needle', 'text:needle', '-needle', '+needle'],
    ['NEAR(needle, 2)', 'AND', 'OR', 'NOT', 'needle AND', 'NOT needle', '(needle', 'needle)', '{needle}', 'a:b:c'],
    [
      'needle\u0000tail',
      '\u0000',
      'needle \ud800',
      '\udfff',
      '🙂 needle',
      '🙂',
      '￿needle',
      '´needle`',
      'x'.repeat(65_536),
    ],
    ['needle '.repeat(9_000), Array.from({ length: 20_000 }, (_, i) => `w${i}`).join(' '), 'a/'.repeat(32_768)],
  ])('accept anything that is typed for a search', (...queries) => {
    put(record('a', 'a needle in it'));
    for (const query of queries) {
      const isNamed = /(^|[^\p{L}\p{N}])needle/u.test(query);
      expect(find(query).includes('a') || !isNamed, JSON.stringify(query.slice(0, 40))).toBe(true);
    }
  });

  it('find operators of the query language as the words they are', () => {
    put(record('a', 'black and white'), record('b', 'far or near'));
    expect(find('AND')).toEqual(['a']);
    expect(find('NEAR')).toEqual(['b']);
  });

  it('are found around a NUL or half a surrogate pair', () => {
    put(record('a', 'before\u0000after'), record('b', 'left \ud83d right'));
    expect(find('after')).toEqual(['a']);
    expect(find('right')).toEqual(['b']);
  });
});

describe('texts of every script and program', () => {
  it.each(WORDED)('are found: $of', ({ stored, finds, misses }) => {
    put(record('memory', stored), record('task', stored, { collection: 'tasks' }));
    put(record('other', 'Unrelated prose.'));
    const memories = (query: string) => index.search('memories', query, memoryFilter({}), 10).map(({ id }) => id);
    const tasks = (query: string) => index.search('tasks', query, taskFilter({}), 10).map(({ id }) => id);
    const wrong = [
      ...finds.filter((query) => memories(query).join() !== 'memory' || tasks(query).join() !== 'task'),
      ...misses.filter((query) => memories(query).length > 0 || tasks(query).length > 0).map((query) => `not ${query}`),
    ];
    expect(wrong).toEqual([]);
  });
});

describe('a long query', () => {
  const note = (n: number) => record(`m${n}`, `alpha beta gamma delta ${n} ${n === 7 ? 'quetzalcoatl' : ''}`);

  it('is searched by its rarest words, wherever they are', () => {
    put(...Array.from({ length: 30 }, (_, n) => note(n)));
    put(...Array.from({ length: 200 }, (_, n) => record(`f${n}`, `frame${n % 100}x and call${n % 100}y`)));
    const trace = Array.from({ length: 100 }, (_, n) => `at frame${n}x (call${n}y)`).join('\n');
    expect(find(`${trace}\nQuetzalcoatl`, memoryFilter({}), 300)).toContain('m7');
  });

  it('looks up each word of its beginning once, however long it is', () => {
    put(note(7));
    const { statement } = file;
    let statements = 0;
    const counting = createTextIndex({
      ...file,
      statement: (sql) => {
        statements += 1;
        return statement(sql);
      },
    });
    const ask = (query: string) => {
      statements = 0;
      const ids = counting.search('memories', query, memoryFilter({}), 10).map(({ id }) => id);
      return { statements, ids };
    };
    const words = (from: number, count: number) => Array.from({ length: count }, (_, n) => `w${from + n}x`).join(' ');
    ask('what is counted once for all');
    const short = ask(`quetzalcoatl ${words(10_000, 2_000)}`);
    const long = ask(`quetzalcoatl ${words(10_000, 700_000)}`);
    expect(short.ids).toEqual(['m7']);
    expect(long).toEqual(short);
    expect(ask(`${words(10_000, 2_000)} quetzalcoatl`).ids).toEqual([]);
  });
});

describe('common words', () => {
  const many = Array.from({ length: 600 }, (_, i) =>
    record(`m${i}`, `the ${i % 10 === 0 ? 'login' : 'page'} number ${i}${i === 7 ? ' zebra' : ''}`),
  );

  it('are ignored where rarer ones match', () => {
    put(...many);
    expect(find('the zebra login')).toEqual(['m7']);
  });

  it('are searched when there is nothing else', () => {
    put(...many);
    expect(find('the login').length).toBe(10);
    expect(find('login').length).toBe(10);
  });

  it('are searched when the others find nothing', () => {
    put(...many);
    expect(find('login qwxyz').length).toBe(10);
  });

  it('are counted again as the records change', () => {
    put(record('first', 'zebra login'));
    expect(find('zebra login')).toEqual(['first']);
    put(...many);
    expect(find('zebra login')).toEqual(['first', 'm7']);
  });
});

describe('filters', () => {
  const pair = (key: string, value: unknown) => pairHash(key, value as never);

  it('let only matching memories through', () => {
    put(
      record('a', 'needle', { session: 's1', task: 't1', role: 'USER', occurredAt: '2026-01-01T00:00:00.000Z' }),
      record('b', 'needle', { session: 's2', task: null, role: 'SYSTEM', occurredAt: '2026-02-01T00:00:00.000Z' }),
      record('c', 'needle', { session: null, task: 't1', role: 'USER', occurredAt: '2026-03-01T00:00:00.000Z' }),
    );
    const only = (filter: Parameters<typeof memoryFilter>[0]) => find('needle', memoryFilter(filter)).toSorted();
    expect(only({ sessionId: 's1' })).toEqual(['a']);
    expect(only({ sessionId: null })).toEqual(['c']);
    expect(only({ taskId: 't1' })).toEqual(['a', 'c']);
    expect(only({ taskId: null })).toEqual(['b']);
    expect(only({ roles: ['USER'] })).toEqual(['a', 'c']);
    expect(only({ roles: [] })).toEqual([]);
    expect(only({ occurredAfter: '2026-02-01T00:00:00.000Z' })).toEqual(['b', 'c']);
    expect(only({ occurredBefore: '2026-02-01T00:00:00.000Z' })).toEqual(['a']);
    expect(only({ taskId: 't1', roles: ['USER'], occurredAfter: '2026-02-01T00:00:00.000Z' })).toEqual(['c']);
  });

  it('compare metadata as JSON, every key', () => {
    put(
      record('a', 'needle', { metadata: [pair('n', 1), pair('o', { x: 1, y: [2] })] }),
      record('b', 'needle', { metadata: [pair('n', '1'), pair('o', [['x', 1]])] }),
      record('c', 'needle', { metadata: [pair('n', 1), pair('__proto__', null)] }),
    );
    const only = (text: string) => find('needle', memoryFilter({ metadata: JSON.parse(text) })).toSorted();
    expect(only('{"n":1}')).toEqual(['a', 'c']);
    expect(only('{"n":"1"}')).toEqual(['b']);
    expect(only('{"o":{"y":[2],"x":1}}')).toEqual(['a']);
    expect(only('{"o":[["x",1]]}')).toEqual(['b']);
    expect(only('{"n":1,"__proto__":null}')).toEqual(['c']);
    expect(only('{"n":1,"o":2}')).toEqual([]);
  });

  it('return the best of those that pass, however many others are better', () => {
    put(...Array.from({ length: 50 }, (_, i) => record(`x${i}`, 'needle', { session: 'other' })));
    put(record('long', `needle ${'hay '.repeat(200)}`, { session: 'mine' }));
    expect(find('needle', memoryFilter({ sessionId: 'mine' }), 1)).toEqual(['long']);
  });

  it('of tasks match only tasks', () => {
    const own = { collection: 'tasks', status: 'DONE', priority: 'HIGH', type: 'BUG' } as const;
    put(
      record('t1', 'needle', { ...own, agent: 'ada' }),
      record('t2', 'needle', { ...own, agent: null, status: 'BACKLOG' }),
    );
    put(record('m1', 'needle'));
    const only = (filter: Parameters<typeof taskFilter>[0]) =>
      index
        .search('tasks', 'needle', taskFilter(filter), 10)
        .map(({ id }) => id)
        .toSorted();
    expect(only({})).toEqual(['t1', 't2']);
    expect(only({ statuses: ['DONE'] })).toEqual(['t1']);
    expect(only({ assignedAgent: null })).toEqual(['t2']);
    expect(only({ assignedAgent: 'ada', priorities: ['HIGH'], types: ['BUG'] })).toEqual(['t1']);
    expect(only({ priorities: ['LOW'] })).toEqual([]);
    expect(only({ types: [] })).toEqual([]);
    expect(find('needle')).toEqual(['m1']);
  });
});

describe('a record', () => {
  it('is found by its new text only, once it has changed', () => {
    put(record('a', 'old words'));
    put(record('a', 'new wordings'));
    expect(find('old')).toEqual([]);
    expect(find('new')).toEqual(['a']);
  });

  it('is gone from the file once it is removed', () => {
    put(record('a', 'xylophonequux in camelCasedSecret'), record('b', 'stays'));
    file.write(() => records.remove('a'));
    expect(find('xylophonequux')).toEqual([]);
    expect(find('stays')).toEqual(['b']);
    while (records.erase());
    expect(file.flush()).toBe(true);
    expect(file.db.serialize().includes('xylophonequux')).toBe(false);
    expect(file.db.serialize().toString('latin1').toLowerCase()).not.toContain('cased');
  });
});

describe('the terms of a query', () => {
  /** How many times terms were counted since. */
  function counted(): { readonly index: TextIndex; count(): number } {
    let count = 0;
    const statement: IndexFile['statement'] = (sql) => {
      if (/count\(\*\).* MATCH /.test(sql)) count += 1;
      return file.statement(sql);
    };
    const since = () => {
      const all = count;
      count = 0;
      return all;
    };
    return { index: createTextIndex({ ...file, statement }), count: since };
  }
  const ask = (from: TextIndex, query: string) =>
    from.search('memories', query, memoryFilter({}), 10).map(({ id }) => id);

  it('are counted once while the file stays as it is', () => {
    put(record('a', 'the red lighthouse'), record('b', 'a lighthouse keeper'));
    const { index: own, count } = counted();
    expect(ask(own, 'red lighthouse')).toEqual(['a', 'b']);
    // Each word, and all alternatives to them in one statement.
    expect(count()).toBe(3);
    expect(ask(own, 'red lighthouse')).toEqual(['a', 'b']);
    expect(count()).toBe(0);
    put(record('c', 'redlighthouse'));
    expect(ask(own, 'red lighthouse')).toEqual(['c', 'a', 'b']);
    expect(count()).toBeGreaterThan(0);
  });

  it('are counted again when another process has changed the file, in whatever way', () => {
    put(record('a', 'the red lighthouse'));
    const { index: own } = counted();
    expect(ask(own, 'mill')).toEqual([]);
    const other = new Database(file.db.name);
    other.prepare('UPDATE memories_words SET text = ?').run('mill');
    other.close();
    expect(ask(own, 'mill')).toEqual(['a']);
  });

  it('are forgotten with all texts', () => {
    put(record('a', 'the red lighthouse'));
    const { index: own, count } = counted();
    ask(own, 'lighthouse');
    forgetTexts();
    count();
    ask(own, 'lighthouse');
    expect(count()).toBeGreaterThan(0);
  });
});
