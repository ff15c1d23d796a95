import type { ApiKey } from '../../../domain/access/api-key.js';
import { idOf } from '../../../domain/fields/common.js';
import { parseInput } from '../../../domain/fields/parse.js';
import { apiKeyFilter } from '../../../services/input/api-key.js';
import { withoutNulls } from '../../arguments.js';
import { builder } from '../../builder.js';
import { listRecords } from '../../lists.js';
import { ApiKeyRef } from '../../refs.js';
import { recordConnection } from '../list-types.js';

const ApiKeyConnection = recordConnection(ApiKeyRef, 'ApiKey', 'API keys');

const ApiKeyFilterInput = builder.inputType('ApiKeyFilter', {
  description: 'Conditions on API keys, all of which must be met. One that is left out, or null, restricts nothing.',
  fields: (t) => ({
    ownerId: t.id({ description: 'Keys of this user.' }),
    isService: t.boolean({ description: 'Whether they are service keys.' }),
    projectId: t.id({
      description:
        "Keys that aren't limited to other projects than this one: those limited to it, those to which it is granted, and those for all projects.",
    }),
    isActive: t.boolean({
      description: "Whether they are neither revoked nor expired. Whether their owner is disabled isn't considered.",
    }),
    query: t.string({ description: 'Text in the name, regardless of case; at most 1,000 characters.' }),
  }),
});

const NEWEST_FIRST = { field: 'createdAt', direction: 'DESC' } as const;

builder.queryFields((t) => ({
  apiKey: t.field({
    type: ApiKeyRef,
    nullable: true,
    description: 'An API key by its id, revoked or not; null when there is none that you may see.',
    authScopes: { signedIn: true },
    args: { id: t.arg.id({ required: true, description: 'Id of the key: `key_…`, not the key itself.' }) },
    resolve: (_, { id }, { loaders }) => loaders.record(parseInput(idOf('apiKey'), id, 'id')) as Promise<ApiKey | null>,
  }),
  apiKeys: t.field({
    type: ApiKeyConnection,
    description: 'The API keys that you may see, as `ApiKey` says, newest first, revoked and expired ones included.',
    authScopes: { signedIn: true },
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: ApiKeyFilterInput, description: 'Return only keys that match. Default: all.' }),
    },
    resolve: async (_, { filter: given, ...args }, { services, principal }) => {
      const filter = parseInput(apiKeyFilter, withoutNulls(given), 'filter');
      const keys = await services.keys.seenBy(principal);
      return listRecords(keys, 'this server', args, { filter, deleted: 'EXCLUDE', order: NEWEST_FIRST });
    },
  }),
}));
