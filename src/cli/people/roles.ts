import type { Command } from 'commander';
import type { Api } from '../api.js';
import { confirm } from '../ask.js';
import { CliError, EXIT, payloadOf } from '../exit.js';
import { graphql } from '../gql/gql.js';
import type { AccessLevel, RoleRowFragment } from '../gql/graphql.js';
import type { Output } from '../output.js';
import { acting, oneOf, oneOrMore, type Session, withGlobalOptions } from '../session.js';
import { printTable } from '../table.js';

export const RoleRow = graphql(`
  fragment RoleRow on Role { id version name description permissions everywhere isBuiltIn }
`);

const ListRoles = graphql(`
  query ListRoles { roles { ...RoleRow } }
`);

const CreateRole = graphql(`
  mutation CreateRole($input: CreateRoleInput!) {
    createRole(input: $input) {
      ... on CreateRolePayload { role { ...RoleRow } }
      ... on Error { code message hint }
    }
  }
`);

const UpdateRole = graphql(`
  mutation UpdateRole($input: UpdateRoleInput!) {
    updateRole(input: $input) {
      ... on UpdateRolePayload { role { ...RoleRow } }
      ... on Error { code message hint }
    }
  }
`);

const DeleteRole = graphql(`
  mutation DeleteRole($input: DeleteRoleInput!) {
    deleteRole(input: $input) {
      ... on DeleteRolePayload { role { ...RoleRow } }
      ... on Error { code message hint }
    }
  }
`);

interface RoleOptions {
  readonly name?: string;
  readonly description?: string;
  readonly permission?: readonly string[];
  readonly everywhere?: AccessLevel | 'NONE';
}

/** `mooring roles …` */
export function addRoleCommands(program: Command): void {
  const roles = program.command('roles').description('Lists and changes the roles that users have.');
  const command = (name: string, description: string) =>
    withGlobalOptions(roles.command(name)).description(description);
  command('list', 'Lists the roles, and what they permit.').action(acting(listRoles));
  withContent(command('create', 'Creates a role.').argument('<name>', 'its name')).action(acting(createRole));
  withContent(command('update', 'Changes a role, at once for all who have it.').argument('<role>', 'by name or id'))
    .option('--name <name>', 'another name')
    .action(acting(updateRole));
  command('delete', 'Deletes a role that no user has.')
    .argument('<role>', 'by name or id')
    .option('--yes', 'without asking')
    .action(acting(deleteRole));
}

function withContent(command: Command): Command {
  return command
    .option('--description <text>', 'what it is for')
    .option(
      '--permission <permission>',
      'what it permits on the server, such as audit:read; can be repeated, and none permits nothing',
      oneOrMore((value) => value),
    )
    .option('--everywhere <level>', 'level in every project: none, read, write or manage', parseEverywhere);
}

const parseEverywhere = oneOf('NONE', 'READ', 'WRITE', 'MANAGE');

async function listRoles({ api, output }: Session): Promise<undefined> {
  const { roles } = await api.run(ListRoles, {});
  for (const role of roles) output.json(role);
  if (roles.length === 0) return void output.line('There are no roles: the first administrator brings them.');
  printTable(
    output,
    ['id', 'name', 'in every project', 'permissions'],
    roles.map(({ id, name, everywhere, permissions }) => [id, name, everywhere ?? '–', permissions.join(', ') || '–']),
  );
}

/** Finds a role by its name, whatever its case, or by its id. @throws CliError when there is none */
export async function findRole(api: Api, named: string): Promise<RoleRowFragment> {
  const { roles } = await api.run(ListRoles, {});
  const role = roles.find(({ id, name }) => id === named || name.toLowerCase() === named.toLowerCase());
  if (role) return role;
  throw new CliError(
    EXIT.notFound,
    `There is no role ${named}.`,
    'See which there are with `mooring roles list`.',
    'NOT_FOUND',
  );
}

/** What was given, as the API takes it; `none` clears. */
function contentOf({ description, permission, everywhere }: RoleOptions) {
  return {
    ...(description !== undefined && { description }),
    ...(permission && { permissions: permission.filter((each) => each !== 'none') }),
    ...(everywhere && { everywhere: everywhere === 'NONE' ? null : everywhere }),
  };
}

async function createRole({ api, output }: Session, name: string, options: RoleOptions): Promise<undefined> {
  const input = { name, ...contentOf(options) };
  show(output, payloadOf((await api.run(CreateRole, { input })).createRole).role, 'was created');
}

async function updateRole({ api, output }: Session, named: string, options: RoleOptions): Promise<undefined> {
  const { id, version } = await findRole(api, named);
  const input = { id, version, ...(options.name !== undefined && { name: options.name }), ...contentOf(options) };
  show(output, payloadOf((await api.run(UpdateRole, { input })).updateRole).role, 'was changed');
}

async function deleteRole(
  { api, output }: Session,
  named: string,
  { yes = false }: { readonly yes?: boolean },
): Promise<undefined> {
  const { id, version, name } = await findRole(api, named);
  await confirm(output, `Delete the role ${name}?`, yes);
  show(output, payloadOf((await api.run(DeleteRole, { input: { id, version } })).deleteRole).role, 'is deleted');
}

function show(output: Output, role: RoleRowFragment, what: string): void {
  output.json(role);
  output.line(`The role ${role.name} ${what} (${role.id}).`);
}
