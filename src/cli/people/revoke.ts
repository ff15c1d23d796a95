import type { Api } from '../api.js';
import { payloadOf } from '../exit.js';
import type { KeyRowFragment } from '../gql/graphql.js';
import { everyKey } from './every-key.js';
import { RevokeKey } from './key-documents.js';

/** Revokes a key. @returns it, and the others that end with it @throws CliError */
export async function revokeKey(api: Api, id: string) {
  return payloadOf((await api.run(RevokeKey, { input: { id } })).revokeApiKey);
}

/** The keys of a user that can be used. */
export async function activeKeysOf(api: Api, ownerId: string): Promise<readonly KeyRowFragment[]> {
  const keys: KeyRowFragment[] = [];
  for await (const key of everyKey(api, { ownerId, isActive: true })) keys.push(key);
  return keys;
}
