import { type Stats, statSync } from 'node:fs';

/** What is known of a file; null when there is none, it may not be looked at, or the path can't be one. */
export function statOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}
