import type { GraphQLNamedType, IntrospectionOptions } from 'graphql';
import {
  GraphQLList,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  parse,
} from 'graphql/index.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schema } from '../../src/graphql/schema.js';
import { costOf } from '../../src/server/execution/cost.js';
import { startToyServer, type ToyServer } from '../support/toys/server.js';
import { graphql } from './support.js';

describe('the declared cost of a field', () => {
  const field = (cost?: number) => ({ type: GraphQLString, ...(cost && { extensions: { cost } }) });
  const Query: GraphQLObjectType = new GraphQLObjectType({
    name: 'Query',
    fields: () => ({
      plain: field(),
      dear: field(500),
      self: { type: Query, extensions: { cost: 30 } },
      some: { type: new GraphQLList(Query), extensions: { size: 100 } },
    }),
  });
  const own = new GraphQLSchema({ query: Query });

  it.each([
    ['{ plain }', 1],
    ['{ dear }', 500],
    ['{ a: dear b: dear plain }', 1_001],
    ['{ self { self { dear } } }', 560],
    ['{ some { plain some { plain } } }', 1 + 100 * (1 + 1 + 100)],
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

  it('declares the size of each list of records that is not paged', () => {
    const isRecord = (type: GraphQLNamedType) =>
      type.name === 'StoredRecord' ||
      (isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'StoredRecord'));
    const unsized = Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type) && !/Payload$|Connection$/.test(type.name))
      .flatMap((type) => Object.values((type as GraphQLObjectType).getFields()).map((field) => ({ type, field })))
      .filter(({ field }) => isListType(getNullableType(field.type)) && isRecord(getNamedType(field.type)))
      .filter(({ field }) => !field.args.some(({ name }) => name === 'ids') && !field.extensions.size)
      .map(({ type, field }) => `${type.name}.${field.name}`);
    expect(unsized).toEqual([]);
  });

  it.each([
    ['the schema', '__schema { types { name fields { name } } }'],
    ['a field that scans all of a place', 'storageHealth(mode: LOCAL) { ok }'],
    ['who is at work in all projects', 'projects { nodes { agents { name } } }'],
    ['the blockers of two pages', 'projects { nodes { tasks { nodes { blockedBy { title } } } } }'],
  ])('refuses 250 aliases of %s', async (_what, field) => {
    expect(await codes(aliases(250, field))).toEqual(['QUERY_TOO_COMPLEX']);
  });
});
