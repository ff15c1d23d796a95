import { execute, type OperationDefinitionNode, parse } from 'graphql/index.js';
import { describe, expect, test } from 'vitest';
import { compile } from '../../../src/server/execution/compiled.js';
import { toySchema } from '../../support/toys/schema.js';
import { createToys } from '../../support/toys/toys.js';

const contextValue = {
  caller: { actor: 'me', requestId: 'r', signal: new AbortController().signal },
  toys: createToys(),
};

function compiled(query: string) {
  const document = parse(query);
  const operation = document.definitions[0] as OperationDefinitionNode;
  return compile(toySchema, document, operation, { hideSuggestions: false });
}

async function both(query: string, variableValues: Record<string, unknown> = {}) {
  const run = await compiled(query);
  expect(run, 'this query should be compiled').not.toBeNull();
  const plain = await execute({ schema: toySchema, document: parse(query), contextValue, variableValues });
  return {
    plain: JSON.parse(JSON.stringify(plain)),
    fast: JSON.parse(JSON.stringify(await run!(contextValue, variableValues))),
  };
}

describe('a compiled operation answers as an interpreted one', () => {
  test.each<[string, Record<string, unknown>?]>([
    ['{ hello }'],
    ['{ hello(n: 3) }'],
    ['query($n: String) { hello(name: $n) a: hello }', { n: 'x' }],
    ['query($n: String) { hello(name: $n) }', { n: null }],
    ['query($n: String) { hello(name: $n) }', {}],
    ['query($n: String) { hello(name: $n) }', { n: 5 }],
    ['query($n: Int = 4) { hello(n: $n) }', {}],
    ['query($n: Int) { hello(n: $n) }', { n: 2 ** 31 }],
    ['query($at: Moment) { hello(at: $at) }', { at: '2026-01-01' }],
    ['query($at: Moment) { hello(at: $at) }', { at: 'noon' }],
    ['query($id: ID!) { boat(id: $id) { id name color crew(first: 2) { id crew { name } } } }', { id: 'b1' }],
    ['query($id: ID!) { boat(id: $id) { id } }', { id: 7 }],
    ['query($id: ID!) { boat(id: $id) { id } }', { id: 'none' }],
    ['query($id: ID!) { boat(id: $id) { id } }', {}],
    ['query($id: ID!) { boat(id: $id) { id lost leak } }', { id: 'b1' }],
    ['query($first: Int) { boats(first: $first) { id sunk } }', { first: 2 }],
    ['query($first: Int) { boats(first: $first) { id lost } }', { first: 2 }],
    ['{ floating { __typename ... on Boat { id lost } ... on Buoy { light } ... on Named { name } } }'],
    ['{ named { __typename name ... on Buoy { light } } }'],
    [
      '{ floating { ...B } named { ...N } } fragment B on Boat { id crew(first: 1) { ...N } } fragment N on Named { name }',
    ],
    ['query($by: By!) { boatBy(by: $by) { id } }', { by: { id: 1 } }],
    ['query($by: By!) { boatBy(by: $by) { id } }', { by: { id: 1, name: 'x' } }],
    ['query($by: By!) { boatBy(by: $by) { id } }', { by: {} }],
    ['query($by: By!) { boatBy(by: $by) { id } }', { by: { id: null } }],
    ['query($id: ID!) { boatBy(by: { id: $id }) { id } }', { id: 1 }],
    [
      'mutation($input: BuildInput!) { build(input: $input) { id name } }',
      { input: { name: 'a', extra: { b: [1, null] } } },
    ],
    ['mutation($input: BuildInput!) { build(input: $input) { id } }', { input: { name: 'rock' } }],
    ['mutation($n: String!) { build(input: { name: $n, length: 2, color: RED }) { id } }', { n: 'a' }],
    ['mutation($input: BuildInput!) { build(input: $input) { id } }', { input: { name: null, keel: 1 } }],
    ['mutation($input: BuildInput!) { build(input: $input) { id } }', { input: { name: 'a', color: 'GREEN' } }],
    [
      'mutation($a: BuildInput!, $b: BuildInput!) { x: build(input: $a) { name } y: build(input: $b) { name } }',
      { a: { name: 'rock' }, b: { name: 'b' } },
    ],
    ['{ __schema { queryType { name fields { name args { name defaultValue } } } } __typename }'],
  ])('%s %j', async (query, variables) => {
    const { plain, fast } = await both(query, variables);
    expect(fast).toEqual(plain);
  });
});

describe('what the compiler would write into source code is interpreted', () => {
  const magic = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d(globalThis.injected = true)';

  test.each([
    ['a string', '{ hello(name: "x") }'],
    ['a string that would become code', `{ hello(name: "${magic}") }`],
    ['the same, escaped', `{ hello(name: "${magic.replace('_', '\\u005f')}") }`],
    ['the same as a block', `{ hello(name: """${magic}""") }`],
    ['the same as a default', `query($n: String = "${magic}") { hello(name: $n) }`],
    ['the same within an input', `mutation { build(input: { name: "a", extra: { deep: ["${magic}"] } }) { id } }`],
    ['a prototype as an alias', '{ __proto__: hello }'],
    ['a prototype as a key', 'mutation($n: String!) { build(input: { name: $n, extra: { __proto__: 1 } }) { id } }'],
    ['an alias that another could be mistaken for', '{ a_b: boat(id: 1) { c: name } a: boat(id: 2) { b_c: name } }'],
    [
      'a variable within an input, which may be left out',
      'mutation($n: String!, $l: Float) { build(input: { name: $n, length: $l }) { id } }',
    ],
    ['a variable within an input, which may be null', 'query($id: ID = 1) { boatBy(by: { id: $id }) { id } }'],
    ['directives', 'query($on: Boolean!) { boat(id: 1) { id ...N @include(if: $on) } } fragment N on Boat { name }'],
    ['a very long text', `{ ${'hello '.repeat(2_000)} }`],
  ])('%s', async (_name, query) => {
    expect(await compiled(query)).toBeNull();
    expect(globalThis).not.toHaveProperty('injected');
  });
});

describe('what would take long to compile is interpreted', () => {
  const many = (count: number, field: (n: number) => string) =>
    Array.from({ length: count }, (_, n) => field(n)).join(' ');

  test.each<[string, string, boolean]>([
    ['many fields', `{ ${many(250, (n) => `a${n}: hello`)} }`, true],
    ['one more', `{ ${many(251, (n) => `a${n}: hello`)} }`, false],
    // Code is made for each of the two types.
    ['fields of an interface', `{ ${many(83, (n) => `a${n}: named { name }`)} }`, true],
    ['one more of them', `{ ${many(84, (n) => `a${n}: named { name }`)} }`, false],
    [
      'a fragment that is used often',
      `{ ${many(90, (n) => `a${n}: boat(id: 1) { ...B }`)} } fragment B on Boat { id name }`,
      false,
    ],
    [
      'fragments that each use the next twice',
      `{ boat(id: 1) { ...F0 } } ${many(40, (n) => `fragment F${n} on Boat { ...F${n + 1} ...F${n + 1} }`)} fragment F40 on Boat { id }`,
      false,
    ],
  ])('%s', async (_what, query, isCompiled) => {
    expect((await compiled(query)) !== null).toBe(isCompiled);
  });
});
