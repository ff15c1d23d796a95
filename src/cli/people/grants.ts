import type { Command } from 'commander';
import { type Api, everyNode } from '../api.js';
import { CliError, EXIT, payloadOf } from '../exit.js';
import { findProject, noProject } from '../find-project.js';
import { graphql } from '../gql/gql.js';
import type { AccessLevel, GrantRowFragment } from '../gql/graphql.js';
import type { Output } from '../output.js';
import { acting, oneOf, type Session, withGlobalOptions } from '../session.js';
import { printTable } from '../table.js';
import { findRole } from './roles.js';

export const GrantRow = graphql(`
  fragment GrantRow on Grant {
    id level projectId subjectId createdAt
    subject {
      __typename
      ... on User { email name }
      ... on Role { roleName: name }
      ... on ApiKey { keyName: name ending }
    }
  }
`);

const ListGrants = graphql(`
  query ListGrants($projectId: ID!, $first: Int, $after: String) {
    project(by: { id: $projectId }) {
      viewerLevel
      access(first: $first, after: $after) {
        nodes { ...GrantRow }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

const GrantAccess = graphql(`
  mutation GrantAccess($input: GrantAccessInput!) {
    grantAccess(input: $input) {
      ... on GrantAccessPayload { grant { ...GrantRow } }
      ... on Error { code message hint }
    }
  }
`);

const RevokeAccess = graphql(`
  mutation RevokeAccess($input: RevokeAccessInput!) {
    revokeAccess(input: $input) {
      ... on RevokeAccessPayload { grant { ...GrantRow } }
      ... on Error { code message hint }
    }
  }
`);

interface GrantOptions {
  readonly to: string;
  readonly project?: string;
  readonly allProjects?: boolean;
}

/** `mooring grants …` */
export function addGrantCommands(program: Command): void {
  const grants = program.command('grants').description('Shares projects with users, roles and keys.');
  const command = (name: string, description: string) =>
    withGlobalOptions(grants.command(name))
      .description(description)
      .option('--project <id|path>', 'the project, by its id or its path (default: that of the working directory)');
  const given = (name: string, description: string, preposition: 'to' | 'from') =>
    command(name, description)
      .requiredOption(
        `--to <who>`,
        `${preposition === 'to' ? 'who gets it' : 'who has it'}: an email, the name of a role, or an id`,
      )
      .option('--all-projects', 'all projects, in place of one');
  command('list', 'Lists who was given access to a project.').action(acting(listGrants));
  given('add', 'Gives access to a project, or another level of it.', 'to')
    .option('--level <level>', 'read, write or manage', parseLevel, 'READ')
    .action(acting(addGrant));
  given('remove', 'Takes back access that was given.', 'from').action(acting(removeGrant));
}

export const parseLevel = oneOf('READ', 'WRITE', 'MANAGE');

async function listGrants({ api, output }: Session, { project }: { readonly project?: string }): Promise<undefined> {
  const { id: projectId, name } = await findProject(api, project);
  const read = async (first: number, after: string | null) => {
    const found = (await api.run(ListGrants, { projectId, first, after })).project;
    if (!found) throw noProject(`There is no project ${projectId}.`);
    if (found.access) return found.access;
    throw new CliError(
      EXIT.forbidden,
      `Who has access to ${name} is shown to those with MANAGE access to it.`,
      'Ask someone who manages the project.',
      'FORBIDDEN',
    );
  };
  const rows: string[][] = [];
  for await (const grant of everyNode(read)) {
    output.json(grant);
    rows.push([grant.id, whoHas(grant), grant.level, grant.projectId === null ? 'all' : 'this']);
  }
  if (rows.length === 0) output.line(`Nobody was given access to ${name}; roles may give it to all projects.`);
  else printTable(output, ['id', 'who', 'level', 'projects'], rows);
}

async function addGrant(
  { api, output }: Session,
  options: GrantOptions & { readonly level: AccessLevel },
): Promise<undefined> {
  const { input, where } = await targetOf(api, options);
  const { grant } = payloadOf((await api.run(GrantAccess, { input: { ...input, level: options.level } })).grantAccess);
  show(output, grant, `has ${grant.level} access to ${where}`);
}

async function removeGrant({ api, output }: Session, options: GrantOptions): Promise<undefined> {
  const { input, where } = await targetOf(api, options);
  const { grant } = payloadOf((await api.run(RevokeAccess, { input })).revokeAccess);
  show(output, grant, `has no access to ${where} of their own any more`);
}

/** Who, and where, as the API takes it. @throws CliError */
async function targetOf(api: Api, { to, project, allProjects = false }: GrantOptions) {
  if (allProjects && project !== undefined) {
    throw new CliError(EXIT.usage, '--project names one project, and --all-projects all.', 'Give one of them.');
  }
  const found = allProjects ? null : await findProject(api, project);
  const who = await whoIs(api, to);
  return {
    input: { ...who, ...(found ? { projectId: found.id } : { allProjects: true }) },
    where: found ? found.name : 'all projects',
  };
}

async function whoIs(api: Api, named: string) {
  if (named.includes('@')) return { email: named };
  if (/^(usr|rol|key)_/.test(named)) return { subjectId: named };
  return { subjectId: (await findRole(api, named)).id };
}

function whoHas({ subject, subjectId }: GrantRowFragment): string {
  switch (subject?.__typename) {
    case 'User':
      return subject.email ?? subject.name;
    case 'Role':
      return `role ${subject.roleName}`;
    case 'ApiKey':
      return `key ${subject.keyName} (…${subject.ending})`;
    default:
      return subjectId;
  }
}

function show(output: Output, grant: GrantRowFragment, what: string): void {
  output.json(grant);
  output.line(`${whoHas(grant)} ${what}.`);
}
