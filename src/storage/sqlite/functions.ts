import type { Database } from 'better-sqlite3';
import { canonical } from '../../domain/canonical.js';

/** What queries ask of JavaScript. Every connection has these functions; what is stored doesn't need them. */

/** A JSON text in the form that equal values share. */
export const CANONICAL = 'canonical_json';

export function defineFunctions(db: Database): void {
  db.function(CANONICAL, { deterministic: true }, (json) => canonical(JSON.parse(String(json))));
}
