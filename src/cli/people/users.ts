import type { Command } from 'commander';
import { confirm } from '../ask.js';
import { payloadOf } from '../exit.js';
import type { UserRowFragment } from '../gql/graphql.js';
import type { Output } from '../output.js';
import { acting, type Session, withGlobalOptions } from '../session.js';
import { printTable } from '../table.js';
import { everyUser, findUser } from './find-user.js';
import { linkAt, printLink } from './link.js';
import { findRole } from './roles.js';
import {
  CreateUser,
  DeleteUser,
  DisableUser,
  EnableUser,
  InviteUser,
  RestoreUser,
  UpdateUser,
} from './user-documents.js';

/** `mooring users …` */
export function addUserCommands(program: Command): void {
  const users = program.command('users').description('Lists, creates and changes the users of a server.');
  const command = (name: string, description: string) =>
    withGlobalOptions(users.command(name)).description(description);
  const named = (name: string, description: string) =>
    command(name, description).argument('<user>', 'the user, by email or id');
  command('list', 'Lists the users, newest first.')
    .option('--query <text>', 'only those whose email or name contains it')
    .option('--deleted', 'the deleted ones')
    .action(acting(listUsers));
  command('invite', 'Creates a user, and prints a link with which they set a password, once, within 7 days.')
    .requiredOption('--email <email>', 'their email')
    .option('--name <name>', 'their name (default: what precedes the @)')
    .option('--role <role>', 'their role, such as owner, admin, member, viewer or operator', 'member')
    .action(acting(inviteUser));
  command('create', 'Creates a user. Give them a key with `mooring keys create --owner`.')
    .requiredOption('--email <email>', 'their email')
    .option('--name <name>', 'their name (default: what precedes the @)')
    .option('--role <role>', 'their role, such as owner, admin, member, viewer or operator', 'member')
    .action(acting(createUser));
  named('role', 'Gives a user another role.').argument('<role>', 'by name or id').action(acting(changeRole));
  named('disable', 'Disables a user: their keys stop working, and what is open with them ends.').action(
    acting(disable),
  );
  named('enable', 'Enables a user who was disabled.').action(acting(enable));
  named('delete', 'Deletes a user. Their projects stay, and so does what they wrote.')
    .option('--yes', 'without asking')
    .action(acting(deleteUser));
  named('restore', 'Restores a deleted user.').action(acting(restore));
}

async function listUsers(
  { api, output }: Session,
  { query, deleted = false }: { readonly query?: string; readonly deleted?: boolean },
): Promise<undefined> {
  const rows: string[][] = [];
  for await (const user of everyUser(api, query === undefined ? {} : { query }, deleted)) {
    output.json(user);
    rows.push([user.id, user.email ?? '–', user.name, user.role?.name ?? '–', stateOf(user)]);
  }
  if (rows.length === 0) output.line(deleted ? 'No user is deleted.' : 'There are no such users.');
  else printTable(output, ['id', 'email', 'name', 'role', 'state'], rows);
}

function stateOf({ deletedAt, disabledAt }: UserRowFragment): string {
  if (deletedAt !== null) return 'deleted';
  return disabledAt === null ? 'enabled' : 'disabled';
}

interface NewUser {
  readonly email: string;
  readonly name?: string;
  readonly role: string;
}

async function createUser({ api, output }: Session, { email, name, role }: NewUser): Promise<undefined> {
  const input = { email, name: name ?? nameIn(email), role: (await findRole(api, role)).name };
  const { user } = payloadOf((await api.run(CreateUser, { input })).createUser);
  show(output, user, 'was created');
}

async function inviteUser({ api, output }: Session, { email, name, role }: NewUser): Promise<undefined> {
  const input = { email, name: name ?? nameIn(email), role: (await findRole(api, role)).name };
  const { user, link, isMailed } = payloadOf((await api.run(InviteUser, { input })).inviteUser);
  output.line(`${user.email ?? user.name} was created (${user.id}). A link for them, until ${link.expiresAt}:`);
  return printLink(output, linkAt(api.url, link), { user, isMailed, expiresAt: link.expiresAt });
}

/** A name for who gave none: what precedes the @. */
export const nameIn = (email: string): string => email.trim().split('@')[0] || email;

async function changeRole({ api, output }: Session, named: string, role: string): Promise<undefined> {
  const { id, version } = await findUser(api, named);
  const { name } = await findRole(api, role);
  const { user } = payloadOf((await api.run(UpdateUser, { input: { id, version, role: name } })).updateUser);
  show(output, user, `has the role ${name}`);
}

async function disable({ api, output }: Session, named: string): Promise<undefined> {
  const { id } = await findUser(api, named);
  const { user } = payloadOf((await api.run(DisableUser, { input: { id } })).disableUser);
  show(output, user, 'is disabled');
}

async function enable({ api, output }: Session, named: string): Promise<undefined> {
  const { id } = await findUser(api, named);
  const { user } = payloadOf((await api.run(EnableUser, { input: { id } })).enableUser);
  show(output, user, 'is enabled');
}

async function deleteUser(
  { api, output }: Session,
  named: string,
  { yes = false }: { readonly yes?: boolean },
): Promise<undefined> {
  const { id, version, email } = await findUser(api, named);
  await confirm(output, `Delete ${email}?`, yes);
  const { user } = payloadOf((await api.run(DeleteUser, { input: { id, version } })).deleteUser);
  show(output, user, 'is deleted');
}

async function restore({ api, output }: Session, named: string): Promise<undefined> {
  const { id } = await findUser(api, named, { isDeleted: true });
  const { user } = payloadOf((await api.run(RestoreUser, { input: { id } })).restoreUser);
  show(output, user, 'is restored');
}

function show(output: Output, user: UserRowFragment, what: string): void {
  output.json(user);
  output.line(`${user.email ?? user.name} ${what} (${user.id}).`);
}
