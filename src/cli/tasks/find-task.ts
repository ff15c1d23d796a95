import type { Api } from '../api.js';
import { CliError, EXIT } from '../exit.js';
import { findProject } from '../find-project.js';
import { FindTask } from './documents.js';

/** The project that a command is about. `project`: its id or path; left out, that of the working directory. */
export function projectOf(api: Api, project: string | undefined): ReturnType<typeof findProject> {
  return findProject(api, project);
}

/** Finds a live task by its id, or by its handle in a project. @throws CliError when there is none */
export async function findTask(api: Api, named: string, project: string | undefined) {
  const isId = named.startsWith('tsk_');
  const target = isId ? { id: named } : { by: { projectId: (await projectOf(api, project)).id, handle: named } };
  const { task } = await api.run(FindTask, target);
  if (task?.project && !task.deletedAt) return { ...task, project: task.project };
  throw new CliError(
    EXIT.notFound,
    `There is no task ${named}${task?.deletedAt ? ': it is deleted' : isId ? '' : ' in this project'}.`,
    'See which there are with `mooring tasks list`.',
    'NOT_FOUND',
  );
}

/** A handle as people say it: in two groups. */
export function spelled({ handle }: { readonly handle: string }): string {
  return `${handle.slice(0, 3)}-${handle.slice(3)}`;
}
