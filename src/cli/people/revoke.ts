import { type Api, everyNode } from '../api.js';
import { payloadOf } from '../exit.js';
import type { KeyRowFragment } from '../gql/graphql.js';
import { ListKeys, RevokeKey } from './key-documents.js';

/** Revokes a key. @returns it, and the others that end with it @throws CliError */
export async function revokeKey(api: Api, id: string) {
  return payloadOf((await api.run(RevokeKey, { input: { id } })).revokeApiKey);
}

/** The keys of a user that can be used. */
export async function activeKeysOf(api: Api, ownerId: string): Promise<readonly KeyRowFragment[]> {
  const keys: KeyRowFragment[] = [];
  const filter = { ownerId, isActive: true };
  const read = async (first: number, after: string | null) =>
    (await api.run(ListKeys, { filter, first, after })).apiKeys;
  for await (const key of everyNode(read)) keys.push(key);
  return keys;
}
