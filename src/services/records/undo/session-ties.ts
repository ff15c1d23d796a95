import { parseId } from '../../../domain/id.js';
import type { Memory } from '../../../domain/memory.js';
import type { RecordBase } from '../../../domain/record.js';
import type { Session } from '../../../domain/session.js';
import { memories, sessions } from '../../../storage/collections.js';
import type { Store } from '../../../storage/store.js';
import { everyPage } from '../queries.js';
import { isDeletion } from '../rules/contract.js';
import type { Draft } from './plan-drafts.js';
import type { WrittenRecord } from './written-records.js';

/** How the sessions that a request wrote depend on memories. */
export interface SessionTies {
  /**
   * Whether the request wrote a session only because it wrote memories in it, which begin a session and say when it was
   * active. Such a session prevents no undo.
   */
  follows(written: WrittenRecord): boolean;
  /** A live memory that the request didn't write, and that this draft would delete with its session; null when there is none. */
  findOther(draft: Draft): Promise<string | null>;
}

export function createSessionTies(
  store: Store,
  written: readonly WrittenRecord[],
  current: ReadonlyMap<string, RecordBase>,
): SessionTies {
  const ofMemories = written.filter(({ collection }) => collection === memories.name);
  const ids = new Set(ofMemories.map(({ id }) => id));
  const keys = new Set(
    ofMemories.flatMap(({ id, before }) => [before?.sessionId, (current.get(id) as Memory | undefined)?.sessionId]),
  );

  return {
    follows({ collection, id, before }) {
      if (collection !== sessions.name || before?.deletedAt) return false;
      const session = current.get(id) as Session | undefined;
      return session !== undefined && keys.has(session.key);
    },
    async findOther(draft) {
      if (parseId(draft.after.id)?.kind !== 'session' || !isDeletion(draft)) return null;
      const where = [{ field: 'sessionId', is: (draft.after as Session).key }];
      for await (const page of everyPage(store, memories, { where, deleted: 'EXCLUDE', field: 'occurredAt' })) {
        const other = page.find(({ id }) => !ids.has(id));
        if (other) return other.id;
      }
      return null;
    },
  };
}
