import { recordTooLarge } from '../store-errors.js';

/** Limits of a record: SQLite's longest text, and the depth that its JSON functions reach, which indexes use. */
const MOST = 'a record may be 1 GB long as text and nested 1,000 deep';

/** Runs work on a record's text. @throws StoreError when the record is too long for it, or nested too deeply */
export function withinLimits<T>(id: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw isTooLarge(error) ? recordTooLarge(id, MOST) : error;
  }
}

function isTooLarge(error: unknown): boolean {
  // Making the text itself failed: longer than a string may be, or deeper than the stack.
  if (error instanceof RangeError) return true;
  const { code, message } = error as Error & { readonly code?: unknown };
  return code === 'SQLITE_TOOBIG' || (code === 'SQLITE_ERROR' && message === 'malformed JSON');
}
