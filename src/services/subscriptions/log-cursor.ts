import { decodeCursor, encodeCursor } from '../../domain/cursor.js';
import { CursorError } from '../../domain/errors.js';
import { isSamePosition, type LogPosition, LogReplacedError } from '../../domain/log-position.js';
import type { Store } from '../../storage/store.js';

/** The cursor of the log of this name at a position. */
export function cursorAt(name: string, { seq, mark }: LogPosition): string {
  return encodeCursor(name, [seq, mark]);
}

/**
 * The position of a cursor of this name in a store's log; null is the end. Always within what the log keeps.
 * @throws CursorError when the cursor is of another list, or of a log that was replaced
 */
export async function positionOf(store: Store, name: string, cursor: string | null): Promise<LogPosition> {
  const { floor, ...end } = await store.log.head();
  if (cursor === null) return end;
  const [seq, mark] = decodeCursor(name, cursor, 2);
  const position = { seq: Number(seq), mark: String(mark) };
  const isSeq = Number.isSafeInteger(seq) && position.seq >= 0;
  const isHeld = isSeq && (isSamePosition(position, end) || (await store.log.holds(position)));
  if (!isHeld) throw new LogReplacedError();
  if (position.seq < floor) {
    throw new CursorError(
      'CURSOR_EXPIRED',
      `The cursor is older than what the log keeps of the ${name}.`,
      'Take the current `cursor`, read the lists again, then follow from that cursor.',
    );
  }
  return position;
}
