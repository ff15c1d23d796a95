import {
  type ASTVisitor,
  type FloatValueNode,
  GraphQLError,
  GraphQLFloat,
  getNamedType,
  type IntValueNode,
  isInputObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  SingleFieldSubscriptionsRule,
  specifiedRules,
  type ValidationContext,
  type ValidationRule,
  type ValueNode,
  ValuesOfCorrectTypeRule,
} from 'graphql';
import { parseNumber } from '../../util/json/json-number.js';
import { foundAs, mismatch } from './coercion.js';

// — values in a query —

/** GraphQL's rule, with the messages of variables where its own quote the value. */
const ValuesOfCorrectType: ValidationRule = (context) =>
  ValuesOfCorrectTypeRule(
    Object.create(context, {
      reportError: { value: (error: GraphQLError) => context.reportError(withoutLiteral(error, context)) },
    }) as ValidationContext,
  );

/** Refuses numbers that a `Float` can't represent: GraphQL itself accepts any. */
const FloatsAreKept: ValidationRule = (context) => {
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
  // An error thrown by a scalar has no node.
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

// — subscriptions —

const CONDITIONS: ReadonlySet<string> = new Set(['skip', 'include']);

/**
 * GraphQL's own rule, and one more of the specification: a subscription's field has no condition. GraphQL's rule throws where
 * a condition is a variable, as it has no values.
 */
function SingleFieldSubscriptions(context: ValidationContext): ASTVisitor {
  const { OperationDefinition } = SingleFieldSubscriptionsRule(context) as {
    OperationDefinition: (node: unknown) => undefined;
  };
  return {
    OperationDefinition(node) {
      if (node.operation !== 'subscription') return;
      const conditional = findConditional(context, node.selectionSet, new Set());
      if (!conditional) return OperationDefinition(node);
      context.reportError(
        new GraphQLError('The field of a subscription takes no @skip or @include. Use them within it.', {
          nodes: conditional,
        }),
      );
      return;
    },
  };
}

/** @param seen names of the fragments visited */
function findConditional(
  context: ValidationContext,
  { selections }: SelectionSetNode,
  seen: Set<string>,
): SelectionNode | null {
  for (const selection of selections) {
    if (selection.directives?.some(({ name }) => CONDITIONS.has(name.value))) return selection;
    const set = setOf(context, selection, seen);
    const found = set && findConditional(context, set, seen);
    if (found) return found;
  }
  return null;
}

/** The selections that a fragment adds at the same place. */
function setOf(context: ValidationContext, selection: SelectionNode, seen: Set<string>): SelectionSetNode | null {
  if (selection.kind === Kind.INLINE_FRAGMENT) return selection.selectionSet;
  if (selection.kind === Kind.FIELD || seen.has(selection.name.value)) return null;
  seen.add(selection.name.value);
  return context.getFragment(selection.name.value)?.selectionSet ?? null;
}

/** Rules in place of GraphQL's own: the messages of one quote values, the other throws. */
const REPLACED = new Map<ValidationRule, ValidationRule>([
  [ValuesOfCorrectTypeRule, ValuesOfCorrectType],
  [SingleFieldSubscriptionsRule, SingleFieldSubscriptions],
]);

/** The rules that every query is validated by. */
export const RULES: readonly ValidationRule[] = [
  ...specifiedRules.map((rule) => REPLACED.get(rule) ?? rule),
  FloatsAreKept,
];
