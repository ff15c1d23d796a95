import { InvalidInputError } from '../domain/errors.js';

/** An input in which only these fields may be null. */
type OnlyNullable<T, K extends keyof T> = { [P in keyof T]: P extends K ? T[P] : Exclude<T[P], null> };

/**
 * What an update may set: null clears what can be empty, and is refused elsewhere.
 * @throws InvalidInputError
 */
export function onlyNullable<T extends object, K extends keyof T>(
  input: T,
  nullable: readonly K[],
): OnlyNullable<T, K> {
  for (const [field, value] of Object.entries(input)) {
    if (value === null && !nullable.some((each) => each === field)) {
      throw new InvalidInputError(
        `\`${field}\` can't be null.`,
        'Leave it out to keep the current value, or pass a new one.',
        field,
      );
    }
  }
  return input as OnlyNullable<T, K>;
}

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
