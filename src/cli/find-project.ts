import { resolve } from 'node:path';
import { projectFoldersOf } from '../util/project-folders.js';
import type { Api } from './api.js';
import { CliError, EXIT } from './exit.js';
import { graphql } from './gql/gql.js';
import { requireUtf8 } from './utf8.js';

const FindProject = graphql(`
  query FindProject($by: ProjectBy!) {
    project(by: $by) { id name storageMode deletedAt }
  }
`);

/**
 * Finds a project by its id or its path.
 * @param named undefined: the project of the working directory, or of the nearest folder around it, as for agents
 * @throws CliError when there is none
 */
export async function findProject(api: Api, named: string | undefined) {
  if (named === undefined) return findAround(api);
  const isId = named.startsWith('prj_');
  const by = isId ? { id: named } : { path: requireUtf8('The path', resolve(named)) };
  const { project } = await api.run(FindProject, { by });
  if (project && !project.deletedAt) return project;
  throw noProject(
    isId ? `There is no project ${named}${project ? ': it is deleted' : ''}.` : `No project has the path ${by.path}.`,
  );
}

async function findAround(api: Api) {
  const here = requireUtf8('The path', process.cwd());
  const { folders } = projectFoldersOf(process.cwd());
  const found = await Promise.all(folders.map((path) => api.run(FindProject, { by: { path } })));
  const nearest = found.map(({ project }) => project).find((project) => project && !project.deletedAt);
  if (nearest) return nearest;
  throw noProject(`No project has the folder ${here}, or one around it.`);
}

export function noProject(message: string): CliError {
  return new CliError(
    EXIT.notFound,
    message,
    'See which there are with `mooring projects list`, and name one with --project.',
    'NOT_FOUND',
  );
}
