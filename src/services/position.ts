import { decodeCursor } from '../domain/cursor.js';
import { CursorError } from '../domain/errors.js';
import type { Store } from '../storage/store.js';

/**
 * Where in a store's log a cursor of this name stands; null is the end. Always within what the log keeps.
 * @throws CursorError
 */
export async function positionOf(store: Store, name: string, cursor: string | null): Promise<number> {
  const { seq, floor } = await store.log.head();
  if (cursor === null) return seq;
  const [position] = decodeCursor(name, cursor, 1);
  if (typeof position !== 'number' || !Number.isInteger(position) || position < 0 || position > seq) {
    throw new CursorError(
      'INVALID_CURSOR',
      `The cursor lies beyond the end of the ${name}.`,
      'It may come from before a backup was restored. Read the lists again, then follow from the `cursor` that is now.',
    );
  }
  if (position < floor) {
    throw new CursorError(
      'CURSOR_EXPIRED',
      `The cursor is older than what the log keeps of the ${name}.`,
      'Take the `cursor` that is now, read the lists again, then follow from that cursor.',
    );
  }
  return position;
}
