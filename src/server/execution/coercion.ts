import {
  coerceInputValue,
  GraphQLError,
  GraphQLFloat,
  GraphQLID,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';
import { MooringError } from '../../domain/errors.js';
import { isDeeperThan } from '../../util/json/json.js';
import { describeLost } from '../../util/json/json-number.js';
import { LIMITS } from '../limits.js';
import type { Variables } from './cost.js';

/**
 * Describes invalid values of a request by their place and type. GraphQL's own messages quote the value, which may be a secret
 * in the wrong place, and answers end up in logs. Names of fields and types are not values.
 */

/** The most errors reported for a request's variables. */
const MAX_MISTAKES = 20;
/** A key that is longer, or isn't a name, may be data. */
const NAMED_FIELD = /^Field "[_A-Za-z][_0-9A-Za-z]{0,63}" /;
const WANTED: { readonly [type: string]: string } = {
  Int: 'a whole number within 32 bits',
  Float: 'a number',
  String: 'a text',
  Boolean: 'true or false',
  ID: 'a text or a whole number',
};

export interface CoercionOptions {
  /** Whether messages must not reveal other parts of the schema. */
  readonly hideSuggestions: boolean;
}

// — variables —

/** The errors of an operation's variables; empty when they are valid. */
export function variableErrors(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  sent: Variables,
  options: CoercionOptions,
): readonly GraphQLError[] {
  const errors: GraphQLError[] = [];
  for (const definition of operation.variableDefinitions ?? []) {
    const type = typeFromAST(schema, definition.type);
    if (isInputType(type)) errors.push(...mistakesIn(definition, type, sent, MAX_MISTAKES - errors.length, options));
    if (errors.length >= MAX_MISTAKES) break;
  }
  return errors;
}

function mistakesIn(
  definition: VariableDefinitionNode,
  type: GraphQLInputType,
  sent: Variables,
  max: number,
  options: CoercionOptions,
): readonly GraphQLError[] {
  const name = definition.variable.name.value;
  const errors: GraphQLError[] = [];
  const report = (message: string, originalError?: Error) =>
    errors.push(new GraphQLError(`Variable "$${name}" ${message}`, { nodes: definition, originalError }));
  const value = sent[name];
  if (value == null) {
    const isMissing = !Object.hasOwn(sent, name);
    if (isNonNullType(type) && isMissing && !definition.defaultValue)
      report(`of required type "${type}" was not provided.`);
    if (isNonNullType(type) && !isMissing) report(`of non-null type "${type}" must not be null.`);
    return errors;
  }
  const onError = (path: readonly (string | number)[], invalid: unknown, error: GraphQLError): void => {
    const place = path.length > 0 ? ` at "${name}${path.map(step).join('')}"` : '';
    const wanted = typeAt(type, path);
    const isOfValue = invalid != null && !isInputObjectType(getNamedType(wanted));
    const message = isOfValue
      ? mismatch(wanted, foundAs(wanted, invalid), error.originalError, options)
      : withoutOddName(error.message);
    report(`got an invalid value${place}; ${message}`, error.originalError);
    if (errors.length >= max) throw ENOUGH;
  };
  try {
    coerceInputValue(value, type, onError, options.hideSuggestions);
  } catch (error) {
    if (error !== ENOUGH) throw error;
  }
  return errors;
}

const ENOUGH = new Error('Enough mistakes were found.');

function step(key: string | number): string {
  return typeof key === 'number' ? `[${key}]` : `.${key}`;
}

function typeAt(type: GraphQLInputType, path: readonly (string | number)[]): GraphQLInputType {
  return path.reduce<GraphQLInputType>((outer, key) => {
    const at = getNullableType(outer);
    if (typeof key === 'number') return isListType(at) ? at.ofType : at;
    return (isInputObjectType(at) && at.getFields()[key]?.type) || at;
  }, type);
}

/** Whether lists and objects in variables are nested too deeply: the code that reads them recurses. */
export function isTooDeep(variables: Variables): boolean {
  return isDeeperThan(LIMITS.nesting, variables);
}

export const TOO_DEEP = {
  message: `The variables nest lists and objects more than ${LIMITS.nesting} deep.`,
  hint: 'Flatten them, or send the inner part as a string.',
} as const;

// — messages —

/** Which type was expected where another was found. @param cause the type's own error */
export function mismatch(
  type: GraphQLInputType,
  found: string,
  cause: Error | undefined,
  options: CoercionOptions,
): string {
  const named = getNamedType(type);
  const wanted = WANTED[named.name];
  const expected = `Expected type "${named.name}"${wanted ? ` (${wanted})` : ''}, found ${found}.`;
  // The messages of our own scalars say what they expect, and quote nothing.
  if (cause instanceof MooringError) return `${expected} ${cause.message}`;
  if (!isEnumType(named) || options.hideSuggestions) return expected;
  const values = named.getValues().map(({ name }) => name);
  return `${expected} It is one of ${values.join(', ')}.`;
}

function withoutOddName(message: string): string {
  const isOdd = message.startsWith('Field "') && !NAMED_FIELD.test(message);
  return isOdd ? "It has a field whose name the input doesn't know." : message;
}

/** A number that can't be represented is described where nothing else is wrong. */
export function foundAs(type: GraphQLInputType, value: unknown): string {
  const takesNumbers = [GraphQLFloat, GraphQLID].some((each) => each === getNamedType(type));
  return typeof value === 'symbol' && takesNumbers ? describeLost(value).message : kindOf(value);
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return 'a text';
    case 'number':
    case 'symbol':
      return 'a number';
    case 'boolean':
      return 'true or false';
    default:
      return 'an object';
  }
}

/** A message about a query's syntax, without the unexpected string or number that it quotes. */
export function withoutToken(message: string): string {
  return message.replace(/^(Syntax Error: .*?)\b((?:Block)?String|Int|Float) "[\s\S]*$/, '$1$2.');
}

/** A message about an argument of a running operation, without the value that it quotes. */
export function withoutArgument(message: string): string {
  return message.replace(/^(Argument "\w+"(?: of type "[^"]*")? has) invalid value [\s\S]*$/, '$1 an invalid value.');
}
