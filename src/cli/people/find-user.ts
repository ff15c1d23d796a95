import { type Api, everyNode } from '../api.js';
import { CliError, EXIT } from '../exit.js';
import type { UserFilter, UserRowFragment } from '../gql/graphql.js';
import { GetUser, ListUsers } from './user-documents.js';

/**
 * Finds a user by email, whatever its case, or by id.
 * @param isDeleted whether deleted ones are looked for
 * @throws CliError when there is none
 */
export async function findUser(api: Api, named: string, { isDeleted = false } = {}) {
  const user = named.startsWith('usr_')
    ? (await api.run(GetUser, { id: named })).user
    : await byEmail(api, named, isDeleted);
  if (user && (user.deletedAt !== null) === isDeleted) return user;
  throw new CliError(
    EXIT.notFound,
    `There is no ${isDeleted ? 'deleted ' : ''}user ${named}${user ? (isDeleted ? ': they are live' : ': they are deleted') : ''}.`,
    `See which there are with \`mooring users list${isDeleted ? ' --deleted' : ''}\`.`,
    'NOT_FOUND',
  );
}

async function byEmail(api: Api, email: string, isDeleted: boolean) {
  for await (const user of everyUser(api, { query: email.trim() }, isDeleted)) {
    if (user.email === email.trim().toLowerCase()) return user;
  }
  return null;
}

/** The users that pass a filter, newest first. @param isDeleted whether the deleted ones, in place of the live ones */
export function everyUser(api: Api, filter: UserFilter, isDeleted: boolean): AsyncGenerator<UserRowFragment> {
  const deleted = isDeleted ? 'ONLY' : 'EXCLUDE';
  return everyNode(async (first, after) => (await api.run(ListUsers, { filter, deleted, first, after })).users);
}
