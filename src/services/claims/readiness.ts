import { claimAt, isAtRest, isOpen, MAX_CLAIM_TOKEN, type Task } from '../../domain/task.js';
import { tasks } from '../../storage/collections.js';
import type { Store } from '../../storage/store.js';
import { inPages } from '../../util/in-pages.js';
import { ClaimLostError, TaskNotReadyError } from './errors.js';

/** The ids of the open tasks that a task depends on. Large ones are read a few at a time, and others get their turn in between. */
async function findBlockers(store: Reads, { dependsOn }: Task): Promise<readonly string[]> {
  const open: string[] = [];
  for await (const found of inPages(dependsOn, store.collection(tasks).getFirst)) {
    for (const task of found) if (task && isOpen(task)) open.push(task.id);
  }
  return open;
}

type Reads = Pick<Store, 'collection'>;

/**
 * Why a live task can't be claimed; null when it can.
 * @param agent - whose own claim is no obstacle; null: any claim is
 * @param at - ISO time
 */
export async function findObstacle(
  store: Reads,
  task: Task,
  agent: string | null,
  at: string,
): Promise<TaskNotReadyError | null> {
  const { id, status } = task;
  if (isAtRest(status)) {
    return new TaskNotReadyError(`${id} is ${status}.`, 'Set another status first, if it is to be worked on.', id);
  }
  if (task.claimToken >= MAX_CLAIM_TOKEN) {
    return new TaskNotReadyError(
      `${id} can't be claimed again: its token is ${task.claimToken}, the highest that there is.`,
      'Create a new task for the rest of the work.',
      id,
    );
  }
  const claim = claimAt(task, at);
  if (claim && claim.agent !== agent) {
    const { agent: holder, expiresAt } = claim;
    return new TaskNotReadyError(
      `${id} is claimed by ${holder} until ${expiresAt}.`,
      'Claim another task, or wait with `waitSeconds` until it is released or its claim expires.',
      id,
      [],
      { agent: holder, expiresAt },
    );
  }
  const blockers = await findBlockers(store, task);
  if (blockers.length === 0) return null;
  return new TaskNotReadyError(
    `${id} depends on ${blockers.length === 1 ? 'a task that is' : `${blockers.length} tasks that are`} not done: ${blockers.join(', ')}.`,
    'Claim one of these first.',
    id,
    blockers,
  );
}

/** Makes sure that a token is that of the task's current claim. @param at ISO time. @throws ClaimLostError */
export function requireClaim(task: Task, token: number, at: string): void {
  const { id, claim, claimToken } = task;
  const again = 'Nothing was written. Claim the task again, if it is still to be done.';
  if (token > claimToken) {
    throw new ClaimLostError(
      `${id} has no claim with the token ${token}.`,
      'Use the token that the claim returned.',
      id,
    );
  }
  if (token < claimToken) {
    const by = claim ? ` by ${claim.agent}` : '';
    throw new ClaimLostError(`${id} was claimed again${by} after the claim with the token ${token}.`, again, id);
  }
  if (!claim) {
    const hint = task.status === 'DONE' ? 'Nothing was written, and nothing is left to do.' : again;
    throw new ClaimLostError(`The claim on ${id} has ended: the task is ${task.status}.`, hint, id);
  }
  if (!claimAt(task, at)) throw new ClaimLostError(`The claim on ${id} expired at ${claim.expiresAt}.`, again, id);
}
