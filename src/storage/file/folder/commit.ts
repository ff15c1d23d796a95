import { saidBy } from '../../../domain/errors.js';
import { type StoreWrite, toError, toFailure, type WriteFailure, type WriteResult } from '../../shared/writes.js';
import { WriteRefused } from '../../sqlite/apply.js';
import { doApart } from '../../sqlite/connection.js';
import { isCurrentIn, manifestOf, writeCopies } from '../cache/catch-up.js';
import { findFingerprint, isSame } from '../disk/atomic-file.js';
import { removePlain } from '../disk/plain-file.js';
import { indexPath } from '../documents/layout.js';
import type { Edit } from '../edits/edit-examiner.js';
import { toFileError } from '../errors.js';
import { eraseFromLog } from '../log/erase.js';
import type { CommitPosition } from '../log/log-file.js';
import { bodyOf } from '../log/log-line.js';
import { createRewriting } from '../log/rewriting.js';
import { NOTHING, type PreparedWrite, prepareWrite } from './prepare.js';
import type { FolderState } from './state.js';

/** A write that waits for the next commit: a request's, or an edit of a file. */
export interface PendingWrite {
  readonly write: StoreWrite;
  readonly edit?: Edit;
}

/**
 * Group commit: one append to the log and one sync make all the writes durable. Each succeeds or fails alone. Under the
 * folder's lock, with the cache up to the log's end.
 * @returns a result for each, and the collections that changed
 */
export async function commitTogether(
  state: FolderState,
  items: readonly PendingWrite[],
): Promise<{ readonly results: readonly WriteResult[]; readonly changed: ReadonlySet<string> }> {
  const { cache } = state.parts;
  const done: { readonly item: PendingWrite; readonly prepared: PreparedWrite }[] = [];
  const results: WriteResult[] = [];
  const prepareItem = ({ write, edit }: PendingWrite) =>
    edit && write.kind === 'import' ? adopt(state, write) : prepareWrite(cache, write);
  let position: CommitPosition;
  cache.db.exec('begin immediate');
  try {
    for (const item of items) {
      const prepared = attempt(state, item, items.length > 1, prepareItem);
      if ('kind' in prepared) results.push({ ok: false, failure: prepared });
      else {
        results.push({ ok: true, value: prepared.value });
        if (prepared.body) done.push({ item, prepared });
      }
    }
    const bodies = done.map(({ prepared }) => prepared.body!);
    position = bodies.length === 0 ? cache.position() : state.log.append(bodies, cache.position());
  } catch (error) {
    if (cache.db.inTransaction) cache.db.exec('rollback');
    throw error;
  }
  const changed = new Set(done.flatMap(({ prepared }) => prepared.touched.map(({ collection }) => collection)));
  await follow(state, done, position);
  return { results, changed };
}

/** One write, which is refused alone. @throws what ended the transaction for all that share it */
function attempt(
  { parts: { cache }, cachePath }: FolderState,
  item: PendingWrite,
  isShared: boolean,
  prepareItem: (item: PendingWrite) => PreparedWrite,
): PreparedWrite | WriteFailure {
  const { edit } = item;
  if (edit && !isUnchanged(edit)) return { kind: 'conflict', collection: edit.collection, id: edit.id, current: null };
  const done = doApart(cache.db, isShared, prepareItem, item);
  if (!('error' in done)) return done.value;
  const { error } = done;
  if (error instanceof WriteRefused) return error.failure;
  const said = toFileError(error, cachePath);
  if (said.code === 'STORE_DAMAGED') throw error;
  return toFailure(said);
}

/** Takes over a file whose commit is lost: as it is, without an entry. */
function adopt({ parts: { replay } }: FolderState, write: Extract<StoreWrite, { kind: 'import' }>): PreparedWrite {
  const documents = write.documents.map(({ collection, doc }) => ({ collection, document: JSON.parse(doc) }));
  const content = { kind: 'import', documents, entries: [], removed: [] } as const;
  const touched = replay({ n: 0, id: '', ...content });
  return { value: 0, body: bodyOf(content), touched, erasing: NOTHING };
}

const isUnchanged = ({ path, fingerprint }: Edit): boolean => {
  const now = findFingerprint(path);
  return now !== null && isSame(now, fingerprint);
};

/**
 * The work after the commits are durable: the files, the copies, erasing, and the cache. If it fails, the log has
 * everything, and the next catch-up does it.
 */
async function follow(
  state: FolderState,
  done: readonly { readonly item: PendingWrite; readonly prepared: PreparedWrite }[],
  position: CommitPosition,
): Promise<void> {
  const { cache, documents } = state.parts;
  const erasing = done.map(({ prepared }) => prepared.erasing);
  const isTrimmed = erasing.some(({ floor }) => floor !== null);
  const isErasing =
    isTrimmed || erasing.some(({ purged, removed, images }) => purged.length + removed.length + images.length > 0);
  try {
    for (const { item, prepared } of done) {
      if (item.edit) cache.files.set(item.edit.collection, item.edit.id, item.edit.dir, item.edit.fingerprint, '');
      documents.updateFiles(prepared.touched);
    }
    cache.setPosition(isErasing ? await erase(state, done, position) : position);
    const isOfHead = done.some(({ item: { write } }) => write.kind !== 'commit' && write.kind !== 'import');
    if (isTrimmed || isOfHead) writeCopies(state);
    cache.db.exec('commit');
  } catch {
    if (cache.db.inTransaction) cache.db.exec('rollback');
    return;
  }
  if (isErasing) cache.scrub.soon();
}

async function erase(
  state: FolderState,
  done: readonly { readonly prepared: PreparedWrite }[],
  position: CommitPosition,
): Promise<CommitPosition> {
  const erasing = done.map(({ prepared }) => prepared.erasing);
  const images = erasing.flatMap((each) => each.images);
  await eraseFromLog(state.layout, state.log, {
    purged: new Set(erasing.flatMap(({ purged }) => purged)),
    removed: new Set(erasing.flatMap(({ removed }) => removed)),
    floor: erasing.reduce<number | null>(
      (most, { floor }) => (floor === null ? most : Math.max(most ?? 0, floor)),
      null,
    ),
    isCurrent: isCurrentIn(state),
    rewriting: createRewriting(
      images.map(({ id }) => String(id)),
      images,
      manifestOf(state),
    ),
  });
  // Its keys are in the index too, which is soon rewritten.
  for (const { prepared } of done)
    if (prepared.erasing.purged.length + prepared.erasing.removed.length > 0)
      for (const { collection } of prepared.touched)
        removePlain(state.layout.folder, indexPath(state.layout.folder, collection));
  return { ...position, ...state.log.end() };
}

/** Why an edit couldn't be committed, as the end of a sentence. */
export function refusalOf(failure: WriteFailure): string {
  switch (failure.kind) {
    case 'conflict':
      return 'it changed while it was read';
    case 'route':
      return 'the project is being moved, or lives elsewhere by now';
    default:
      return saidBy(toError(failure));
  }
}
