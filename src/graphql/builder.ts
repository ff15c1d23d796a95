import SchemaBuilder, { type ArgBuilder } from '@pothos/core';
import DataloaderPlugin from '@pothos/plugin-dataloader';
import ErrorsPlugin from '@pothos/plugin-errors';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import WithInputPlugin from '@pothos/plugin-with-input';
import { ForbiddenError } from '../domain/access/errors.js';
import { InvalidInputError, NotFoundError, RouteChangedError, StoreError } from '../domain/errors.js';
import { invalidId, type PublicKind, publicKindOf } from '../domain/id.js';
import type { RecordBase } from '../domain/record.js';
import type { Json, JsonObject } from '../util/json/json.js';
import { DEFAULT_PAGE, MAX_PAGE } from './connection.js';
import type { GraphQLContext } from './context.js';
import { type Scopes, scopeError, scopesOf } from './scopes.js';

/** The GraphQL type of each kind of object that can be fetched by its id. */
const TYPE_NAMES = {
  project: 'Project',
  task: 'Task',
  memory: 'Memory',
  session: 'Session',
  state: 'State',
  migration: 'Migration',
  user: 'User',
  role: 'Role',
  grant: 'Grant',
  apiKey: 'ApiKey',
  outsideKey: 'OutsideKey',
  signIn: 'SignIn',
  oauthConsent: 'OAuthConsent',
} as const satisfies Record<PublicKind, string>;

/** The schema builder, with the settings that all types share. */
export const builder = new SchemaBuilder<{
  Context: GraphQLContext;
  DefaultFieldNullability: false;
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: false;
  Connection: { totalCount: () => number | Promise<number> };
  AuthScopes: Scopes;
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
    defaultTypes: [InvalidInputError, NotFoundError, ForbiddenError, StoreError, RouteChangedError],
    defaultUnionOptions: {
      name: ({ fieldName }) => `${capitalize(fieldName)}Result`,
    },
  },
  relay: {
    cursorType: 'String',
    encodeGlobalID: (_typename, id) => String(id),
    decodeGlobalID: (id) => ({ typename: typeNameOf(id), id }),
    nodeTypeOptions: {
      description: 'An object that can be fetched by its id, with `node`.',
      resolveType: (record) => typeNameOf((record as RecordBase).id),
    },
    idFieldOptions: {
      description:
        'Id of the object. It never changes and is never reused. Its prefix names the kind of record, such as `tsk_`; its last 8 characters are the same in all ids of a project.',
    },
    nodeQueryOptions: {
      description:
        'Any object by its id, deleted records included; null when there is none, or its project is deleted.',
      authScopes: { signedIn: true },
      args: { id: { description: 'Id of a project, task, memory, session, state or migration.' } },
      resolve: (_root, { id }, { loaders }) => loaders.record(id.id),
    },
    nodesQueryOptions: {
      description: `Up to ${MAX_PAGE} objects by their ids, in the order of the ids; null where \`node\` would return null.`,
      authScopes: { signedIn: true },
      args: { ids: { description: 'The ids, of any kind and from any project.' } },
      resolve: (_root, { ids }, { loaders }) => requireFew(ids).map(({ id }) => loaders.record(id)),
    },
    pageInfoTypeOptions: {
      description:
        'Cursors of the first and last item on a page, and whether there are more pages. A cursor is a position in a list or a log. It is opaque, and valid only for the list and the sort order that it comes from.',
    },
    hasNextPageFieldOptions: {
      description: "Whether more items follow this page. Always true when `before` is given: it isn't checked.",
    },
    hasPreviousPageFieldOptions: {
      description: "Whether more items precede this page. Always true when `after` is given: it isn't checked.",
    },
    startCursorFieldOptions: {
      description:
        'Cursor of the first item on the page, to pass as `before`, with `last`, for the previous page; null on an empty page.',
    },
    endCursorFieldOptions: {
      description: 'Cursor of the last item on the page, to pass as `after` for the next page; null on an empty page.',
    },
    pageInfoFieldOptions: {
      description: 'Cursors of the first and last item on the page, and whether there are more pages.',
    },
    edgesFieldOptions: {
      description: 'The items on the page, each with its cursor.',
      nullable: { list: false, items: false },
    },
    nodeFieldOptions: { description: 'The item.', nullable: false },
    cursorFieldOptions: { description: 'Cursor of the item, to pass as `after` or `before`.' },
    nodesOnConnection: { description: 'The items on the page, without cursors.' },
    firstArgOptions: {
      description: `How many items to return from the start: 1 to ${MAX_PAGE}. Default: ${DEFAULT_PAGE}, unless \`last\` is given. A page of large records may be shorter: \`hasNextPage\` says whether there are more.`,
    },
    lastArgOptions: {
      description: `How many items to return from the end, in the same order: 1 to ${MAX_PAGE}. Can't be combined with \`first\`. A page of large records may be shorter: \`hasPreviousPage\` says whether there are more.`,
    },
    afterArgOptions: { description: 'Return only items after this cursor.' },
    beforeArgOptions: {
      description:
        'Return only items before this cursor: with `last`, the nearest ones; without it, those from the start of the list.',
    },
  },
  scopeAuth: {
    // Otherwise a subscription begins before it is refused.
    authorizeOnSubscribe: true,
    authScopes: ({ principal }) => scopesOf(principal),
    unauthorizedError: (_parent, { principal }, _info, { failure }) => scopeError(principal, failure),
  },
  withInput: {
    argOptions: { description: 'The input of the mutation.' },
    typeOptions: {
      name: ({ fieldName }) => `${capitalize(fieldName)}Input`,
    },
  },
});

const NODE_KINDS = Object.keys(TYPE_NAMES) as PublicKind[];

/** The GraphQL type of the node with this id. @throws InvalidInputError when it isn't the id of a node */
export function typeNameOf(id: string): string {
  const kind = publicKindOf(id);
  if (kind === null) throw invalidId(id, NODE_KINDS);
  return TYPE_NAMES[kind];
}

/** @throws InvalidInputError when there are more ids than a page has items */
function requireFew<T>(ids: readonly T[]): readonly T[] {
  if (ids.length <= MAX_PAGE) return ids;
  throw new InvalidInputError(`${ids.length} ids are too many.`, `Request at most ${MAX_PAGE} at a time.`, 'ids');
}

/** Types of the builder, for functions that add fields. */
export type SchemaTypes = typeof builder.$inferSchemaTypes;
export type InputFields = PothosSchemaTypes.InputFieldBuilder<SchemaTypes, 'InputObject'>;
export type Arguments = ArgBuilder<SchemaTypes>;
export type ObjectFields<T> = PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, T>;

export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
