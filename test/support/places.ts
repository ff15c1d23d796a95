import {
  buildSchema,
  coerceInputValue,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** A place in the arguments of one field where a value may be put. */
export interface Place {
  /** Such as `Project.tasks(filter.statuses)`. */
  readonly name: string;
  readonly parent: string;
  readonly field: GraphQLField<unknown, unknown>;
  readonly path: readonly string[];
}

/** Valid values of what is required, by the name of the place's last part or, failing that, of its type. */
export type Seeds = { readonly [name: string]: unknown };

export function readSchema(sdl: string): GraphQLSchema {
  return buildSchema(sdl);
}

/** Every argument of every field, and every field of the inputs that they take. */
export function placesOf(schema: GraphQLSchema): readonly Place[] {
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith('__'));
  return types.flatMap((type) =>
    isObjectType(type)
      ? Object.values(type.getFields()).flatMap((field) =>
          field.args.flatMap((arg) =>
            pathsIn(arg).map((path) => ({
              name: `${type.name}.${field.name}(${path.join('.')})`,
              ...{ parent: type.name, field, path },
            })),
          ),
        )
      : [],
  );
}

function pathsIn(input: GraphQLArgument | GraphQLInputField): readonly (readonly string[])[] {
  const type = getNamedType(input.type);
  const inner = isInputObjectType(type) ? Object.values(type.getFields()).flatMap(pathsIn) : [];
  return [[input.name], ...inner.map((path) => [input.name, ...path])];
}

/** The field's arguments: valid ones where they are required, and this value at the place. */
export function argumentsWith({ field, path }: Place, value: unknown, seeds: Seeds): Record<string, unknown> {
  return fill(field.args, path, value, seeds);
}

function fill(
  inputs: readonly (GraphQLArgument | GraphQLInputField)[],
  [name, ...rest]: readonly string[],
  value: unknown,
  seeds: Seeds,
): Record<string, unknown> {
  const entries = inputs.flatMap((input): readonly (readonly [string, unknown])[] => {
    if (input.name !== name) {
      const isNeeded = isNonNullType(input.type) && input.defaultValue === undefined;
      return isNeeded || input.name in ALWAYS ? [[input.name, seedOf(input.name, input.type, seeds)]] : [];
    }
    if (rest.length === 0) return [[input.name, value]];
    const type = getNamedType(input.type);
    const inner = isInputObjectType(type) ? fill(membersOf(type, rest[0]!), rest, value, seeds) : value;
    return [[input.name, isListType(getNullableType(input.type)) ? [inner] : inner]];
  });
  return Object.fromEntries(entries);
}

/** An attempt must not move anything. */
const ALWAYS: Seeds = { dryRun: true };

/** Of an input that takes exactly one of its fields, only that. */
function membersOf(type: ReturnType<typeof getNamedType>, chosen: string): readonly GraphQLInputField[] {
  if (!isInputObjectType(type)) return [];
  const fields = Object.values(type.getFields());
  return type.isOneOf ? fields.filter(({ name }) => name === chosen) : fields;
}

function seedOf(name: string, type: GraphQLInputType, seeds: Seeds): unknown {
  if (name in ALWAYS) return ALWAYS[name];
  if (name in seeds) return seeds[name];
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [seedOf('', nullable.ofType, seeds)];
  if (isEnumType(nullable)) return nullable.getValues()[0]!.name;
  if (isInputObjectType(nullable)) {
    const first = Object.keys(nullable.getFields())[0]!;
    return nullable.isOneOf
      ? { [first]: seedOf(first, nullable.getFields()[first]!.type, seeds) }
      : fill(Object.values(nullable.getFields()), [], undefined, seeds);
  }
  if (!(getNamedType(type).name in seeds)) throw new Error(`Say what a valid ${name}: ${type} is.`);
  return seeds[getNamedType(type).name];
}

/** Whether GraphQL itself lets a value through at a place. */
export function isTaken({ field, path }: Place, value: unknown): boolean {
  let inputs: readonly (GraphQLArgument | GraphQLInputField)[] = field.args;
  let type: GraphQLInputType | undefined;
  for (const name of path) {
    type = inputs.find((input) => input.name === name)?.type;
    const named = type && getNamedType(type);
    inputs = isInputObjectType(named) ? Object.values(named.getFields()) : [];
  }
  let isFit = true;
  if (type)
    coerceInputValue(value, type, () => {
      isFit = false;
    });
  return isFit;
}

/** The types of root fields. */
const ROOTS = ['Query', 'Mutation', 'Subscription'];
/** Types that are reached without an id. */
export const REACHED = [...ROOTS, 'Viewer'];

/** A query of one field whose arguments are variables, or literals. */
export function queryOf(schema: GraphQLSchema, { parent, field }: Place, written?: string): string {
  const isRoot = ROOTS.includes(parent);
  const declared = written === undefined ? field.args.map(({ name, type }) => `$${name}: ${type}`) : [];
  const passed = written ?? field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const asked = `${field.name}(${passed})${selectionOf(schema, field)}`;
  const variables = [...declared, ...(isRoot || parent === 'Viewer' ? [] : ['$nodeId: ID!'])];
  const head = `${isRoot ? parent.toLowerCase() : 'query'} Try${variables.length > 0 ? `(${variables.join(', ')})` : ''}`;
  if (parent === 'Viewer') return `${head} { viewer { ${asked} } }`;
  return isRoot ? `${head} { ${asked} }` : `${head} { node(id: $nodeId) { ... on ${parent} { ${asked} } } }`;
}

/** Enough of an answer to see an error, and to make lists be read. */
function selectionOf(schema: GraphQLSchema, { type }: GraphQLField<unknown, unknown>): string {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return '';
  const errors = isAbstractType(named) && schema.getPossibleTypes(named).some(({ name }) => name.endsWith('Error'));
  const fields = isObjectType(named) ? Object.keys(named.getFields()) : [];
  const counted = fields.includes('totalCount') ? ' totalCount' : '';
  return ` { __typename${counted}${errors ? ' ... on Error { code message hint }' : ''} }`;
}

/** Arguments as they are written in a query. */
export function written(args: object, inputs: readonly (GraphQLArgument | GraphQLInputField)[]): string {
  return Object.entries(args)
    .map(([name, value]) => {
      const input = inputs.find((each) => each.name === name);
      return `${name}: ${writeValue(value, input?.type)}`;
    })
    .join(', ');
}

function writeValue(value: unknown, type: GraphQLInputType | undefined): string {
  const named = type && getNamedType(type);
  if (Array.isArray(value)) return `[${value.map((each) => writeValue(each, named)).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${written(value, isInputObjectType(named) ? Object.values(named.getFields()) : [])}}`;
  if (typeof value === 'string' && isEnumType(named) && named.getValue(value)) return value;
  return JSON.stringify(value);
}
