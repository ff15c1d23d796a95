import type { Author } from '../domain/author.js';
import { InvalidInputError } from '../domain/errors.js';
import { stampAfter } from '../domain/record.js';
import { type MemoryFilter, memoryConditions } from '../repositories/filters.js';
import { memories } from '../storage/collections.js';
import { MAX_DELETED } from './input/memory.js';
import { listAll } from './records/queries.js';
import type { Router } from './records/store-router.js';
import { put, type Transact } from './records/transaction.js';

/** Deletes the live memories that match a filter, all or none; with `dryRun` only finds them. */
export function deleteByFilter(
  router: Router,
  transact: Transact,
  author: Author,
  projectId: string,
  filter: MemoryFilter,
  dryRun: boolean,
): Promise<{ readonly count: number; readonly ids: readonly string[] }> {
  return transact(
    author,
    () => router.toProject(projectId),
    async ({ store }, at) => {
      const where = memoryConditions(filter);
      const count = await store.collection(memories).count(where);
      if (count > MAX_DELETED) throw tooMany(count);
      const found = await listAll(store, memories, { where, deleted: 'EXCLUDE', field: 'occurredAt' });
      const changes = dryRun
        ? []
        : found.map((memory) => put(memories, 'DELETE', { ...memory, ...stampAfter(memory, at), deletedAt: at }));
      return { changes, result: { count: found.length, ids: found.map(({ id }) => id) } };
    },
  );
}

function tooMany(count: number): InvalidInputError {
  return new InvalidInputError(
    `The filter matches ${count} memories; one call deletes at most ${MAX_DELETED}.`,
    'Narrow it, for example by occurredAt, and repeat for the rest.',
    'filter',
  );
}
