import { InvalidInputError } from '../domain/errors.js';

/** An input in which only these fields may be null. */
type OnlyNullable<T, K extends keyof T> = { [P in keyof T]: P extends K ? T[P] : Exclude<T[P], null> };

/**
 * In GraphQL an optional field may be given as null. Here null clears what can be empty, and is refused elsewhere.
 * @throws InvalidInputError
 */
export function onlyNullable<T extends object, K extends keyof T = never>(
  input: T,
  nullable: readonly K[] = [],
  path?: string,
): OnlyNullable<T, K> {
  for (const [field, value] of Object.entries(input)) {
    if (value === null && !nullable.some((each) => each === field)) {
      throw new InvalidInputError(
        `\`${field}\` can't be null.`,
        'Leave it out to keep it as it is, or give it a value.',
        path ? `${path}.${field}` : field,
      );
    }
  }
  return input as OnlyNullable<T, K>;
}

/** A filter, in which null means the same as leaving out, except in these fields, where it means "none". */
export function filterOf<T extends object, K extends keyof T = never>(
  filter: T | null | undefined,
  nullable: readonly K[] = [],
): OnlyNullable<T, K> {
  const given = Object.entries(filter ?? {}).filter(
    ([field, value]) => value !== null || nullable.some((each) => each === field),
  );
  return Object.fromEntries(given) as OnlyNullable<T, K>;
}
