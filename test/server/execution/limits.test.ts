import { getIntrospectionQuery } from 'graphql/index.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startToyServer, type ToyServer } from '../../support/toys/server.js';

let toy: ToyServer;
beforeAll(async () => {
  toy = await startToyServer();
});
afterAll(() => toy.server.close());

async function refusal(query: string, variables?: object): Promise<string> {
  const { status, body } = await toy.ask({ query, variables }, { accept: 'application/graphql-response+json' });
  expect(body.data).toBeUndefined();
  expect([status, body.errors![0]!.extensions.code]).toEqual([400, 'QUERY_TOO_COMPLEX']);
  expect(body.errors![0]!.extensions.hint).not.toBe('');
  return body.errors![0]!.message;
}

const nested = (depth: number) => `{ ${'boats { '.repeat(depth)} id ${'}'.repeat(depth)} }`;
const flat = (depth: number) =>
  `{ boats(first: 1) { ${'crew(first: 1) { '.repeat(depth - 2)} id ${'}'.repeat(depth - 1)} }`;

describe('limits', () => {
  test('the introspection query that tools send passes', async () => {
    const { body } = await toy.ask({
      query: getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true, schemaDescription: true }),
    });
    expect(body.errors).toBeUndefined();
  });

  test('a text of more than 64 KB', async () => {
    expect(await refusal(`{ hello(name: "${'x'.repeat(65_536)}") }`)).toContain('the limit is 65536');
  });

  test('but variables may be long', async () => {
    const n = 'x'.repeat(1_000_000);
    const { body } = await toy.ask({ query: 'query($n: String) { hello(name: $n) }', variables: { n } });
    expect(body.data).toEqual({ hello: `hello {"name":"${n}"}` });
  });

  test('more than 100,000 values, wherever they are, before they are parsed', async () => {
    const query = 'query($n: String) { hello(name: $n) }';
    for (const n of [`[${'1,'.repeat(100_001)}1]`, `{${'"a":1,'.repeat(60_000)}"b":1}`, '[{},['.repeat(60_000)]) {
      const { status, body } = await toy.ask(`{"query":${JSON.stringify(query)},"variables":{"n":${n}}}`);
      expect([status, body.errors![0]!.extensions.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    }
    // Commas and brackets within a string are no values.
    const name = '\\"[1,{:'.repeat(100_000);
    const { body } = await toy.ask({ query: 'query($name: String) { hello(name: $name) }', variables: { name } });
    expect(body.data?.hello).toContain('[1,{:');
  });

  test('more than 10,000 tokens', async () => {
    expect(await refusal(`{ hello(n: [${'1 '.repeat(10_001)}]) }`)).toContain('10000 tokens');
  });

  test('brackets deeper than 100, which would exhaust the stack', async () => {
    expect(await refusal(`{ hello(n: ${'['.repeat(5_000)}`)).toContain('brackets 101 deep');
    expect(await refusal('{ boats '.repeat(5_000))).toContain('brackets 101 deep');
    expect(await refusal(`query($n: ${'['.repeat(5_000)}`)).toContain('brackets 101 deep');
  });

  test('more than 2,000 fields, before they are compared with each other', async () => {
    expect(await refusal(`{ ${'hello '.repeat(2_001)} }`)).toContain('2001 fields');
  });

  test('more than 250 aliases', async () => {
    expect(await refusal(`{ ${Array.from({ length: 251 }, (_, i) => `a${i}: hello`).join(' ')} }`)).toContain(
      '251 aliases',
    );
  });

  test('more than 200 repeated fields, with what is below them', async () => {
    expect(await refusal(`{ ${'hello '.repeat(202)} }`)).toContain('asks 201 times for fields');
    expect(await refusal(`{ ${'boats(first: 1) { id name color } '.repeat(52)} }`)).toContain('asks 204 times');
    expect(await refusal(`{ ... { ${'hello '.repeat(101)} } ... { ${'hello '.repeat(101)} } }`)).toContain('201 times');
    expect((await toy.ask({ query: `{ ${'hello '.repeat(201)} }` })).body.errors).toBeUndefined();
  });

  test('more than 50 fragments', async () => {
    const query = (count: number) => {
      const names = Array.from({ length: count }, (_, n) => `F${n}`);
      const fragments = names.map((name) => `fragment ${name} on Boat { ${name.toLowerCase()}: id }`).join(' ');
      return `{ boats(first: 1) { ${names.map((name) => `...${name}`).join(' ')} } } ${fragments}`;
    };
    expect(await refusal(query(51))).toContain('51 fragments');
    expect((await toy.ask({ query: query(50) })).body.errors).toBeUndefined();
  });

  test('more than 20 levels, in fragments too', async () => {
    expect(await refusal(flat(21))).toContain('21 fields deep');
    const chain = Array.from(
      { length: 21 },
      (_, i) => `fragment F${i} on Boat { crew(first: 1) { ...F${i + 1} } }`,
    ).join(' ');
    expect(await refusal(`{ boats(first: 1) { ...F0 } } ${chain} fragment F21 on Boat { id }`)).toContain(
      '23 fields deep',
    );
    expect((await toy.ask({ query: flat(20) })).body.errors).toBeUndefined();
  });

  test('fragments that spread each other are an ordinary mistake', async () => {
    const query = '{ boats { ...A } } fragment A on Boat { crew { ...B } } fragment B on Boat { crew { ...A } }';
    const { body } = await toy.ask({ query });
    expect(body.errors![0]!.extensions.code).toBe('INVALID_INPUT');
  });

  test('more than 250,000 fields in the answer, by the requested pages', async () => {
    expect(await refusal('{ boats(first: 1000) { crew(first: 1000) { id } } }')).toContain('may hold 1001001 fields');
    expect(
      await refusal(
        nested(2)
          .replaceAll('boats {', 'boats(first: 600) {')
          .replace('boats(first: 600) {  id', 'crew(first: 600) { id'),
      ),
    ).toContain('fields');
  });

  test('pages given as variables count as well, and defaults otherwise', async () => {
    const query = 'query($first: Int = 1000) { boats(first: $first) { crew(first: $first) { id } } }';
    expect(await refusal(query)).toContain('1001001');
    expect(await refusal(query, { first: 600 })).toContain('360601');
    const { body } = await toy.ask({ query, variables: { first: 2 } });
    expect(body.errors).toBeUndefined();
  });

  test('a fragment that is used often is counted each time', async () => {
    const uses = Array.from({ length: 200 }, (_, i) => `a${i}: boats(first: 40) { ...Crew }`).join(' ');
    expect(await refusal(`{ ${uses} } fragment Crew on Boat { crew(first: 40) { id } }`)).toContain('328200');
  });
});
