import { type Api, everyNode } from '../api.js';
import type { ApiKeyFilter, KeyRowFragment } from '../gql/graphql.js';
import { ListKeys } from './key-documents.js';

/** The keys that pass a filter, newest first. */
export function everyKey(api: Api, filter: ApiKeyFilter): AsyncGenerator<KeyRowFragment> {
  return everyNode(async (first, after) => (await api.run(ListKeys, { filter, first, after })).apiKeys);
}
