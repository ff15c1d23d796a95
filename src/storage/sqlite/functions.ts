import type { Database } from 'better-sqlite3';
import { canonical } from '../../util/json/canonical-json.js';
import { containsFolded } from '../../util/text/fold.js';

/** JavaScript functions that queries use. Every connection has them; stored data doesn't need them. */

/** A JSON text in the form that equal values share. */
export const CANONICAL = 'canonical_json';
/** Whether a text contains another one, which is already folded. */
export const CONTAINS = 'contains_folded';

export function defineFunctions(db: Database): void {
  db.function(CANONICAL, { deterministic: true }, (json) => canonical(JSON.parse(String(json))));
  db.function(CONTAINS, { deterministic: true }, (text, folded) =>
    typeof text === 'string' && containsFolded(text, String(folded)) ? 1 : 0,
  );
}
