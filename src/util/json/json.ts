/** Any JSON value: what records hold, what a log entry's images are, what a client's metadata may be. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Whether lists and objects lie nested deeper than `levels`: what reads or sends them recurses. */
export function isDeeperThan(levels: number, value: object): boolean {
  let level: readonly object[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levels) return true;
    level = level.flatMap((each) => Object.values(each).filter((inner) => typeof inner === 'object' && inner !== null));
  }
  return false;
}

/**
 * About how many characters a value takes as JSON: those of its keys and texts, and a few for what holds them together. Counting
 * stops beyond `enough`. Left out: all is counted.
 */
export function sizeOf(value: unknown, enough = Number.POSITIVE_INFINITY): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 6;
  let size = 2;
  if (Array.isArray(value)) {
    for (const each of value) {
      size += sizeOf(each, enough - size) + 1;
      if (size > enough) break;
    }
    return size;
  }
  for (const key in value) {
    size += key.length + 4 + sizeOf((value as { readonly [key: string]: unknown })[key], enough - size);
    if (size > enough) break;
  }
  return size;
}

/** Whether two JSON values are equal, whatever the order of keys. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [one, other] = [a, b] as readonly { readonly [key: string]: unknown }[];
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isEqual(one![key], other![key]))
  );
}
