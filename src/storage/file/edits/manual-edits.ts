import { nextTurn } from '../../../util/async.js';
import type { Write, WriteResult } from '../../shared/writes.js';
import { findTrace, isSame } from '../disk/atomic-file.js';
import { type Item, refusalOf } from '../folder/commit.js';
import { isToldByLook } from '../folder/problems.js';
import type { State } from '../folder/state.js';
import type { ExamineOptions } from './edit-examiner.js';
import type { Difference } from './folder-scan.js';

/** How many files are examined in one transaction. */
const EXAMINED = 200;

/** What people's hands do to the files, taken over. */
export interface Hands {
  /** Looks at all files, and takes over what differs. Under the lock. `isOpening`: files may lag behind after a crash. */
  lookAround(isOpening: boolean): Promise<void>;
  /** Examines files, commits what they say, and tells what can't be taken. Under the lock. */
  take(found: readonly Difference[], isOpening: boolean): Promise<void>;
  /**
   * Takes over what lies where a write is about to put its files, or remove them, if it isn't what was known: the write then
   * conflicts with it, however late its change would be noticed. Under the lock.
   */
  takeBefore(write: Write): Promise<void>;
  /** Those that aren't as they were known: most changes are our own. Needs no lock. */
  differing(changed: readonly Difference[]): readonly Difference[];
  /** The same for all files, folder by folder. */
  steps(): Generator<readonly Difference[]>;
}

export function createHands(state: State, commit: (items: readonly Item[]) => Promise<readonly WriteResult[]>): Hands {
  const take = (found: readonly Difference[], isOpening: boolean): Promise<void> =>
    takeBy(found, { isOpening, isLogCut: isOpening && state.isLogCut });

  async function takeBy(found: readonly Difference[], options: ExamineOptions): Promise<void> {
    const { cache, examine } = state.parts;
    for (let start = 0; start < found.length; start += EXAMINED) {
      const part = found.slice(start, start + EXAMINED);
      const edits = cache.transaction(() => part.map((each) => examine(each, options))).filter((edit) => edit !== null);
      const results = edits.length === 0 ? [] : await commit(edits.map((edit) => ({ write: edit.write, edit })));
      for (const [number, result] of results.entries()) {
        const { path } = edits[number]!;
        if (!result.ok) state.problems.set(path, `${path} wasn't taken over: ${refusalOf(result.failure)}.`);
      }
      await nextTurn();
    }
  }

  async function takeBefore(write: Write): Promise<void> {
    // What an import finds waits until the project lives here, or is kept beside the record.
    if (write.kind !== 'commit') return;
    const files = write.changes.flatMap((change): Difference[] => {
      const dir = change.kind === 'check' ? null : state.parts.documents.findDir(change);
      return dir === null ? [] : [{ collection: change.collection, dir, id: change.id }];
    });
    const found = differing(files);
    // By the write's own route: the manifest may still be of before a move.
    if (found.length > 0) await takeBy(found, { isOpening: false, isLogCut: false, epoch: write.context.epoch });
  }

  function differing(changed: readonly Difference[]): readonly Difference[] {
    const { cache, documents } = state.parts;
    return changed.filter(({ collection, dir, id }) => {
      const known = cache.files.find(collection, id);
      if (known?.dir !== dir) return true;
      try {
        const now = findTrace(documents.pathOf(collection, dir, id));
        return !(now && isSame(known, now));
      } catch {
        // Examining it tells why it can't be looked at.
        return true;
      }
    });
  }

  function* steps(): Generator<readonly Difference[]> {
    // Those that still lie there are told of again.
    state.problems.clearAll(isToldByLook);
    yield* state.parts.look.steps();
  }

  return {
    take,
    takeBefore,
    differing,
    steps,
    async lookAround(isOpening) {
      for (const found of steps()) {
        await take(found, isOpening);
        await nextTurn();
      }
    },
  };
}
