import { InvalidInputError } from '../../../domain/errors.js';
import { parseId } from '../../../domain/id.js';
import { type Task, withCompletion } from '../../../domain/task.js';
import { tasks } from '../../../storage/collections.js';
import type { Change, Store } from '../../../storage/store.js';
import type { StoreRoute } from '../store-router.js';
import { check } from '../transaction.js';
import type { RecordDraft, Rules } from './contract.js';

/** `completedAt` follows `DONE`; a task's dependencies exist and don't depend on the task itself. */
export const taskRules: Rules<Task> = {
  kind: 'task',
  spec: tasks,
  async apply(route, drafts, at) {
    const also: Change[] = [];
    await requireTasks(
      route,
      drafts.flatMap((draft) =>
        newDependencies(draft).map(({ id, index }) => ({ id, field: `${draft.field}dependsOn.${index}` })),
      ),
    );
    for (const draft of drafts) also.push(...(await refuseCycle(route.store, draft)));
    return { documents: drafts.map(({ after }) => withCompletion(after, at)), also };
  },
};

/** Makes sure that ids are those of live tasks of the project. @throws InvalidInputError naming the field */
export async function requireTasks(
  { store, projectKey }: StoreRoute,
  references: readonly { readonly id: string; readonly field: string }[],
): Promise<void> {
  for (const { id, field } of references) {
    if (parseId(id)?.projectKey !== projectKey) {
      throw new InvalidInputError(
        `${field} names ${id}, a task of another project.`,
        'Name a task of the same project.',
        field,
      );
    }
  }
  const found = references.length === 0 ? [] : await store.collection(tasks).get(references.map(({ id }) => id));
  for (const [index, { id, field }] of references.entries()) {
    const task = found[index];
    if (task && !task.deletedAt) continue;
    const why = task ? 'which is deleted' : 'which does not exist';
    throw new InvalidInputError(
      `${field} names the task ${id}, ${why}.`,
      'Check the id, or restore the task first.',
      field,
    );
  }
}

/** What an author adds to `dependsOn`. Earlier ones may have been deleted since; a reversion restores what was. */
function newDependencies({ operation, before, after }: RecordDraft<Task>): { id: string; index: number }[] {
  if (operation !== 'CREATE' && operation !== 'UPDATE') return [];
  return after.dependsOn.map((id, index) => ({ id, index })).filter(({ id }) => !before?.dependsOn.includes(id));
}

/**
 * Follows a task's dependencies, deleted tasks included (they may be restored), and refuses a cycle.
 * @returns checks of all tasks on the path, so that none adds the missing link meanwhile
 */
async function refuseCycle(store: Store, { before, after, field }: RecordDraft<Task>): Promise<Change[]> {
  // Nothing can depend on a task that is only being created.
  if (before === null) return [];
  const checks: Change[] = [];
  const seen = new Set<string>();
  let next = after.dependsOn.filter((id) => !before.dependsOn.includes(id));
  while (next.length > 0) {
    if (next.includes(after.id)) {
      throw new InvalidInputError(
        `${field}dependsOn would make ${after.id} depend on itself.`,
        'Leave out the task whose own dependencies lead back to this one.',
        `${field}dependsOn`,
      );
    }
    for (const id of next) seen.add(id);
    const found = (await store.collection(tasks).get(next)).filter((task) => task !== null);
    checks.push(...found.map((task) => check(tasks, task)));
    next = [...new Set(found.flatMap(({ dependsOn }) => dependsOn))].filter((id) => !seen.has(id));
  }
  return checks;
}
