import { InvalidInputError } from '../domain/errors.js';
import { invalidId, type ParsedId, parseId, type RecordKind } from '../domain/id.js';

/**
 * Parses an id of one of these kinds, or of any kind when none is named.
 * @throws InvalidInputError when it isn't an id, or is of another kind
 */
export function requireId(id: string, kinds?: readonly RecordKind[], field = 'id'): ParsedId {
  const parsed = parseId(id);
  if (parsed && (!kinds || kinds.includes(parsed.kind))) return parsed;
  throw invalidId(id, kinds, field);
}

/** An input in which only these fields may be null. */
type OnlyNullable<T, K extends keyof T> = { [P in keyof T]: P extends K ? T[P] : Exclude<T[P], null> };

/** An input in which null means the same as leaving out, except in these fields, where it means "none". */
export function withoutNulls<T extends object, K extends keyof T = never>(
  input: T | null | undefined,
  except: readonly K[] = [],
): OnlyNullable<T, K> {
  const given = Object.entries(input ?? {}).filter(
    ([field, value]) => value !== null || except.some((each) => each === field),
  );
  return Object.fromEntries(given) as OnlyNullable<T, K>;
}

/**
 * An update, in which null clears a field and is rejected elsewhere. `clearable` has the fields that can be cleared as keys.
 * @throws InvalidInputError
 */
export function rejectNulls<T extends object, K extends keyof T>(
  input: T,
  clearable: Readonly<Record<K, unknown>>,
): OnlyNullable<T, K> {
  for (const [field, value] of Object.entries(input)) {
    if (value === null && !Object.hasOwn(clearable, field)) {
      throw new InvalidInputError(
        `\`${field}\` can't be null.`,
        'Leave it out to keep the current value, or pass a new one.',
        field,
      );
    }
  }
  return input as OnlyNullable<T, K>;
}

/** Converts a `TimeRange` to a range without nulls. */
export function timeRange<T extends object>(range: T | null | undefined): OnlyNullable<T, never> | undefined {
  return range ? withoutNulls(range) : undefined;
}
