import type { RecordBase } from '../record.js';

/** A sealed secret. What uses it keeps its name. It has no history: a new value is a new record. */
export interface Secret extends RecordBase {
  /** Unique, such as `outside:out_…`. */
  readonly name: string;
  /** Sealed by the vault, for this name. */
  readonly sealed: string;
}

/** A shorter secret would reveal too much of itself. */
const SHORTEST_WITH_ENDING = 12;
const ENDING = 4;

/** The last characters of a secret that may be shown, so that a person knows which one it is; empty when it is short. */
export function endingOf(secret: string): string {
  return secret.length < SHORTEST_WITH_ENDING ? '' : [...secret].slice(-ENDING).join('');
}
