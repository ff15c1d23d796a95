import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  type OperationTypeNode,
  parse,
  validate,
} from 'graphql';
import { redactText } from '../../secrets/redact.js';
import { forgettable } from '../../util/forgettable.js';
import { refused } from '../errors.js';
import { exceededByShape, exceededByTokens, LIMITS, tooComplex } from '../limits.js';
import { compile, type Run } from './compiled.js';
import { costOf, type Variables } from './cost.js';
import { RULES } from './validation.js';

/** One operation of a valid document. */
export interface Operation {
  readonly kind: OperationTypeNode;
  readonly name: string | undefined;
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  /** Names of the variables that it declares. */
  readonly variables: readonly string[];
  /** How many fields the answer may hold. */
  cost(variables: Variables): number;
  /** Runs a query or a mutation. */
  run(context: unknown, variables: Variables): ExecutionResult | Promise<ExecutionResult>;
}

/** Valid documents by their text. */
export interface DocumentCache {
  /** The operation of a query's text, or the errors that prevent it. */
  find(query: string, operationName: string | undefined): Operation | readonly GraphQLError[];
  /** Forgets all documents. */
  clear(): void;
}

interface ParsedDocument {
  readonly document: DocumentNode;
  readonly operations: Map<string | undefined, Operation>;
}

/** Documents kept, and their characters together: a syntax tree takes some 50 times its text. */
const MAX_DOCUMENTS = 1_000;
const MAX_CHARS = 1_000_000;
/** Runs after which an operation is worth the milliseconds of compiling it. */
const RUNS_BEFORE_COMPILING = 2;

const SCHEMA_HINT =
  'Check the query against the schema: schema.graphql has it, and so has introspection where it is allowed.';

/** What to do about an error. Incremental delivery is recognised by its directives, which this server doesn't have. */
function hintFor({ message }: GraphQLError): string {
  return /^Unknown directive "@(defer|stream)"/.test(message) ? WHOLE_HINT : SCHEMA_HINT;
}

const WHOLE_HINT = 'Answers come whole. Leave the directive out, and request slow fields separately.';

/** How GraphQL reports that it stopped validating: after a number of errors, or of pairs of fields. */
const GAVE_UP = /^(Too many validation errors, error limit reached\. )?Validation aborted\.$/;

const TOO_MANY_MISTAKES = tooComplex(
  'The query has more errors, or fields to compare, than are checked.',
  'Fix the reported ones, or split the query, and send it again.',
);

/** Parses and validates each text once while it is in use, and compiles operations that are run repeatedly. A purge clears it. */
export function createDocumentCache(
  schema: GraphQLSchema,
  options: { readonly introspection: boolean },
): DocumentCache {
  const rules = options.introspection ? RULES : [...RULES, NoSchemaIntrospectionCustomRule];
  // "Did you mean …" reveals the schema, name by name.
  const hideSuggestions = !options.introspection;
  const documents = new Map<string, ParsedDocument>();
  let chars = 0;

  const read = (query: string): ParsedDocument | readonly GraphQLError[] => {
    const document = parseLimited(query);
    if (document instanceof GraphQLError) return [document];
    const exceeded = exceededByShape(document);
    if (exceeded) return [exceeded];
    const errors = validate(schema, document, rules, { maxErrors: LIMITS.mistakes, hideSuggestions });
    if (errors.length === 0) return { document, operations: new Map() };
    return errors.map((error) => (GAVE_UP.test(error.message) ? TOO_MANY_MISTAKES : refused(error, hintFor(error))));
  };

  const remember = (query: string, parsed: ParsedDocument): void => {
    documents.set(query, parsed);
    chars += query.length;
    for (const oldest of documents.keys()) {
      if (documents.size <= MAX_DOCUMENTS && chars <= MAX_CHARS) break;
      documents.delete(oldest);
      chars -= oldest.length;
    }
  };

  const find: DocumentCache['find'] = (query, operationName) => {
    let parsed: ParsedDocument | readonly GraphQLError[] | undefined = documents.get(query);
    if (parsed) {
      documents.delete(query); // inserted again as the latest
      documents.set(query, parsed);
    } else {
      parsed = read(query);
      if (!('operations' in parsed)) return parsed;
      remember(query, parsed);
    }
    const known = parsed.operations.get(operationName);
    if (known) return known;
    const definition = findOperation(parsed.document, operationName);
    if (definition instanceof GraphQLError) return [definition];
    const operation = createOperation(schema, parsed.document, definition, hideSuggestions);
    parsed.operations.set(operationName, operation);
    return operation;
  };

  // A query may contain text to be saved, rather than pass it in variables.
  return forgettable({
    find,
    clear() {
      documents.clear();
      chars = 0;
    },
  });
}

function createOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  definition: OperationDefinitionNode,
  hideSuggestions: boolean,
): Operation {
  const name = definition.name?.value;
  let runs = 0;
  let compiled: Run | null = null;
  return {
    kind: definition.operation,
    name,
    document,
    definition,
    variables: definition.variableDefinitions?.map(({ variable }) => variable.name.value) ?? [],
    cost: costOf(schema, document, definition),
    run: (contextValue, variableValues) => {
      if (compiled) return compiled(contextValue, variableValues);
      if (runs++ === RUNS_BEFORE_COMPILING) {
        compile(schema, document, definition, { hideSuggestions }).then(
          (run) => {
            compiled = run;
          },
          () => undefined, // it stays interpreted
        );
      }
      return execute({
        schema,
        document,
        contextValue,
        variableValues,
        operationName: name,
        hideSuggestions,
        options: { maxCoercionErrors: LIMITS.mistakes },
      });
    },
  };
}

function parseLimited(query: string): DocumentNode | GraphQLError {
  try {
    return exceededByTokens(query) ?? parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) return refused(error, 'Fix the syntax of the query.');
    throw error;
  }
}

function findOperation(document: DocumentNode, name: string | undefined): OperationDefinitionNode | GraphQLError {
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  const found = name === undefined ? operations : operations.filter((each) => each.name?.value === name);
  if (found.length === 1) return found[0]!;
  const listed = operations.map((each) => each.name?.value).filter(Boolean);
  const names = redactText(listed.join(', ')).text.slice(0, 200);
  const message =
    name === undefined
      ? 'The document has several operations.'
      : `The document has no operation named ${JSON.stringify(redactText(name).text.slice(0, 80))}.`;
  return new GraphQLError(operations.length === 0 ? 'The document has no operation.' : message, {
    extensions: {
      code: 'INVALID_INPUT',
      hint: names ? `Set \`operationName\` to one of: ${names}.` : 'Send a query, a mutation or a subscription.',
    },
  });
}
