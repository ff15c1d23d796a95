import type { Api } from '../api.js';
import { CliError, EXIT } from '../exit.js';
import { FindUsers, GetUser } from './user-documents.js';

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
  const wanted = email.trim().toLowerCase();
  const deleted = isDeleted ? 'ONLY' : 'EXCLUDE';
  for (let after: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof read>> = await read(api, { query: wanted, deleted, after });
    const found = page.nodes.find((user) => user?.email === wanted);
    if (found) return found;
    after = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage) return null;
  }
}

const read = async (api: Api, variables: { query: string; deleted: 'ONLY' | 'EXCLUDE'; after: string | null }) =>
  (await api.run(FindUsers, variables)).users;
