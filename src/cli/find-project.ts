import { resolve } from 'node:path';
import type { Api } from './api.js';
import { CliError, EXIT } from './exit.js';
import { graphql } from './gql/gql.js';
import { requireUtf8 } from './utf8.js';

const FindProject = graphql(`
  query FindProject($by: ProjectBy!) {
    project(by: $by) { id name storageMode deletedAt }
  }
`);

/** Finds a project by its id or its path. @throws CliError when there is none */
export async function findProject(api: Api, named: string) {
  const isId = named.startsWith('prj_');
  const by = isId ? { id: named } : { path: requireUtf8('The path', resolve(named)) };
  const { project } = await api.run(FindProject, { by });
  if (project && !project.deletedAt) return project;
  throw noProject(
    isId ? `There is no project ${named}${project ? ': it is deleted' : ''}.` : `No project has the path ${by.path}.`,
  );
}

export function noProject(message: string): CliError {
  return new CliError(
    EXIT.notFound,
    message,
    'See which there are with `mooring projects list`, and name one with --project.',
    'NOT_FOUND',
  );
}
