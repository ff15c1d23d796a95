import { CursorError } from './errors.js';

/**
 * Cursors: where a reader stands in a list. Opaque to clients; inside, the list's own name and a position, so that one list's
 * cursor is never read as another's.
 */

export type CursorValue = string | number | boolean | null;

/** What names of lists are like: what else a forged cursor says isn't repeated. */
const LIST = /^\w+ of [\w ()]{1,100}$/;
/** Characters that a cursor may have: a position holds a short field and an id. */
const MAX_CURSOR = 16_384;

/** A cursor at this position of the list of this name. */
export function encodeCursor(list: string, position: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify([list, ...position])).toString('base64url');
}

/** The position that a cursor of this list holds, of this many values. @throws CursorError when it isn't such a cursor */
export function decodeCursor(list: string, cursor: string, length: number): readonly CursorValue[] {
  const [name, ...position] = parse(cursor) ?? [];
  if (typeof name !== 'string') {
    throw new CursorError(
      'INVALID_CURSOR',
      'The cursor is not one that this server gave.',
      'Pass a cursor unchanged, as `pageInfo`, an edge or a change gave it; or leave it out to begin anew.',
    );
  }
  if (name === list && position.length !== length) {
    throw new CursorError(
      'INVALID_CURSOR',
      'The cursor has another form than those that this version of Mooring gives: an earlier version gave it.',
      'Take a new one, and read again what it is to go on from: the list from its start, or all lists before following changes.',
    );
  }
  if (name !== list) {
    throw new CursorError(
      'INVALID_CURSOR',
      `The cursor belongs to another list${LIST.test(name) ? `: ${name}` : ''}. This one is ${list}.`,
      'Use a cursor only with the list, the order and the parent it came from; or leave it out to begin anew.',
    );
  }
  return position;
}

function parse(cursor: string): readonly CursorValue[] | null {
  if (cursor.length > MAX_CURSOR) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) && value.every(isCursorValue) ? value : null;
  } catch {
    return null;
  }
}

function isCursorValue(value: unknown): value is CursorValue {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
