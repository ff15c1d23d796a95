import { InvalidInputError, NotFoundError } from '../../domain/errors.js';
import type { Repositories } from '../../repositories/project-repositories.js';

/**
 * Id of the live task with a handle.
 * @throws NotFoundError when no task has it
 * @throws InvalidInputError when several have it, with their ids
 */
export async function findByHandle({ project, search }: Repositories, handle: string): Promise<string> {
  const [id, ...others] = await search.graph((graph) => graph.withHandle(handle));
  if (id === undefined) {
    throw new NotFoundError(
      handle,
      `${project.id} has no task with the handle ${handle}.`,
      'Check the handle. A deleted task is found by its id alone.',
    );
  }
  if (others.length === 0) return id;
  throw new InvalidInputError(
    `${others.length + 1} tasks of ${project.id} have the handle ${handle}: ${[id, ...others].join(', ')}.`,
    'Name the one you mean by its id.',
    'handle',
  );
}
