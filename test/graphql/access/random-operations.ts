import type {
  GraphQLArgument,
  GraphQLField,
  GraphQLInputType,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLUnionType,
} from 'graphql';
import { schema } from '../../../src/graphql/schema.js';
import { graphql } from '../support.js';

const { getNamedType, isEnumType, isInputObjectType, isInterfaceType, isLeafType, isListType } = graphql;
const { isNonNullType, isRequiredArgument, isRequiredInputField, isUnionType } = graphql;

/** What random operations are made of. */
export interface Material {
  /** From 0 to 1, without 1. */
  readonly random: () => number;
  readonly ids: readonly string[];
  readonly words: readonly string[];
}

/** Operations over the whole schema, with arguments that may mean something. */
export interface RandomOperations {
  pick<T>(all: readonly T[]): T;
  query(): string;
  mutation(): string;
}

/** Deeper selections would only ask for the same again. */
const DEEPEST = 5;
/** Other than these change with time, or with what is going on in the server. */
const CHANGING = /^(projectListCursor|storageHealth|searchMemories|searchTasks|memoryContext|searchIndex)$/;
/** Of page arguments, cursors would have to be read first. */
const CURSORS = /^(last|after|before)$/;
/** These take a token, work on all that there is, or change what others ask for, or what the callers may do. */
const HEAVY =
  /purge|rotateSecrets|scanSecrets|Migration|Storage|Profile|createProject|(delete|revoke|rotate)(Project|Api)/i;

type Fields = Readonly<Record<string, GraphQLField<unknown, unknown>>>;
const fieldsOf = (type: unknown) => (type as GraphQLObjectType).getFields() as unknown as Fields;

export function createRandomOperations({ random, ids, words }: Material): RandomOperations {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
  const queries = Object.values(fieldsOf(schema.getQueryType())).filter(({ name }) => !CHANGING.test(name));
  const mutations = Object.values(fieldsOf(schema.getMutationType())).filter(({ name }) => !HEAVY.test(name));
  let asked = 0;

  function literal(type: GraphQLInputType, name: string): string {
    if (isNonNullType(type)) return literal(type.ofType, name);
    if (isListType(type)) return `[${literal(type.ofType, name)}]`;
    if (isEnumType(type)) return pick(type.getValues()).name;
    if (isInputObjectType(type)) {
      const all = Object.values(type.getFields());
      const given = type.isOneOf ? [pick(all)] : all.filter((each) => isRequiredInputField(each) || random() < 0.2);
      return `{ ${given.map((each) => `${each.name}: ${literal(each.type, each.name)}`).join(', ')} }`;
    }
    switch (getNamedType(type).name) {
      case 'ID':
        return JSON.stringify(pick(ids));
      case 'Int':
      case 'Float':
        return pick(['1', '2', '3']);
      case 'Boolean':
        return pick(['true', 'false']);
      case 'DateTime':
        return JSON.stringify(pick(['2020-01-01T00:00:00Z', '2100-01-01T00:00:00Z']));
      case 'String':
        return JSON.stringify(/id$/i.test(name) && random() < 0.5 ? pick(ids) : pick(words));
      default:
        return `{ word: ${JSON.stringify(pick(words))} }`;
    }
  }

  function argumentsOf(all: readonly GraphQLArgument[]): string {
    const given = all.filter((each) => isRequiredArgument(each) || (!CURSORS.test(each.name) && random() < 0.3));
    const texts = given.map((each) => `${each.name}: ${literal(each.type, each.name)}`);
    return texts.length === 0 ? '' : `(${texts.join(', ')})`;
  }

  function selection(type: GraphQLOutputType, depth = 0): string {
    const named = getNamedType(type);
    if (isLeafType(named)) return '';
    if (depth === DEEPEST) return '{ __typename }';
    if (isUnionType(named) || isInterfaceType(named)) {
      const types = schema.getPossibleTypes(named);
      return `{ __typename ${types.map((each) => `... on ${each.name} ${selection(each, depth + 1)}`).join(' ')} }`;
    }
    const chosen = Object.values(fieldsOf(named)).filter(
      (field) =>
        !CHANGING.test(field.name) && random() < (isLeafType(getNamedType(field.type)) ? 0.6 : 0.4 / (depth + 1)),
    );
    const texts = chosen.map(
      (field) => `a${asked++}: ${field.name}${argumentsOf(field.args)} ${selection(field.type, depth + 1)}`,
    );
    return `{ __typename ${texts.join(' ')} }`;
  }

  return {
    pick,
    query() {
      const field = pick(queries);
      return `{ it: ${field.name}${argumentsOf(field.args)} ${selection(field.type)} }`;
    },
    mutation() {
      const field = pick(mutations);
      const errors = (getNamedType(field.type) as GraphQLUnionType).getTypes().map(({ name }) => name);
      const shown = errors
        .filter((name) => name.endsWith('Error'))
        .map((name) => `... on ${name} { code message hint ${OWN[name] ?? ''} }`);
      return `mutation { it: ${field.name}${argumentsOf(field.args)} { __typename ${shown.join(' ')} } }`;
    },
  };
}

/** What some errors have besides. */
const OWN: Readonly<Record<string, string | undefined>> = {
  NotFoundError: 'recordId',
  AlreadyExistsError: 'existingId',
  ForbiddenError: 'permission level projectId',
};
