import { InvalidInputError } from '../../../domain/errors.js';
import type { IdGenerator } from '../../../domain/id.js';
import { type Memory, TOOL_FIELDS, toolFault } from '../../../domain/memory.js';
import { memories } from '../../../storage/collections.js';
import type { ConcurrentSaves } from '../concurrent-saves.js';
import { comesAlive, type RecordDraft, type Rules } from './contract.js';
import { addedReferences, type Reference, requireRecords } from './references.js';
import { joinSessions } from './session-activity.js';
import { checkSuperseding } from './superseding.js';

/**
 * The session of a live memory is live: the first memory that names its key creates it, in the same commit, and those that
 * follow say when it was active.
 */
export function createMemoryRules(newId: IdGenerator, saves: ConcurrentSaves): Rules<Memory> {
  return {
    kind: 'memory',
    spec: memories,
    async apply(route, drafts, at) {
      drafts.forEach(requireTool);
      await requireRecords(route, drafts.flatMap(newReferences));
      const isBusy = saves.areMany(route.projectKey);
      const also = [
        ...(await checkSuperseding(route.store, drafts)),
        ...(await joinSessions(route, drafts.filter(joinsSession), { at, newId, isBusy })),
      ];
      const documents = drafts.map(({ before, after }) => ({
        ...after,
        ...(after.role === 'TOOL' ? {} : { toolName: null, toolCallId: null }),
        deletedWith: after.deletedAt && before?.deletedAt ? before.deletedWith : null,
      }));
      return { documents, also };
    },
  };
}

/** A memory that stops being a tool's loses the fields of one, but is given none. @throws InvalidInputError */
function requireTool({ before, after, field }: RecordDraft<Memory>): void {
  const given = TOOL_FIELDS.find((name) => after[name] !== null && after[name] !== before?.[name]);
  const fault = given && toolFault(after.role);
  if (fault) throw new InvalidInputError(`${field}${given} ${fault.message}.`, fault.hint, `${field}${given}`);
}

function newReferences(draft: RecordDraft<Memory>): readonly Reference[] {
  const { before, after, field } = draft;
  const own = after.references.indexOf(after.id);
  if (own >= 0 && !before?.references.includes(after.id)) {
    const path = `${field}references.${own}`;
    throw new InvalidInputError(`${path} names the memory itself.`, 'Leave it out.', path);
  }
  return [
    ...addedReferences(draft, 'taskId', ({ taskId }) => taskId),
    ...addedReferences(draft, 'references', ({ references }) => references),
    ...addedReferences(draft, 'supersedes', ({ supersedes }) => supersedes),
  ];
}

function joinsSession(draft: RecordDraft<Memory>): boolean {
  const { before, after } = draft;
  return after.sessionId !== null && !after.deletedAt && (comesAlive(draft) || after.sessionId !== before?.sessionId);
}
