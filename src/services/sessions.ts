import type { Author, VersionedId } from '../domain/author.js';
import { parseInput } from '../domain/fields/parse.js';
import type { Session } from '../domain/session.js';
import { sessions } from '../storage/collections.js';
import { deletion, restoration } from './input/record.js';
import { type SessionUpdate, sessionUpdate } from './input/session.js';
import { type Lifecycle, patched } from './records/lifecycle.js';
import { findByValues } from './records/queries.js';
import { deleteMemories, sessionRules } from './records/rules/session.js';
import type { Router } from './records/store-router.js';
import type { Transact } from './records/transaction.js';

export interface SessionService {
  update(author: Author, input: SessionUpdate): Promise<Session>;
  /** Deletes it with all its memories, in one commit. */
  delete(author: Author, input: VersionedId): Promise<Session>;
  /** Restores it with exactly the memories that were deleted with it. */
  restore(author: Author, input: { readonly id: string }): Promise<Session>;
}

export function createSessionService(router: Router, transact: Transact, lifecycle: Lifecycle): SessionService {
  /**
   * Deletes the memories saved while the session was being deleted: committed before it, after its memories were listed.
   * Later ones find the session gone and start a new one, and then these belong to that.
   */
  async function deleteStragglers(author: Author, session: Session): Promise<void> {
    await transact(
      author,
      () => router.toProject(session.id),
      async ({ store }, at) => {
        const newer = await findByValues(store, sessions, 'key', [session.key], 'EXCLUDE');
        const changes = newer.size > 0 ? [] : await deleteMemories(store, session, session.deletedAt ?? at, at);
        return { changes, result: undefined };
      },
    );
  }

  return {
    async update(author, input) {
      const { id, version, ...patch } = parseInput(sessionUpdate, input);
      return lifecycle.update(sessionRules, author, { id, version }, (current) => patched(current, patch));
    },

    async delete(author, input) {
      const session = await lifecycle.delete(sessionRules, author, parseInput(deletion('session'), input));
      // The deletion is done: if they can't be deleted now they stay, and the next memory of the key starts their session.
      await deleteStragglers(author, session).catch(() => undefined);
      return session;
    },

    async restore(author, input) {
      return lifecycle.restore(sessionRules, author, parseInput(restoration('session'), input).id);
    },
  };
}
