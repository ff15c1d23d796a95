import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLError,
  type GraphQLFieldConfigMap,
  GraphQLFloat,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
} from 'graphql/index.js'; // named like this, Vite takes the same file as Node does for the server
import { NotFoundError } from '../../../src/domain/errors.js';
import { type Internals, type ToyContext, ticks } from './toys.js';

const Moment = new GraphQLScalarType({
  name: 'Moment',
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value === 'string' && !Number.isNaN(Date.parse(value))) return value;
    throw new GraphQLError('A moment is ISO 8601.');
  },
});
const Json = new GraphQLScalarType({ name: 'Json' });
const Color = new GraphQLEnumType({ name: 'Color', values: { RED: {}, BLUE: {} } });
const Named = new GraphQLInterfaceType({
  name: 'Named',
  fields: { name: { type: new GraphQLNonNull(GraphQLString) } },
});

interface Boat {
  readonly id: string;
  readonly name: string;
}
const boat = (id: string): Boat => ({ id, name: `Boat ${id}` });
const boats = (first: number) => Array.from({ length: first }, (_, index) => boat(`b${index}`));

const Boat: GraphQLObjectType<Boat, ToyContext> = new GraphQLObjectType<Boat, ToyContext>({
  name: 'Boat',
  interfaces: [Named],
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'id' in value,
  fields: (): GraphQLFieldConfigMap<Boat, ToyContext> => ({
    id: { type: new GraphQLNonNull(GraphQLID) },
    name: { type: new GraphQLNonNull(GraphQLString) },
    color: { type: Color, resolve: () => 'RED' },
    crew: {
      type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(Boat))),
      args: { first: { type: GraphQLInt, defaultValue: 3 } },
      resolve: async (_boat, { first }) => boats(first),
    },
    leak: {
      type: GraphQLString,
      resolve: () => {
        throw new Error('secret of the engine room');
      },
    },
    lost: {
      type: GraphQLString,
      resolve: async () => {
        throw new NotFoundError('b404');
      },
    },
    sunk: { type: new GraphQLNonNull(GraphQLString), resolve: async () => null },
  }),
});
const Buoy = new GraphQLObjectType({
  name: 'Buoy',
  interfaces: [Named],
  isTypeOf: (value) => typeof value === 'object' && value !== null && !('id' in value),
  fields: { name: { type: new GraphQLNonNull(GraphQLString) }, light: { type: GraphQLBoolean } },
});
const Floating = new GraphQLUnionType({
  name: 'Floating',
  types: [Boat, Buoy],
  resolveType: (value: object) => ('id' in value ? 'Boat' : 'Buoy'),
});
const By = new GraphQLInputObjectType({
  name: 'By',
  isOneOf: true,
  fields: { id: { type: GraphQLID }, name: { type: GraphQLString } },
});
const BuildInput = new GraphQLInputObjectType({
  name: 'BuildInput',
  fields: {
    name: { type: new GraphQLNonNull(GraphQLString) },
    length: { type: GraphQLFloat },
    color: { type: Color, defaultValue: 'BLUE' },
    at: { type: Moment },
    extra: { type: Json },
  },
});
const required = { type: new GraphQLNonNull(GraphQLString) };
const json = (value: unknown) => JSON.stringify(value, Object.keys(value as object).sort());

/** A schema with one of everything that the server has to treat in some way of its own. */
export const toySchema = new GraphQLSchema({
  query: new GraphQLObjectType<unknown, ToyContext>({
    name: 'Query',
    fields: {
      hello: {
        type: GraphQLString,
        args: { name: { type: GraphQLString, defaultValue: 'you' }, at: { type: Moment }, n: { type: GraphQLInt } },
        resolve: (_root, args) => `hello ${json(args)}`,
      },
      whoami: { ...required, resolve: (_root, _args, { caller }) => caller.actor },
      requestId: { ...required, resolve: (_root, _args, { caller }) => caller.requestId },
      boat: {
        type: Boat,
        args: { id: { type: new GraphQLNonNull(GraphQLID) } },
        resolve: async (_root, { id }) => (id === 'none' ? null : boat(id)),
      },
      boatBy: {
        type: Boat,
        args: { by: { type: new GraphQLNonNull(By) } },
        resolve: (_root, { by }) => boat(json(by)),
      },
      boats: {
        type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(Boat))),
        args: { first: { type: GraphQLInt, defaultValue: 3 } },
        resolve: (_root, { first }) => boats(first),
      },
      floating: {
        type: new GraphQLNonNull(new GraphQLList(Floating)),
        resolve: async () => [boat('b1'), { name: 'Buoy 1', light: true }, null],
      },
      named: { type: Named, resolve: () => ({ name: 'Buoy 2', light: false }) },
      slow: {
        ...required,
        resolve: async (_root, _args, { toys }) => {
          (toys as Internals).begin();
          await (toys as Internals).released;
          return 'done';
        },
      },
    },
  }),
  mutation: new GraphQLObjectType<unknown, ToyContext>({
    name: 'Mutation',
    fields: {
      build: {
        type: Boat,
        args: { input: { type: new GraphQLNonNull(BuildInput) } },
        resolve: async (_root, { input }) => {
          if (input.name === 'rock') throw new NotFoundError('b404');
          return { id: json(input), name: input.name };
        },
      },
    },
  }),
  subscription: new GraphQLObjectType<unknown, ToyContext>({
    name: 'Subscription',
    fields: {
      ticks: {
        type: new GraphQLNonNull(
          new GraphQLObjectType({
            name: 'Tick',
            fields: {
              n: { type: new GraphQLNonNull(GraphQLInt) },
              load: { type: GraphQLString },
              of: { type: GraphQLString, resolve: (_tick, _args, { caller }: ToyContext) => caller.actor },
            },
          }),
        ),
        args: {
          upTo: { type: GraphQLInt },
          bytes: { type: GraphQLInt, defaultValue: 0 },
          fail: { type: GraphQLBoolean },
        },
        subscribe: (_root, args, { caller, toys }) => ticks(args, caller, toys as Internals),
        resolve: (tick) => tick,
      },
    },
  }),
});
