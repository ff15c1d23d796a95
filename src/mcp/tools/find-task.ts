import { AskError } from '../ask.js';
import type { Call } from '../calls/call.js';
import { graphql } from '../gql/gql.js';
import type { FindTaskQuery } from '../gql/graphql.js';

const FindTask = graphql(`
  query FindTask($id: ID, $by: TaskBy) {
    task(id: $id, by: $by) { ...TaskLine deletedAt project { id name } }
  }
`);

export type FoundTask = NonNullable<FindTaskQuery['task']>;

/** The task of an id, or of a handle in a project. @throws AskError when there is none, or it is deleted */
export async function findTask(named: string, project: string | undefined, call: Call): Promise<FoundTask> {
  const isId = named.startsWith('tsk_');
  const where = isId
    ? { id: named, by: null }
    : { id: null, by: { projectId: (await call.project(project)).id, handle: named } };
  const { task } = await call.ask(FindTask, where);
  if (!task) {
    throw new AskError(
      'NOT_FOUND',
      `There is no task ${JSON.stringify(named.slice(0, 100))}.`,
      'See which there are with list_tasks or search.',
    );
  }
  if (task.deletedAt !== null) {
    throw new AskError(
      'NOT_FOUND',
      `The task ${task.id} is deleted.`,
      `To have it back, call undo with id ${task.id}.`,
    );
  }
  return task;
}

/** Whether an agent holds a task now. */
export function isHeldBy({ claim }: Pick<FoundTask, 'claim'>, agent: string): boolean {
  return claim !== null && !claim.isExpired && claim.agent === agent;
}
