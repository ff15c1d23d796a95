import type { Row } from '../../services/sign-in/rows.js';
import { oauthClientResources, oauthResources } from '../../storage/sign-in-collections.js';
import type { Rows } from './model.js';

/** Origins by which a server is known: strangers may make up any number. */
const MOST = 64;

/**
 * Rows without those of what access tokens are for. That is the same at each origin, and every program may ask for it, so the
 * library finds it without anything being written: strangers, who may call the server by any name, would write as well.
 */
export function withOwnResources(rows: Rows): Rows {
  const resources = new Map<string, Row>();
  const isOwn = (collection: string) => collection === oauthResources.name || collection === oauthClientResources.name;
  const all = (collection: string) => (collection === oauthResources.name ? [...resources.values()] : []);

  return {
    get: async (collection, ids) =>
      isOwn(collection) ? all(collection).filter(({ id }) => ids.includes(id)) : rows.get(collection, ids),

    async list(collection, where, after, limit) {
      if (!isOwn(collection)) return rows.list(collection, where, after, limit);
      const items = all(collection).filter((row) =>
        where.every((each) => !('is' in each) || row[each.field] === each.is),
      );
      return { items: after === null ? items : [], hasMore: false };
    },

    async commit(changes) {
      for (const change of changes) {
        if (change.collection !== oauthResources.name || change.kind !== 'create') continue;
        const [oldest] = resources.keys();
        if (resources.size >= MOST && oldest !== undefined) resources.delete(oldest);
        resources.set(change.row.id, { ...change.row, version: 1 });
      }
      const others = changes.filter(({ collection }) => !isOwn(collection));
      if (others.length > 0) await rows.commit(others);
    },
  };
}
