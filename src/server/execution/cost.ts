import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  type ValueNode,
} from 'graphql';
import { DEFAULT_PAGE } from '../../graphql/connection.js';

export type Variables = Readonly<Record<string, unknown>>;

/** The fields below a selection: those that occur once, and groups that occur once per item of a page. */
interface CostNode {
  fields: number;
  readonly groups: { readonly size: (variables: Variables) => number; readonly node: CostNode }[];
}

/** How many items the lists of introspection have, on average. */
const INTROSPECTED: Readonly<Record<string, number>> = {
  types: 250,
  fields: 5,
  inputFields: 2,
  args: 1,
  enumValues: 2,
  possibleTypes: 1,
  interfaces: 1,
  directives: 8,
};

const ONE = () => 1;

/**
 * The largest number of fields in the answer of an operation: each field is one, and the fields below one with `first`, `last`
 * or `ids` count once per item, as do those below one with the extension `size`. The document must be valid.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): (variables: Variables) => number {
  const root = schema.getRootType(operation.operation);
  if (!root) return () => 0;
  const node = buildTree(schema, document)(operation.selectionSet, root);
  if (node.groups.length === 0) return () => node.fields;
  return (variables) => evaluate(node, { ...defaults(operation), ...variables }, new Map());
}

function fieldOf(type: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> | undefined {
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}

/** The cost of a field alone: 1, or the extension `cost` of its declaration. */
function ownCost(field: GraphQLField<unknown, unknown> | undefined): number {
  return typeof field?.extensions.cost === 'number' ? field.extensions.cost : 1;
}

function buildTree(schema: GraphQLSchema, document: DocumentNode) {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const built = new Map<string, CostNode>();
  const fragmentNode = (name: string): CostNode => {
    const known = built.get(name);
    if (known) return known;
    const fragment = fragments.get(name)!;
    const node = build(fragment.selectionSet, compositeType(schema, fragment.typeCondition.name.value));
    built.set(name, node);
    return node;
  };
  const build = (set: SelectionSetNode, type: GraphQLCompositeType): CostNode => {
    const node: CostNode = { fields: 0, groups: [] };
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        add(node, ONE, fragmentNode(selection.name.value));
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition;
        add(node, ONE, build(selection.selectionSet, condition ? compositeType(schema, condition.name.value) : type));
      } else {
        const field = fieldOf(type, selection.name.value);
        const below = field && getNamedType(field.type);
        node.fields += ownCost(field);
        if (selection.selectionSet && isCompositeType(below)) {
          add(node, sizeOf(selection, field, type.name.startsWith('__')), build(selection.selectionSet, below));
        }
      }
    }
    return node;
  };
  return build;
}

/** Folds a group that occurs exactly once into its parent, so that most queries are one number. */
function add(parent: CostNode, size: (variables: Variables) => number, node: CostNode): void {
  if (size === ONE && node.groups.length === 0) parent.fields += node.fields;
  else parent.groups.push({ size, node });
}

function evaluate(node: CostNode, variables: Variables, known: Map<CostNode, number>): number {
  const before = known.get(node);
  if (before !== undefined) return before;
  const cost = node.groups.reduce(
    (sum, group) => sum + group.size(variables) * evaluate(group.node, variables, known),
    node.fields,
  );
  known.set(node, cost);
  return cost;
}

/** How often the fields below a field occur. */
function sizeOf(
  node: FieldNode,
  field: GraphQLField<unknown, unknown> | undefined,
  isIntrospection: boolean,
): (variables: Variables) => number {
  const introspected = INTROSPECTED[node.name.value];
  if (introspected !== undefined && isIntrospection) return () => introspected;
  const sizing = field?.args.filter(({ name }) => name === 'first' || name === 'last' || name === 'ids') ?? [];
  if (sizing.length === 0) {
    const size = field?.extensions.size;
    return typeof size === 'number' ? () => size : ONE;
  }
  const given = sizing.map((arg) => node.arguments?.find(({ name }) => name.value === arg.name)?.value);
  const fallback =
    sizing.map(({ defaultValue }) => defaultValue).find((value) => typeof value === 'number') ?? DEFAULT_PAGE;
  return (variables) => {
    const sizes = given.map((value) => value && amount(value, variables)).filter((size) => size !== undefined);
    return sizes.length > 0 ? Math.max(...sizes) : Number(fallback);
  };
}

function amount(value: ValueNode, variables: Variables): number | undefined {
  if (value.kind === Kind.INT) return count(Number(value.value));
  if (value.kind === Kind.LIST) return value.values.length;
  return value.kind === Kind.VARIABLE ? count(variables[value.name.value]) : undefined;
}

function count(value: unknown): number | undefined {
  if (Array.isArray(value)) return value.length;
  return typeof value === 'number' ? Math.max(0, value) : undefined;
}

function defaults(operation: OperationDefinitionNode): Variables {
  const values: Record<string, unknown> = {};
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    if (defaultValue?.kind === Kind.INT) values[variable.name.value] = Number(defaultValue.value);
    if (defaultValue?.kind === Kind.LIST) values[variable.name.value] = defaultValue.values;
  }
  return values;
}

function compositeType(schema: GraphQLSchema, name: string): GraphQLCompositeType {
  const type = schema.getType(name);
  if (!isCompositeType(type)) throw new Error(`${name} has no fields.`);
  return type;
}
