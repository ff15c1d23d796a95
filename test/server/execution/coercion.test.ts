import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startToyServer, type ToyServer } from '../../support/toys/server.js';

let toy: ToyServer;
beforeAll(async () => {
  toy = await startToyServer();
});
beforeEach(() => {
  toy.lines.length = 0;
});
afterAll(() => toy.server.close());

const CANARY = 'mongodb://user:canary; at "input"; [x@host';
const BUILD = 'mutation B($input: BuildInput!) { build(input: $input) { id } }';

/** The only message of an answer that quotes none of the values, and neither does the log. */
async function refusal(query: string, variables?: object): Promise<string> {
  const { body } = await toy.ask({ query, variables });
  expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(['INVALID_INPUT']);
  expect(body.errors![0]!.extensions.hint).toMatch(/\S/);
  expect(JSON.stringify([body, toy.lines]).match(/.{60}canary/)).toBeNull();
  return body.errors![0]!.message;
}

describe('a variable that is refused', () => {
  it.each([
    ['where a text belongs', { name: [CANARY, 'x'] }, '; Expected type "String" (a text), found a list.', '.name'],
    ['within an object', { name: { a: CANARY } }, '; Expected type "String" (a text), found an object.', '.name'],
    ['for a number', { name: 'x', length: CANARY }, '; Expected type "Float" (a number), found a text.', '.length'],
    [
      'for an enum',
      { name: 'x', color: CANARY },
      '; Expected type "Color", found a text. It is one of RED, BLUE.',
      '.color',
    ],
    ['for a scalar of ours', { name: 'x', at: CANARY }, '; Expected type "Moment", found a text.', '.at'],
    ['as an unknown field', { name: 'x', nme: CANARY }, '; Field "nme" is not defined by type "BuildInput".', ''],
    ['as the name of a field', { name: 'x', [CANARY]: 1 }, "; It has a field whose name the input doesn't know.", ''],
    ['beside what is missing', { extra: CANARY }, '; Field "name" of required type "String!" was not provided.', ''],
    ['instead of all', CANARY, '; Expected type "BuildInput" to be an object.', ''],
  ])('is named by its place and its type, whatever it is: %s', async (_where, input, said, at) => {
    // The first three times a query is interpreted, then it is compiled.
    for (let time = 0; time < 5; time += 1) {
      const message = await refusal(BUILD, { input });
      const place = at && ` at "input${at}"`;
      expect(message.replace(/ Did you mean .*/, '')).toBe(`Variable "$input" got an invalid value${place}${said}`);
    }
  });

  it('is reported with what is missing and what is null', async () => {
    expect(await refusal(BUILD, {})).toBe('Variable "$input" of required type "BuildInput!" was not provided.');
    expect(await refusal(BUILD, { input: null })).toBe(
      'Variable "$input" of non-null type "BuildInput!" must not be null.',
    );
  });

  it('is reported with no more than the first twenty mistakes', async () => {
    const input = Object.fromEntries(Array.from({ length: 40_000 }, (_, n) => [`k${n}`, 1]));
    const { body } = await toy.ask({ query: BUILD, variables: { input: { name: 'x', ...input } } });
    expect(body.errors).toHaveLength(20);
  });

  it.each([
    ['a query', 'query Q($n: String) { hello(name: $n) }'],
    ['a subscription', 'subscription S($n: Int) { ticks(upTo: $n) { n } }'],
  ])('is not read at all when it is deeper than a hundred lists, in %s', async (_kind, query) => {
    const variables = `{"n":${'['.repeat(50_000)}"canary"${']'.repeat(50_000)}}`;
    const response = await toy.ask(`{"query":${JSON.stringify(query)},"variables":${variables}}`, {
      accept: 'text/event-stream, application/json',
    });
    expect(response.body.errors![0]).toMatchObject({
      message: 'The variables nest lists and objects more than 100 deep.',
      extensions: { code: 'INVALID_INPUT' },
    });
  });
});

it('a subscription whose variables are refused is not begun without them', async () => {
  const response = await fetch(`${toy.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: 'subscription S($n: Int) { ticks(upTo: $n) { n } }', variables: { n: CANARY } }),
  });
  const text = await response.text();
  expect(text).toContain('Expected type \\"Int\\" (a whole number within 32 bits), found a text.');
  expect(text).not.toContain('canary');
});

describe('a value in the query that is refused', () => {
  it.each([
    ['{ hello(n: "canary") }', 'Expected type "Int" (a whole number within 32 bits), found a text.'],
    ['{ hello(name: ["canary"]) }', 'Expected type "String" (a text), found a list.'],
    ['{ hello(name: canary) }', 'Expected type "String" (a text), found a name.'],
    ['{ hello(at: "canary") }', 'Expected type "Moment", found something else.'],
    ['{ boatBy(by: "canary") { id } }', 'Expected type "By", found a text.'],
    [
      'mutation { build(input: { name: "x", color: canary }) { id } }',
      'Expected type "Color", found a name. It is one of RED, BLUE.',
    ],
    [
      'mutation { build(input: { extra: "canary" }) { id } }',
      'Field "BuildInput.name" of required type "String!" was not provided.',
    ],
    [
      'query Q($n: Int = "canary") { hello(n: $n) }',
      'Expected type "Int" (a whole number within 32 bits), found a text.',
    ],
    ['{ hello @include(if: "canary") }', 'Expected type "Boolean" (true or false), found a text.'],
    ['{ hello(name: "x" "canary") }', 'Syntax Error: Expected Name, found String.'],
    ['{ hello(name: "x" """canary " canary""") }', 'Syntax Error: Expected Name, found BlockString.'],
    ['{ hello(name: "x" 4711 "canary") }', 'Syntax Error: Expected Name, found Int.'],
    ['{ "canary" }', 'Syntax Error: Expected Name, found String.'],
  ])('is named by its type, in %s', async (query, said) => {
    expect(await refusal(query)).toBe(said);
  });

  it('is not quoted when it is found while the operation runs', async () => {
    const query = 'mutation B($name: String = "x") { build(input: { name: $name, extra: "canary" }) { id } }';
    expect(await refusal(query, { name: null })).toBe('Argument "input" has an invalid value.');
  });
});

describe('a misspelt name', () => {
  it('comes back, since it is no value', async () => {
    expect(await refusal('{ boats { nam } }')).toContain('"nam"');
    expect(await refusal('{ hello(nme: 1) }')).toContain('"nme"');
  });

  it('comes back in part when it is as long as a book', async () => {
    expect((await refusal(`{ ${'x'.repeat(50_000)} }`)).length).toBeLessThan(1_001);
  });
});
