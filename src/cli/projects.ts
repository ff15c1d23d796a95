import { resolve } from 'node:path';
import type { Command } from 'commander';
import { everyNode } from './api.js';
import { payloadOf } from './exit.js';
import { findProject } from './find-project.js';
import { graphql } from './gql/gql.js';
import type { StorageMode } from './gql/graphql.js';
import { acting, parseMode, type Session, withGlobalOptions } from './session.js';
import { printTable } from './table.js';
import { requireUtf8 } from './utf8.js';

const ListProjects = graphql(`
  query ListProjects($first: Int, $after: String) {
    projects(first: $first, after: $after) {
      nodes { id name path storageMode createdAt }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

const CreateProject = graphql(`
  mutation CreateProject($input: CreateProjectInput!) {
    createProject(input: $input) {
      ... on CreateProjectPayload { project { id name path storageMode createdAt } }
      ... on Error { code message hint }
    }
  }
`);

const RepairIndex = graphql(`
  mutation RepairIndex($input: RepairIndexInput!) {
    repairIndex(input: $input) {
      ... on RepairIndexPayload {
        added removed retried
        searchIndex { model stored searchable pending failed skipped isBuilding }
      }
      ... on Error { code message hint }
    }
  }
`);

/** `mooring projects …` and `mooring repair-index` */
export function addProjectCommands(program: Command): void {
  const projects = program.command('projects').description('Lists and creates projects.');
  withGlobalOptions(projects.command('list'))
    .description('Lists the projects, newest first.')
    .action(acting(listProjects));
  withGlobalOptions(projects.command('create'))
    .description('Creates a project and prints its id.')
    .requiredOption('--name <name>', 'what it is called')
    .option('--path <path>', 'its working directory; a relative path is one of the current directory')
    .option('--storage-mode <mode>', "where it shall live: local, mongodb or file (default: the server's)", parseMode)
    .action(acting(createProject));
  withGlobalOptions(program.command('repair-index'))
    .description("Repairs a project's search index: adds what is missing, removes what is gone.")
    .requiredOption('--project <id|path>', 'the project, by its id or its path')
    .action(acting(repairIndex));
}

async function listProjects({ api, output }: Session): Promise<undefined> {
  const rows: string[][] = [];
  const read = async (first: number, after: string | null) => (await api.run(ListProjects, { first, after })).projects;
  for await (const project of everyNode(read)) {
    output.json(project);
    rows.push([project.id, project.storageMode, project.name, project.path ?? '–']);
  }
  if (rows.length === 0) output.line('There are no projects. Create one with `mooring projects create --name …`.');
  else printTable(output, ['id', 'lives in', 'name', 'path'], rows);
}

interface CreateOptions {
  readonly name: string;
  readonly path?: string;
  readonly storageMode?: StorageMode;
}

async function createProject({ api, output }: Session, { name, path, storageMode }: CreateOptions): Promise<undefined> {
  const input = {
    name,
    ...(path === undefined ? {} : { path: requireUtf8('The path', resolve(path)) }),
    ...(storageMode === undefined ? {} : { storageMode }),
  };
  const { project } = payloadOf((await api.run(CreateProject, { input })).createProject);
  output.json(project);
  output.line(`${project.id}  ${project.name}, in ${project.storageMode}`);
}

async function repairIndex(
  { api, output }: Session,
  { project: named }: { readonly project: string },
): Promise<undefined> {
  const project = await findProject(api, named);
  const { searchIndex, ...repaired } = payloadOf(
    (await api.run(RepairIndex, { input: { projectId: project.id } })).repairIndex,
  );
  output.json({ projectId: project.id, ...repaired, searchIndex });
  output.line(
    `${project.name}: ${repaired.added} added, ${repaired.removed} removed, ${repaired.retried} tried again.`,
  );
  const { model, stored, searchable, pending, failed, skipped } = searchIndex;
  printTable(
    output,
    ['memories>', 'searchable>', 'pending>', 'failed>', 'skipped>', 'model'],
    [[...[stored, searchable, pending, failed, skipped].map(String), model]],
  );
}
