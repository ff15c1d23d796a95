import SchemaBuilder from '@pothos/core';
import DataloaderPlugin from '@pothos/plugin-dataloader';
import ErrorsPlugin from '@pothos/plugin-errors';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import WithInputPlugin from '@pothos/plugin-with-input';
import { InvalidInputError, NotFoundError, RouteChangedError, StoreError } from '../domain/errors.js';
import type { RecordBase } from '../domain/record.js';
import type { Json, JsonObject } from '../util/json.js';
import { DEFAULT_PAGE, MAX_PAGE } from './connection.js';
import type { GraphQLContext } from './context.js';
import { requireFew, typeNameOf } from './ids.js';

/** The builder of the schema: what holds for all types is said here. */
export const builder = new SchemaBuilder<{
  Context: GraphQLContext;
  DefaultFieldNullability: false;
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: false;
  Connection: { totalCount: () => number | Promise<number> };
  AuthScopes: {
    /** Whether who asks may see and change how the server keeps its data. */
    canAdminister: boolean;
  };
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: string; Output: string };
    JSON: { Input: Json; Output: Json };
    JSONObject: { Input: JsonObject; Output: JsonObject };
  };
}>({
  plugins: [ErrorsPlugin, RelayPlugin, ScopeAuthPlugin, WithInputPlugin, DataloaderPlugin],
  defaultFieldNullability: false,
  errors: {
    directResult: true,
    defaultTypes: [InvalidInputError, NotFoundError, StoreError, RouteChangedError],
    defaultUnionOptions: {
      name: ({ fieldName }) => `${capitalize(fieldName)}Result`,
      description: 'What the mutation gave, or the one thing that stood in its way. Nothing was written in that case.',
    },
  },
  relay: {
    cursorType: 'String',
    encodeGlobalID: (_typename, id) => String(id),
    decodeGlobalID: (id) => ({ typename: typeNameOf(id), id }),
    nodeTypeOptions: {
      description: 'A record that can be found by its id alone.',
      resolveType: (record) => typeNameOf((record as RecordBase).id),
    },
    idFieldOptions: { description: 'Says of itself what kind of record it is of (its prefix) and of which project.' },
    nodeQueryOptions: {
      description: 'The record of an id, of whatever kind, deleted ones included; null when there is none.',
      args: { id: { description: 'Id of a project, task, memory, session, state or migration.' } },
      resolve: (_root, { id }, { loaders }) => loaders.record(id.id),
    },
    nodesQueryOptions: {
      description: `The records of up to ${MAX_PAGE} ids, in the order of the ids; null where there is none.`,
      args: { ids: { description: 'Ids of any kinds, of any projects.' } },
      resolve: (_root, { ids }, { loaders }) => requireFew(ids).map(({ id }) => loaders.record(id)),
    },
    pageInfoTypeOptions: { description: 'Where a page stands in its list.' },
    hasNextPageFieldOptions: { description: 'Whether the list goes on after this page.' },
    hasPreviousPageFieldOptions: { description: 'Whether there is anything before this page.' },
    startCursorFieldOptions: { description: "Cursor of the page's first item; null on an empty page." },
    endCursorFieldOptions: { description: "Cursor of the page's last item; null on an empty page." },
    pageInfoFieldOptions: { description: 'Where the page stands in the list.' },
    edgesFieldOptions: {
      description: 'The items of the page, each with its cursor.',
      nullable: { list: false, items: false },
    },
    nodeFieldOptions: { description: 'The item.', nullable: false },
    cursorFieldOptions: { description: 'Where the item stands in the list.' },
    nodesOnConnection: { description: 'The items of the page, without their cursors.' },
    firstArgOptions: {
      description: `How many from the start of the range: 1 to ${MAX_PAGE}; ${DEFAULT_PAGE} when left out. A page of large records may be shorter: \`hasNextPage\` says whether there is more.`,
    },
    lastArgOptions: {
      description: `How many from the end of the range: 1 to ${MAX_PAGE}. Not together with \`first\`.`,
    },
    afterArgOptions: { description: 'Only what comes after this cursor.' },
    beforeArgOptions: { description: 'Only what comes before this cursor.' },
  },
  // There are no users yet: whoever can connect runs the server.
  scopeAuth: { authScopes: () => ({ canAdminister: true }) },
  withInput: {
    argOptions: { description: 'What the mutation needs to know.' },
    typeOptions: {
      name: ({ fieldName }) => `${capitalize(fieldName)}Input`,
      description: 'What the mutation of this name needs to know.',
    },
  },
});

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
