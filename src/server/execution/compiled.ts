import {
  BREAK,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLCompositeType,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getVariableValues,
  isAbstractType,
  isCompositeType,
  isInputObjectType,
  isInputType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  typeFromAST,
  type ValueNode,
  visit,
} from 'graphql';
import { LIMITS } from '../limits.js';
import type { Variables } from './cost.js';

export type Run = (context: unknown, variables: Variables) => ExecutionResult | Promise<ExecutionResult>;

/** Longer documents take long to compile and are rarely repeated. */
const MAX_CHARS = 8_192;
/** Fields to generate code for, those of an interface once per implementing type: each takes a fifth of a millisecond. */
const MAX_FIELDS = 250;

/**
 * Compiles the operation to a function, about six times as fast as interpreting it; null when it should be interpreted.
 *
 * The compiler writes string literals, aliases and the like into source code, where a crafted one becomes code, and it mixes
 * up directives on fragments that are used twice. So only documents without any of these are compiled: repeated operations
 * come from programs, which pass variables. It doesn't support `@oneOf` and has its own messages for errors of variables, so
 * those are left to GraphQL.
 */
export async function compile(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  options: { readonly hideSuggestions: boolean },
): Promise<Run | null> {
  if ((document.loc?.end ?? MAX_CHARS) >= MAX_CHARS || !isPlain(document, operation)) return null;
  if (!isSmall(schema, document, operation)) return null;
  const { compileQuery, isCompiledQuery } = await import('graphql-jit');
  const compiled = compileQuery(schema, document, operation.name?.value ?? '', { disablingCapturingStackErrors: true });
  if (!isCompiledQuery(compiled)) return null;

  const definitions = operation.variableDefinitions ?? [];
  const limited = { ...options, maxErrors: LIMITS.mistakes };
  const mistakes = (variables: Variables) => getVariableValues(schema, definitions, variables, limited).errors;
  const hasOneOf = definitions.some(({ type }) => {
    const input = typeFromAST(schema, type);
    return isInputType(input) && containsOneOf(input, new Set());
  });
  return (context, variables) => {
    const errors = hasOneOf ? mistakes(variables) : undefined;
    if (errors) return { errors };
    const result = compiled.query(undefined, context, variables);
    return 'errors' in result && !('data' in result) ? { errors: mistakes(variables) ?? result.errors ?? [] } : result;
  };
}

/** Whether code must be generated for few fields only, with fragments expanded. */
function isSmall(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): boolean {
  let left = MAX_FIELDS;
  const visitSet = ({ selections }: SelectionSetNode, type: GraphQLCompositeType, times: number): boolean =>
    selections.every((selection) => {
      if (selection.kind === Kind.FIELD) {
        left -= times;
        const field = 'getFields' in type ? type.getFields()[selection.name.value] : undefined;
        const below = field && getNamedType(field.type);
        if (left < 0 || !selection.selectionSet || !isCompositeType(below)) return left >= 0;
        const types = isAbstractType(below) ? schema.getPossibleTypes(below).length : 1;
        return visitSet(selection.selectionSet, below, times * types);
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection
          : document.definitions.find(
              (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === selection.name.value,
            );
      if (fragment?.kind !== Kind.INLINE_FRAGMENT && fragment?.kind !== Kind.FRAGMENT_DEFINITION) return true;
      const on = fragment.typeCondition && typeFromAST(schema, fragment.typeCondition);
      return visitSet(fragment.selectionSet, isCompositeType(on) ? on : type, times);
    });
  const root = schema.getRootType(operation.operation);
  return root != null && visitSet(operation.selectionSet, root, 1);
}

/** Whether only numbers, booleans, enums and ordinary names can get into source code. */
function isPlain(document: DocumentNode, operation: OperationDefinitionNode): boolean {
  let plain = true;
  const stop = () => {
    plain = false;
    return BREAK;
  };
  // An omitted variable within an input omits its field, which may not be null; the compiler writes null.
  const given = new Set(
    operation.variableDefinitions
      ?.filter(({ type }) => type.kind === Kind.NON_NULL_TYPE)
      .map(({ variable }) => variable.name.value),
  );
  const mayBeNull = (value: ValueNode) => value.kind === Kind.VARIABLE && !given.has(value.name.value);
  visit(document, {
    StringValue: stop,
    Directive: stop,
    Field: ({ alias }) => (alias && !/^[A-Za-z][A-Za-z0-9]*$/.test(alias.value) ? stop() : undefined),
    Name: ({ value }) => (value === '__proto__' ? stop() : undefined),
    ObjectField: ({ value }) => (mayBeNull(value) ? stop() : undefined),
    ListValue: ({ values }) => (values.some(mayBeNull) ? stop() : undefined),
  });
  return plain;
}

function containsOneOf(type: GraphQLInputType, seen: Set<GraphQLInputType>): boolean {
  const named = getNamedType(type);
  if (!isInputObjectType(named) || seen.has(named)) return false;
  seen.add(named);
  return named.isOneOf || Object.values(named.getFields()).some((field) => containsOneOf(field.type, seen));
}
