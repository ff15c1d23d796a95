import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  Lexer,
  type SelectionSetNode,
  Source,
  TokenKind,
} from 'graphql';

/** Bounds that keep one request from monopolising the server. A page of the schema's own explorer uses a tenth of each. */
export const LIMITS = {
  /** Bytes of the headers of an HTTP request. */
  headerBytes: 16 * 1024,
  /** How long an HTTP request may take to arrive completely, in ms. Checked twice a minute. */
  requestMs: 120_000,
  /** Bytes of an HTTP body or a WebSocket message. */
  bodyBytes: 16 * 1024 * 1024,
  /** Values in a request's JSON: each is an object in memory, and is inspected several times. */
  values: 100_000,
  /** Characters of a subscription's variables as JSON: they are kept while it runs. */
  subscriptionChars: 64 * 1024,
  /** Characters of a query's text, without its variables. */
  queryChars: 64 * 1024,
  tokens: 10_000,
  /** Brackets within brackets: parsing recurses. */
  nesting: 100,
  /** Fields within fields. The introspection query takes 15. */
  depth: 20,
  aliases: 250,
  /** Fields written in the query. */
  fields: 2_000,
  /** Fields selected again under the same name, and those below them: validation compares each with each. */
  repeated: 200,
  /** Fragments: validation compares each with each. */
  fragments: 50,
  /** Errors reported for a query, or for its variables. */
  mistakes: 100,
  /** Fields of an answer, as the requested page sizes allow. */
  cost: 250_000,
  /**
   * Bytes of an answer, or of an event, as JSON: as much as a request may send. Serializing it takes 60 to 100 ms of the one
   * thread, during which no other request is answered.
   */
  answerBytes: 16 * 1024 * 1024,
  /** Approximate bytes of records that one request may read. */
  recordBytes: 64 * 1024 * 1024,
  /** Bytes of records that all running requests may hold together. */
  recordBytesOfAll: 256 * 1024 * 1024,
  /** Bytes of bodies and WebSocket messages received at a time, not counting small ones. */
  bodyBytesOfAll: 64 * 1024 * 1024,
  /** Bytes of answers waiting to be sent at a time, not counting small ones. */
  answerBytesOfAll: 128 * 1024 * 1024,
  /** Characters of results of events, as JSON, that are kept for slower subscribers. */
  sharedChars: 2 * 1024 * 1024,
  /** Bodies and answers up to this size need no reservation. */
  smallBytes: 64 * 1024,
  /** Characters of a request that is parsed as soon as it arrives: a larger one waits for its turn. */
  smallChars: 1_024,
  /** Operations that run at once on one WebSocket. */
  operationsPerSocket: 1_000,
} as const;

export function tooComplex(message: string, hint: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'QUERY_TOO_COMPLEX', hint } });
}

/** The limit that the text exceeds before it is parsed; null when none. @throws GraphQLError where a token can't be read */
export function exceededByTokens(query: string): GraphQLError | null {
  if (query.length > LIMITS.queryChars) {
    return tooComplex(
      `The query's text has ${query.length} characters; the limit is ${LIMITS.queryChars}.`,
      'Pass values as variables: they may be much longer.',
    );
  }
  const lexer = new Lexer(new Source(query));
  let nesting = 0;
  for (let tokens = 0; lexer.advance().kind !== TokenKind.EOF; tokens++) {
    const { kind } = lexer.token;
    if (OPENING.has(kind)) nesting++;
    if (CLOSING.has(kind)) nesting--;
    if (tokens >= LIMITS.tokens) {
      return tooComplex(
        `The query has more than ${LIMITS.tokens} tokens.`,
        'Pass values as variables, or ask in several queries.',
      );
    }
    if (nesting > LIMITS.nesting) {
      return tooComplex(
        `The query has brackets ${nesting} deep; the limit is ${LIMITS.nesting}.`,
        'Pass deep values as variables.',
      );
    }
  }
  return null;
}

const OPENING: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** The limit that the parsed query exceeds without its variables; null when none. Each fragment is visited once, so it is fast for any query. */
export function exceededByShape(document: DocumentNode): GraphQLError | null {
  const { depth, fields, aliases, repeated, fragments } = measure(document);
  if (fields > LIMITS.fields) {
    return tooComplex(`The query has ${fields} fields; the limit is ${LIMITS.fields}.`, 'Ask in several queries.');
  }
  if (aliases > LIMITS.aliases) {
    return tooComplex(
      `The query has ${aliases} aliases; the limit is ${LIMITS.aliases}.`,
      'Use `nodes(ids:)` to read many records at once, or ask in several queries.',
    );
  }
  if (repeated > LIMITS.repeated) {
    return tooComplex(
      `The query asks ${repeated} times for fields that it asks for already; the limit is ${LIMITS.repeated}.`,
      'Ask for each field once, or give each an alias.',
    );
  }
  if (fragments > LIMITS.fragments) {
    return tooComplex(
      `The query has ${fragments} fragments; the limit is ${LIMITS.fragments}.`,
      'Write fields that are needed once where they are needed, or ask in several queries.',
    );
  }
  if (depth > LIMITS.depth) {
    return tooComplex(
      `The query is ${depth} fields deep; the limit is ${LIMITS.depth}.`,
      'Ask for the inner records by their ids in a second query.',
    );
  }
  return null;
}

function measure(document: DocumentNode) {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const fragmentDepths = new Map<string, number>();
  let fields = 0;
  let aliases = 0;
  let repeated = 0;

  const depthOfFragment = (name: string): number => {
    const known = fragmentDepths.get(name);
    if (known !== undefined) return known;
    fragmentDepths.set(name, 0); // a cycle: validation refuses it
    const fragment = fragments.get(name);
    const depth = fragment ? depthOf(fragment.selectionSet, new Set()) : 0;
    fragmentDepths.set(name, depth);
    return depth;
  };
  /** @param names selected at this place so far */
  const depthOf = (set: SelectionSetNode, names: Set<string>): number => {
    let deepest = 0;
    for (const selection of set.selections) {
      let depth: number;
      if (selection.kind === Kind.FIELD) {
        fields++;
        if (selection.alias) aliases++;
        const before = fields;
        depth = 1 + (selection.selectionSet ? depthOf(selection.selectionSet, new Set()) : 0);
        const name = selection.alias?.value ?? selection.name.value;
        if (names.has(name)) repeated += 1 + fields - before;
        names.add(name);
      } else {
        depth =
          selection.kind === Kind.INLINE_FRAGMENT
            ? depthOf(selection.selectionSet, names)
            : depthOfFragment(selection.name.value);
      }
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  };

  let depth = 0;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION)
      depth = Math.max(depth, depthOf(definition.selectionSet, new Set()));
    if (definition.kind === Kind.FRAGMENT_DEFINITION) depthOfFragment(definition.name.value);
  }
  return { depth, fields, aliases, repeated, fragments: fragments.size };
}
