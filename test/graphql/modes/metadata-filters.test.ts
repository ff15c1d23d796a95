import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type Graph, prepare, startGraph } from '../support.js';

/** Values that a memory may have under a key. Each is kept by one memory, next to one that has none. */
const VALUES: readonly unknown[] = [
  ...[0, -0, 1, -1, 1.5, 0.1, 1e-7, 5e-324, 1e21, 1.7976931348623157e308, -2.5e-10],
  // Whole numbers around 2^31, 2^53 and 2^63: drivers and SQL have other types for them.
  ...[2147483647, 2147483648, -2147483649, 9007199254740991, 9007199254740992, 2 ** 62, -(2 ** 62), 2 ** 63, 2 ** 64],
  ...[125360299249143800, 6328939884828191000],
  ...['', ' ', '1', 'null', 'true', '[]', '{}', '$', '$v', '$$ROOT', '$literal', 'a.b', 'it\'s "so"', '\\', '%_', '\n'],
  // The same letter, composed and not; a letter beyond the BMP; one that sorts after it only in UTF-8.
  ...['é', 'e\u0301', '😀', '\uffee', 'É', 'ß', 'ss', '＄'],
  ...[true, false, null],
  ...[[], [1], [1, 2], [2, 1], [[1]], [[]], [null], [''], ['1'], [0.1, true, null, 'x']],
  ...[{}, { a: 1 }, { a: 1, b: 2 }, { a: '1' }, { a: null }, { b: null }, { a: [1] }, { a: {} }, { a: { b: {} } }],
  ...[{ 'a.b': 1 }, { a: { b: 1 } }, { $a: 1, '': 2 }, { '': 2 }, { '"': 1, "'": 2, '\\': 3 }, { '＄': '1' }],
  ...[{ é: 1 }, { 'e\u0301': 1 }, { _bsontype: 'Long' }, { $numberLong: '1' }, { length: 1 }, { v: 1 }],
  ...[[{ a: 1, b: 2 }], [{ a: 1 }, { b: 2 }], [{ b: 2 }, { a: 1 }], [[{ a: [{ b: 1, c: [] }] }]], [{}], [{}, {}]],
  { x: { y: [{ z: 2 ** 62, w: [{ deep: true, '$.': null }] }], a: 0 }, list: [1, { p: 1, q: 2 }, [3, { r: 4, s: 5 }]] },
  { integer: 1, fraction: 1.5, list: [1, 2.5, 9007199254740992, 2 ** 62] },
];

/** A value of the deepest nesting that a filter may have: the filter and its key are two of the 32 levels. */
const DEEPEST = Array.from({ length: 15 }).reduce<unknown>((inner) => [{ a: 1, inner }], { b: 1, c: 2 });

/** The value with the keys of its objects the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, turned(each)]),
  );
}

const WANTED = [...VALUES, DEEPEST].flatMap((value) => {
  const other = turned(value);
  return JSON.stringify(other) === JSON.stringify(value) ? [value] : [value, other];
});
const OTHER = [2, -3e5, 'nowhere', [3], { a: 2 }, { a: 1, c: 2 }, { A: 1 }, [{ a: 1, b: 3 }], [[[1]]], { a: [2] }];

/** What JSON keeps of a value. */
const kept = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const nameOf = (index: number) => `memory ${index}`;

let graph: Graph;
let projectId: string;

prepare(async () => {
  graph = await startGraph({ shared: true });
  projectId = (await graph.project()).id;
  const all = [...VALUES, DEEPEST].map((v, index) => ({ v, other: index }));
  const memories = [...all, { other: -1 }].map((metadata, index) => ({
    role: 'USER',
    content: nameOf(index),
    metadata,
  }));
  for (let start = 0; start < memories.length; start += 100) {
    const part = memories.slice(start, start + 100);
    await graph.write('saveMemories', { projectId, memories: part }, 'memories { id }');
  }
  await graph.indexed(projectId);
});

const QUERY = `query ($id: ID!, $filter: MemoryFilter!) { project(by: { id: $id }) {
  memories(first: 200, filter: $filter) { totalCount nodes { content } }
  searchMemories(query: "memory", mode: TEXT, first: 200, filter: $filter) { hits { node { content } } } } }`;

interface Answer {
  readonly memories: { readonly totalCount: number; readonly nodes: readonly { readonly content: string }[] };
  readonly searchMemories: { readonly hits: readonly { readonly node: { readonly content: string } }[] };
}

/** What a list, its count, a search and a deletion find. */
async function found(filter: object) {
  const { memories, searchMemories } = (await graph.ask<{ project: Answer }>(QUERY, { id: projectId, filter })).project;
  const input = { projectId, filter, dryRun: true };
  const deletion = await graph.write<{ count: number; ids: string[] }>('deleteMemories', input, 'count ids');
  return {
    listed: memories.nodes.map(({ content }) => content).sort(),
    counted: memories.totalCount,
    searched: searchMemories.hits.map(({ node }) => node.content).sort(),
    deleted: deletion.count,
  };
}

const all = (names: readonly string[]) => ({
  listed: [...names].sort(),
  counted: names.length,
  searched: [...names].sort(),
  deleted: names.length,
});

describe('a filter by metadata', () => {
  const equalTo = (wanted: unknown): string[] =>
    [...VALUES, DEEPEST].flatMap((value, index) =>
      isDeepStrictEqual(kept(value), kept(wanted)) ? [nameOf(index)] : [],
    );

  it.each([...WANTED, ...OTHER].map((wanted) => [JSON.stringify(wanted).slice(0, 80), wanted] as const))(
    'finds what equals %s, by value, and nothing else',
    async (_, wanted) => {
      expect(await found({ metadata: { v: wanted } })).toEqual(all(equalTo(wanted)));
    },
  );

  it('finds nothing by a key that no memory has, not even by null', async () => {
    expect(await found({ metadata: { nobody: null } })).toEqual(all([]));
  });

  it('requires all of its keys, in any order', async () => {
    const index = VALUES.findIndex((value) => isDeepStrictEqual(value, { a: 1, b: 2 }));
    for (const metadata of [
      { v: { b: 2, a: 1 }, other: index },
      { other: index, v: { b: 2, a: 1 } },
    ])
      expect(await found({ metadata })).toEqual(all([nameOf(index)]));
    expect(await found({ metadata: { v: { b: 2, a: 1 }, other: index + 1 } })).toEqual(all([]));
  });

  it('reads objects in a literal like those in variables', async () => {
    const query = `query ($id: ID!) { project(by: { id: $id }) {
      memories(filter: { metadata: { v: [{ b: 2.0, a: 1 }] } }) { nodes { content } } } }`;
    const { project } = await graph.ask<{ project: Pick<Answer, 'memories'> }>(query, { id: projectId });
    expect(project.memories.nodes.map(({ content }) => content)).toEqual(equalTo([{ a: 1, b: 2 }]));
  });

  it('holds for the memories of a task and of a session', async () => {
    const { task } = await graph.write<{ task: { id: string } }>(
      'createTask',
      { projectId, title: 'One' },
      'task { id }',
    );
    const memory = { projectId, role: 'USER', content: 'theirs', metadata: { own: [{ a: 1, b: { c: 2, d: 3 } }] } };
    await graph.write('saveMemory', { ...memory, taskId: task.id, sessionId: 'one' }, 'memory { id }');
    const lists =
      'memories(filter: { metadata: { own: [{ b: { d: 3, c: 2 }, a: 1 }] } }) { totalCount nodes { content } }';
    const query = `query ($id: ID!) { project(by: { id: $id }) { tasks { nodes { ${lists} } } sessions { nodes { ${lists} } } } }`;
    const theirs = { nodes: [{ memories: { totalCount: 1, nodes: [{ content: 'theirs' }] } }] };
    expect((await graph.ask(query, { id: projectId })) as object).toEqual({
      project: { tasks: theirs, sessions: theirs },
    });
  });
});
