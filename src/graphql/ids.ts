import { InvalidInputError } from '../domain/errors.js';
import { invalidId, type ParsedId, parseCatalogId, parseId, type RecordKind } from '../domain/id.js';
import { MAX_PAGE } from './connection.js';

/** The GraphQL type of each kind of record. */
export const TYPE_NAMES = {
  project: 'Project',
  task: 'Task',
  memory: 'Memory',
  session: 'Session',
  state: 'State',
} as const satisfies Record<RecordKind, string>;

/**
 * Parses an id from a client, of one of these kinds, or of any kind when none is named.
 * @throws InvalidInputError when it isn't an id, or of another kind
 */
export function requireId(id: string, kinds?: readonly RecordKind[], field = 'id'): ParsedId {
  const parsed = parseId(id);
  if (parsed && (!kinds || kinds.includes(parsed.kind))) return parsed;
  throw invalidId(id, kinds, field);
}

/** The GraphQL type of the node that an id is of. @throws InvalidInputError when it isn't the id of one */
export function typeNameOf(id: string): string {
  return parseCatalogId(id) === 'migration' ? 'Migration' : TYPE_NAMES[requireId(id).kind];
}

/** A list of ids from a client. @throws InvalidInputError when it is longer than a page may be */
export function requireFew<T>(ids: readonly T[]): readonly T[] {
  if (ids.length <= MAX_PAGE) return ids;
  throw new InvalidInputError(`${ids.length} ids are too many.`, `Request at most ${MAX_PAGE} at a time.`, 'ids');
}
