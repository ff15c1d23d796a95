import {
  type FloatValueNode,
  GraphQLError,
  GraphQLFloat,
  getNamedType,
  type IntValueNode,
  isInputObjectType,
  Kind,
  type ValidationContext,
  type ValidationRule,
  type ValueNode,
  ValuesOfCorrectTypeRule,
} from 'graphql';
import { parseNumber } from '../../util/json-number.js';
import { foundAs, mismatch } from './coercion.js';

/** What is wrong with the values that are written in a query, said as of variables. */

/** GraphQL's rule, with messages of ours where its own quote the value. */
export const ValuesOfCorrectType: ValidationRule = (context) =>
  ValuesOfCorrectTypeRule(
    Object.create(context, {
      reportError: { value: (error: GraphQLError) => context.reportError(withoutLiteral(error, context)) },
    }) as ValidationContext,
  );

/** Refuses numbers that a `Float` can't keep: GraphQL itself takes any. */
export const FloatsAreKept: ValidationRule = (context) => {
  const require = (node: IntValueNode | FloatValueNode): void => {
    const type = context.getInputType();
    if (!type || getNamedType(type) !== GraphQLFloat) return;
    const number = parseNumber(node.value);
    if (typeof number !== 'symbol') return;
    context.reportError(new GraphQLError(mismatch(type, foundAs(type, number), undefined, context), { nodes: node }));
  };
  return { IntValue: require, FloatValue: require };
};

function withoutLiteral(error: GraphQLError, context: ValidationContext): GraphQLError {
  const node = error.nodes?.[0];
  const type = context.getInputType();
  if (!type || node?.kind === Kind.NULL || node?.kind === Kind.OBJECT_FIELD) return error;
  if (node?.kind === Kind.OBJECT && isInputObjectType(getNamedType(type))) return error;
  // What a scalar throws of itself has no node.
  const found = (node && LITERALS[node.kind]) ?? 'something else';
  return new GraphQLError(mismatch(type, found, error.originalError, context), {
    nodes: error.nodes ?? null,
    originalError: error.originalError,
  });
}

const LITERALS: { readonly [K in ValueNode['kind'] | string]?: string } = {
  [Kind.STRING]: 'a text',
  [Kind.INT]: 'a number',
  [Kind.FLOAT]: 'a number',
  [Kind.BOOLEAN]: 'true or false',
  [Kind.ENUM]: 'a name',
  [Kind.LIST]: 'a list',
  [Kind.OBJECT]: 'an object',
};
