import { InvalidInputError, NotFoundError } from '../../../domain/errors.js';
import type { LogEntry } from '../../../domain/log-entry.js';
import type { LogImage, Page, Store } from '../../../storage/store.js';
import { nextTurn } from '../../../util/async.js';
import type { JsonObject } from '../../../util/json/json.js';
import { sizeOf } from '../../../util/json/json.js';
import { grouped } from '../../../util/text/grouped.js';
import { MAX_DELETED, MAX_DELETED_BYTES } from '../delete-many.js';

/** The most changes of one request that are undone: as many as one deletion makes. */
export const MAX_UNDONE = MAX_DELETED;

/** A record that a request wrote, from the log. */
export interface WrittenRecord {
  readonly id: string;
  readonly collection: string;
  /** The record before the request; null when the request created it. */
  readonly before: JsonObject | null;
  /** The last version of it that the request wrote. */
  readonly lastVersion: number;
  /** Whether others wrote versions between those of the request. */
  readonly isInterrupted: boolean;
}

/** Entries read at a time. */
const PAGE = 500;

/**
 * What a request wrote in a project, each record once, in the order of its first change.
 * @param most - changes. Left out: `MAX_UNDONE`
 * @throws NotFoundError when it wrote nothing
 * @throws InvalidInputError when it can't be undone: it purged a record, the log no longer has what a record was, or it
 * wrote too much
 */
export async function findWritten(
  store: Store,
  { projectId, requestId }: { readonly projectId: string; readonly requestId: string },
  most = MAX_UNDONE,
): Promise<readonly WrittenRecord[]> {
  const records = new Map<string, WrittenRecord>();
  let changes = 0;
  let size = 0;
  for await (const entry of everyEntry(store, requestId)) {
    changes += 1;
    size += sizeOf(entry.before);
    if (changes > most) throw refused(`It made more than ${grouped(most)} changes, the most that one call undoes.`);
    if (size > MAX_DELETED_BYTES) {
      throw refused(`What it changed has more than ${MAX_DELETED_BYTES / 2 ** 20} MB, the most that one call undoes.`);
    }
    records.set(entry.recordId, add(records.get(entry.recordId), entry));
  }
  if (changes > 0) return [...records.values()];
  throw new NotFoundError(
    requestId,
    `No request ${requestId} wrote in ${projectId}.`,
    'Check the id: `requestId` in the log of the project. What was written to the project itself is in its `history`; undo it with `revertRecord`.',
  );
}

async function* everyEntry(store: Store, requestId: string): AsyncGenerator<LogEntry> {
  for (let after: number | null = null; ; await nextTurn()) {
    const page: Page<LogImage> = await store.log.list({ requestId, direction: 'ASC', after, limit: PAGE });
    for (const { entry } of page.items) yield entry;
    const last = page.items.at(-1);
    if (!page.hasMore || !last) return;
    after = last.entry.seq;
  }
}

function add(known: WrittenRecord | undefined, entry: LogEntry): WrittenRecord {
  const { recordId: id, collection, version, operation, before } = entry;
  if (operation === 'PURGE') throw refused(`It purged ${id}, of which nothing is left.`);
  if (known) {
    const isInterrupted = known.isInterrupted || version !== known.lastVersion + 1;
    return { ...known, lastVersion: version, isInterrupted };
  }
  if (before === null && version > 1) throw refused(`The log no longer has what ${id} was before.`);
  return { id, collection, before, lastVersion: version, isInterrupted: false };
}

function refused(why: string): InvalidInputError {
  return new InvalidInputError(
    `The request can't be undone as a whole. ${why} Nothing was written.`,
    'See `Project.log(requestId:)` for what it did, and undo single changes: `revertRecord`, `restoreSession`.',
    'requestId',
  );
}
