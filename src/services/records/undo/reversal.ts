import { isDeepStrictEqual } from 'node:util';
import { type RecordBase, stampAfter } from '../../../domain/record.js';
import type { Store } from '../../../storage/store.js';
import type { JsonObject } from '../../../util/json/json.js';
import { revertedTo, upgraded } from '../lifecycle.js';
import type { Draft } from './plan-drafts.js';
import type { WrittenRecord } from './written-records.js';

/** What no undo changes. */
const KEPT = ['version', 'updatedAt', 'activeAt', 'streamingStatus'];
/** What follows from the moment of a write, so that an undo doesn't set it back exactly. */
const DERIVED = [...KEPT, 'claim', 'claimToken', 'completedAt', 'deletedWith'];

/** What sets a record back to what it was before the request; null when it is already. */
export function reversal(written: WrittenRecord, now: RecordBase, at: string): Draft | null {
  const { collection, before } = written;
  const wanted = before ? as(now, collection, before, at) : { ...now, deletedAt: now.deletedAt ?? at };
  if (isSame(now, wanted, now.version === written.lastVersion ? KEPT : DERIVED)) return null;
  const after = { ...wanted, ...stampAfter(now, at) };
  return { operation: before ? 'REVERT' : 'DELETE', before: now, after, field: '' };
}

/** Whether a record is as the request left it: nobody has changed it since, or that has been undone. */
export async function isAsLeft(store: Store, written: WrittenRecord, now: RecordBase): Promise<boolean> {
  const { collection, isInterrupted, lastVersion } = written;
  if (isInterrupted) return false;
  if (now.version === lastVersion) return true;
  const left = await store.log.image(now.id, lastVersion);
  return left !== null && isSame(now, as(now, collection, left, now.updatedAt), DERIVED);
}

/** The record as an image has it. */
function as(record: RecordBase, collection: string, image: JsonObject, at: string): RecordBase {
  return revertedTo(record, upgraded<RecordBase>(collection, image), at);
}

function isSame(a: RecordBase, b: RecordBase, ignored: readonly string[]): boolean {
  const fields = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...fields].every(
    (field) => ignored.includes(field) || isDeepStrictEqual(Reflect.get(a, field), Reflect.get(b, field)),
  );
}
