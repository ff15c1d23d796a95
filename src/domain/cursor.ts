import { CursorError } from './errors.js';

/**
 * Cursors: a reader's position in a list. Opaque to clients; they contain the list's name and a position, so that the cursor
 * of one list is never read as that of another.
 */

export type CursorValue = string | number | boolean | null;

/** The form of a list's name: an error doesn't repeat anything else that a forged cursor contains. */
const LIST = /^\w+ of [\w ()]{1,100}$/;
/** The most characters of a cursor: a position is a short field and an id. */
const MAX_CURSOR = 16_384;

/** The cursor for this position in the list of this name. */
export function encodeCursor(list: string, position: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify([list, ...position])).toString('base64url');
}

/** The position in a cursor of this list, with `length` values. @throws CursorError when it isn't such a cursor */
export function decodeCursor(list: string, cursor: string, length: number): readonly CursorValue[] {
  const [name, ...position] = parse(cursor) ?? [];
  if (typeof name !== 'string') {
    throw new CursorError(
      'INVALID_CURSOR',
      'The cursor is not one that this server issued.',
      'Pass a cursor unchanged, as returned in `pageInfo`, an edge or a change; or leave it out to start from the beginning.',
    );
  }
  if (name === list && position.length !== length) {
    throw new CursorError(
      'INVALID_CURSOR',
      'The cursor has a form that this version of Mooring no longer issues: it is from an earlier version.',
      'Take a new cursor and read again: the list from its start, or all lists before following changes.',
    );
  }
  if (name !== list) {
    throw new CursorError(
      'INVALID_CURSOR',
      `The cursor belongs to another list${LIST.test(name) ? `: ${name}` : ''}. This one is ${list}.`,
      'Use a cursor only with the list, the order and the parent it came from; or leave it out to start from the beginning.',
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
