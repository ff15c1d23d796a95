import { ID_LENGTH, PREFIX_LENGTH, parseId } from '../../../domain/id.js';

/** Whether any of a set of ids is in the bytes of a line, at any place. */
export type IdFinder = (bytes: Buffer) => boolean;

const UNDERSCORE = 0x5f;

/**
 * Creates a finder of ids. A search reads the line once, however many ids of records there are; other ids, which only an
 * edited log has, are searched for one by one.
 */
export function createIdFinder(ids: ReadonlySet<string>): IdFinder {
  const others = [...ids].filter((id) => parseId(id) === null);
  return (bytes) => holdsRecordId(bytes, ids) || others.some((id) => bytes.includes(id));
}

/** Each id of a record has its only underscore after the prefix. */
function holdsRecordId(bytes: Buffer, ids: ReadonlySet<string>): boolean {
  for (let at = bytes.indexOf(UNDERSCORE); at !== -1; at = bytes.indexOf(UNDERSCORE, at + 1)) {
    const start = at - PREFIX_LENGTH;
    if (start >= 0 && ids.has(bytes.toString('latin1', start, start + ID_LENGTH))) return true;
  }
  return false;
}
