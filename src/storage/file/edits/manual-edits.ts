import { nextTurn } from '../../../util/async.js';
import type { StoreWrite, WriteResult } from '../../shared/writes.js';
import { type Fingerprint, findFingerprint, isSame } from '../disk/atomic-file.js';
import { type PendingWrite, refusalOf } from '../folder/commit.js';
import { isReportedByScan } from '../folder/problems.js';
import type { FolderState } from '../folder/state.js';
import type { ExamineOptions } from './edit-examiner.js';
import type { ChangedFile } from './folder-scan.js';

/** How many files are examined in one transaction. */
const BATCH = 200;

/** Takes over what people change in the files. */
export interface ManualEdits {
  /** Scans all files, and takes over what differs. Under the lock. `isOpening`: files may lag behind after a crash. */
  scan(isOpening: boolean): Promise<void>;
  /** Examines files, commits edits, and reports what can't be taken over. Under the lock. */
  take(found: readonly ChangedFile[], isOpening: boolean): Promise<void>;
  /**
   * Takes over edits where a write is about to put or remove files: the write then conflicts with them, however late
   * the scan would notice them. Under the lock.
   */
  takeBefore(write: StoreWrite): Promise<void>;
  /** Files that differ from what is known of them: most changes are our own. Needs no lock. */
  differing(changed: readonly ChangedFile[]): readonly ChangedFile[];
  /** Whether there is no file. */
  isMissing(changed: ChangedFile): boolean;
  /** The same as `differing` for all files, folder by folder. */
  steps(): Generator<readonly ChangedFile[]>;
}

export function createManualEdits(
  state: FolderState,
  commit: (items: readonly PendingWrite[]) => Promise<readonly WriteResult[]>,
): ManualEdits {
  const take = (found: readonly ChangedFile[], isOpening: boolean): Promise<void> =>
    takeBy(found, { isOpening, isLogCut: isOpening && state.isLogCut });

  async function takeBy(found: readonly ChangedFile[], options: ExamineOptions): Promise<void> {
    const { cache, examine } = state.parts;
    for (let start = 0; start < found.length; start += BATCH) {
      const part = found.slice(start, start + BATCH);
      const edits = cache.transaction(() => part.map((each) => examine(each, options))).filter((edit) => edit !== null);
      const results = edits.length === 0 ? [] : await commit(edits.map((edit) => ({ write: edit.write, edit })));
      for (const [number, result] of results.entries()) {
        const { path } = edits[number]!;
        if (!result.ok) state.problems.set(path, `${path} wasn't taken over: ${refusalOf(result.failure)}.`);
      }
      await nextTurn();
    }
  }

  async function takeBefore(write: StoreWrite): Promise<void> {
    // Edits in an import's way wait until the project lives here, or are kept next to the record.
    if (write.kind !== 'commit') return;
    const files = write.changes.flatMap((change): ChangedFile[] => {
      const dir = change.kind === 'check' ? null : state.parts.documents.findDir(change);
      return dir === null ? [] : [{ collection: change.collection, dir, id: change.id }];
    });
    const found = differing(files);
    // By the write's own route: the manifest may still be of before a move.
    if (found.length > 0) await takeBy(found, { isOpening: false, isLogCut: false, epoch: write.context.epoch });
  }

  function differing(changed: readonly ChangedFile[]): readonly ChangedFile[] {
    const { cache } = state.parts;
    return changed.filter((each) => {
      const known = cache.files.find(each.collection, each.id);
      const now = known?.dir === each.dir ? findFile(each) : null;
      return !(known && now && now !== 'unreadable' && isSame(known, now));
    });
  }

  function findFile({ collection, dir, id }: ChangedFile): Fingerprint | 'unreadable' | null {
    try {
      return findFingerprint(state.parts.documents.pathOf(collection, dir, id));
    } catch {
      // Examining it reports why.
      return 'unreadable';
    }
  }

  function* steps(): Generator<readonly ChangedFile[]> {
    // Those that still exist are reported again.
    state.problems.clearAll(isReportedByScan);
    yield* state.parts.scan.steps();
  }

  return {
    take,
    takeBefore,
    differing,
    isMissing: (changed) => findFile(changed) === null,
    steps,
    async scan(isOpening) {
      for (const found of steps()) {
        await take(found, isOpening);
        await nextTurn();
      }
    },
  };
}
