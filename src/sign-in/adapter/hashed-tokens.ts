import type { Row } from '../../services/sign-in/rows.js';
import { signIns, storedToken, TOKEN_HASH } from '../../storage/sign-in-collections.js';
import type { JsonObject } from '../../util/json/json.js';
import type { Rows } from './model.js';

/**
 * Rows in which tokens of sign-ins are stored as hashes. One that was found by its token has the token again, as the library
 * expects; one that was found in another way has the hash, which is the token of nobody.
 */
export function withHashedTokens(rows: Rows): Rows {
  const hashed = <R extends JsonObject>(row: R): R =>
    typeof row.token === 'string' && !row.token.startsWith(TOKEN_HASH)
      ? { ...row, token: storedToken(row.token) }
      : row;

  return {
    get: rows.get,

    async list(collection, where, after, limit) {
      const asked = where.find((each) => 'is' in each && each.field === 'token');
      if (collection !== signIns.name || !asked || !('is' in asked)) return rows.list(collection, where, after, limit);
      const token = String(asked.is);
      const stored = where.map((each) => (each === asked ? { ...asked, is: storedToken(token) } : each));
      const page = await rows.list(collection, stored, after, limit);
      return { ...page, items: page.items.map((row): Row => ({ ...row, token })) };
    },

    commit: (changes) =>
      rows.commit(
        changes.map((change) =>
          'row' in change && change.collection === signIns.name
            ? ({ ...change, row: hashed(change.row) } as typeof change)
            : change,
        ),
      ),
  };
}
