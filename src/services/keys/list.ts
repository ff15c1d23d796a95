import { type ApiKey, statusOf } from '../../domain/access/api-key.js';
import { parseInput } from '../../domain/fields/parse.js';
import type { RepositoryQuery } from '../../repositories/repository.js';
import { apiKeys, grants } from '../../storage/account-collections.js';
import type { Condition, Page, Position, Store } from '../../storage/store.js';
import { type ApiKeyFilter, apiKeyFilter } from '../input/api-key.js';
import { everyPage, listAll } from '../records/queries.js';
import type { KeyList } from './contract.js';
import type { Visible } from './visible.js';

/** Keys read at a time, of which those that don't pass are left out. */
const BATCH = 200;

type Query = RepositoryQuery<ApiKeyFilter>;

/** A list of the keys that somebody sees. What the store can't compare is compared here: there are few keys. */
export function createKeyList(store: Store, visible: Visible, now: () => string): KeyList {
  const collection = store.collection(apiKeys);

  /** What a filter means now. */
  async function parsed(given: ApiKeyFilter) {
    const filter = parseInput(apiKeyFilter, given, 'filter');
    const at = now();
    const granted = new Set(await subjectsIn(store, filter.projectId));
    const passes = (key: ApiKey) =>
      visible.includes(key) &&
      (filter.isActive === undefined || filter.isActive === (statusOf(key, at) === 'ACTIVE')) &&
      (filter.projectId === undefined || granted.has(key.id) || worksIn(key, filter.projectId));
    return { where: [...visible.where, ...conditionsOf(filter)], passes };
  }

  return {
    spec: apiKeys,
    async list({ filter, limit, fromEnd = false, ...query }: Query): Promise<Page<ApiKey>> {
      const { where, passes } = await parsed(filter);
      let { after = null, before = null } = query;
      let items: readonly ApiKey[] = [];
      for (;;) {
        const page = await collection.list({ ...query, where, after, before, limit: BATCH, fromEnd });
        const found = page.items.filter(passes);
        items = fromEnd ? [...found, ...items] : [...items, ...found];
        const hasMore = items.length > limit;
        if (hasMore || !page.hasMore) return { items: fromEnd ? items.slice(-limit) : items.slice(0, limit), hasMore };
        if (fromEnd) before = positionOf(page.items[0]!);
        else after = positionOf(page.items.at(-1)!);
      }

      function positionOf(key: ApiKey): Position {
        return { value: key[query.order.field as 'createdAt'], id: key.id };
      }
    },

    async count(filter, deleted) {
      const { where, passes } = await parsed(filter);
      let count = 0;
      for await (const page of everyPage(store, apiKeys, { where, deleted, field: 'createdAt' })) {
        count += page.filter(passes).length;
      }
      return count;
    },
  };
}

function conditionsOf({ ownerId, isService, query }: ApiKeyFilter): readonly Condition[] {
  return [
    ...(ownerId === undefined ? [] : [{ field: 'ownerId', is: ownerId }]),
    ...(isService === undefined ? [] : [isService ? { field: 'ownerId', is: null } : { field: 'ownerId', gte: '' }]),
    ...(query === undefined ? [] : [{ fields: ['name'], contains: query }]),
  ];
}

const worksIn = ({ projectIds }: ApiKey, projectId: string): boolean =>
  projectIds === null || projectIds.includes(projectId);

/** Ids of those to whom a project is granted. */
async function subjectsIn(store: Store, projectId: string | undefined): Promise<readonly string[]> {
  if (projectId === undefined) return [];
  const where = [{ field: 'projectId', is: projectId }];
  const found = await listAll(store, grants, { where, deleted: 'EXCLUDE', field: 'createdAt' });
  return found.map(({ subjectId }) => subjectId);
}
