import type { IntrospectionOptions } from 'graphql';
import { GraphQLObjectType, GraphQLSchema, GraphQLString, parse } from 'graphql/index.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schema } from '../../src/graphql/schema.js';
import { costOf } from '../../src/server/execution/cost.js';
import { startToyServer, type ToyServer } from '../support/toys/server.js';
import { graphql } from './support.js';

describe('the declared cost of a field', () => {
  const field = (cost?: number) => ({ type: GraphQLString, ...(cost && { extensions: { cost } }) });
  const Query: GraphQLObjectType = new GraphQLObjectType({
    name: 'Query',
    fields: () => ({ plain: field(), dear: field(500), self: { type: Query, extensions: { cost: 30 } } }),
  });
  const own = new GraphQLSchema({ query: Query });

  it.each([
    ['{ plain }', 1],
    ['{ dear }', 500],
    ['{ a: dear b: dear plain }', 1_001],
    ['{ self { self { dear } } }', 560],
    ['{ ...F } fragment F on Query { dear self { ... { dear } } }', 1_030],
  ])('counts each time it is selected: %s', (query, cost) => {
    const document = parse(query);
    const [operation] = document.definitions;
    if (operation?.kind !== 'OperationDefinition') throw new Error('no operation');
    expect(costOf(own, document, operation)({})).toBe(cost);
  });
});

describe('the schema', () => {
  let server: ToyServer;
  beforeAll(async () => {
    server = await startToyServer({ schema: schema as unknown as GraphQLSchema });
  });
  afterAll(() => server.server.close());

  const codes = async (query: string) =>
    (await server.ask({ query })).body.errors?.map(({ extensions }) => extensions.code);
  const aliases = (count: number, field: string) =>
    `{ ${Array.from({ length: count }, (_, n) => `a${n}: ${field}`).join(' ')} }`;

  it.each<[string, IntrospectionOptions]>([
    ['by default', {}],
    ['without descriptions', { descriptions: false }],
    [
      'with every option',
      {
        schemaDescription: true,
        specifiedByUrl: true,
        directiveIsRepeatable: true,
        inputValueDeprecation: true,
        oneOf: true,
      },
    ],
  ])('answers the introspection query %s', async (_how, options) => {
    expect(await codes(graphql.getIntrospectionQuery(options))).toBeUndefined();
  });

  it.each([
    ['the schema', '__schema { types { name fields { name } } }'],
    ['a field that scans all of a place', 'storageHealth(mode: LOCAL) { ok }'],
  ])('refuses 250 aliases of %s', async (_what, field) => {
    expect(await codes(aliases(250, field))).toEqual(['QUERY_TOO_COMPLEX']);
  });
});
