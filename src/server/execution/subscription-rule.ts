import {
  type ASTVisitor,
  GraphQLError,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  SingleFieldSubscriptionsRule,
  type ValidationContext,
} from 'graphql';

const CONDITIONS: ReadonlySet<string> = new Set(['skip', 'include']);

/**
 * GraphQL's own rule, and what the specification has beside it: what is followed depends on no condition. Its own throws
 * where a condition is a variable, for it has no values.
 */
export function SingleFieldSubscriptions(context: ValidationContext): ASTVisitor {
  const { OperationDefinition } = SingleFieldSubscriptionsRule(context) as {
    OperationDefinition: (node: unknown) => undefined;
  };
  return {
    OperationDefinition(node) {
      if (node.operation !== 'subscription') return;
      const conditional = findConditional(context, node.selectionSet, new Set());
      if (!conditional) return OperationDefinition(node);
      context.reportError(
        new GraphQLError('The field of a subscription takes no @skip or @include. They may stand within it.', {
          nodes: conditional,
        }),
      );
      return;
    },
  };
}

/** @param seen names of the fragments that were looked at */
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

/** What else is selected at the same place. */
function setOf(context: ValidationContext, selection: SelectionNode, seen: Set<string>): SelectionSetNode | null {
  if (selection.kind === Kind.INLINE_FRAGMENT) return selection.selectionSet;
  if (selection.kind === Kind.FIELD || seen.has(selection.name.value)) return null;
  seen.add(selection.name.value);
  return context.getFragment(selection.name.value)?.selectionSet ?? null;
}
