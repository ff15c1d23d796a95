import { InvalidInputError } from '../../../domain/errors.js';
import { type Task, withDerived } from '../../../domain/task.js';
import { tasks } from '../../../storage/collections.js';
import type { Change } from '../../../storage/store.js';
import type { RecordDraft, Rules } from './contract.js';
import { addedReferences, refuseCycle, requireRecords } from './references.js';

/** The tasks that a task names, by the field: none of them may lead back to it. */
const LINKS = {
  dependsOn: ({ dependsOn }: Task) => dependsOn,
  parentId: ({ parentId }: Task) => parentId,
} as const;
const NAMES = ['dependsOn', 'parentId'] as const;

/** What follows from a task's status is set; the tasks that it names exist, and none of them leads back to it. */
export const taskRules: Rules<Task> = {
  kind: 'task',
  spec: tasks,
  async apply(route, drafts, at) {
    const also: Change[] = [];
    await requireRecords(
      route,
      drafts.flatMap((draft) => NAMES.flatMap((name) => addedReferences(draft, name, LINKS[name]))),
    );
    for (const draft of drafts) {
      for (const name of NAMES) {
        also.push(...(await refuseCycle(route.store, tasks, draft, LINKS[name], () => cycle(draft, name))));
      }
    }
    return { documents: drafts.map((draft) => withDerived(withClaim(draft), at)), also };
  },
};

/** A claim ends with anything that isn't an update, and its token never decreases. */
function withClaim({ operation, before, after }: RecordDraft<Task>): Task {
  const claimToken = Math.max(before?.claimToken ?? 0, after.claimToken);
  return { ...after, claim: operation === 'UPDATE' ? after.claim : null, claimToken };
}

function cycle({ after: { id }, field: path }: RecordDraft<Task>, name: keyof typeof LINKS): InvalidInputError {
  const field = `${path}${name}`;
  return name === 'dependsOn'
    ? new InvalidInputError(
        `${field} would make ${id} depend on itself.`,
        'Leave out the task whose own dependencies lead back to this one.',
        field,
      )
    : new InvalidInputError(
        `${field} would make ${id} a part of itself.`,
        'Choose a parent that is not one of its own subtasks, at any depth.',
        field,
      );
}
