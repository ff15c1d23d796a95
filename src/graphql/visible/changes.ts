import { LEVEL, type Level } from '../../domain/access/level.js';
import type { Project } from '../../domain/project.js';
import type { ChangeEvent } from '../../services/subscriptions/change-event.js';
import { iterated, polledFrom } from '../../util/polled.js';
import { visibleAs } from './catalog.js';

/**
 * The changes of the list of projects as one follower sees them: the source is shared by all. Those of a project that the
 * follower doesn't see are left out; a deletion reaches all who saw the project.
 */
export function visibleChanges(
  changes: AsyncIterable<ChangeEvent>,
  levelIn: (id: string) => Level,
): AsyncIterableIterator<ChangeEvent> {
  const source = polledFrom(changes);
  return iterated<ChangeEvent>({
    poll(wake) {
      for (;;) {
        const next = source.poll(wake);
        if (next === null || next.done) return next;
        const change = changeAs(next.value, levelIn(next.value.entry.recordId));
        if (change) return { done: false, value: change };
      }
    },
    end: () => source.end(),
  });
}

/** A change as it is shown at a level; null when it isn't. The same object where nothing is hidden, so that its result is shared. */
function changeAs(change: ChangeEvent, level: Level): ChangeEvent | null {
  if (level === LEVEL.NONE) return null;
  const record = change.record && visibleAs(change.record as Project, level);
  if (level >= LEVEL.READ) return record === change.record ? change : { ...change, record };
  // Its images have the contents of the project.
  return { ...change, record, entry: { ...change.entry, before: null }, after: async () => null };
}
