import type { Author, VersionedId } from '../domain/author.js';
import { parseInput } from '../domain/fields/parse.js';
import { projectKeyOf } from '../domain/id.js';
import type { Memory } from '../domain/memory.js';
import { type MemoryFilter, memoryConditions } from '../repositories/filters.js';
import { memories as spec } from '../storage/collections.js';
import {
  type MemoryDraft,
  type MemoryUpdate,
  type MemoryUpsert,
  memoryDeletion,
  memoryUpdate,
  memoryUpsert,
  type NewMemory,
  newMemories,
  newMemory,
} from './input/memory.js';
import { deletion, purge, restoration } from './input/record.js';
import type { ConcurrentSaves } from './records/concurrent-saves.js';
import type { NewRecord } from './records/creation.js';
import { type DeletedMany, deleteMany } from './records/delete-many.js';
import { type Lifecycle, patched, type Upserted } from './records/lifecycle.js';
import type { Purge } from './records/purge.js';
import { findByExternalId } from './records/queries.js';
import type { Rules } from './records/rules/contract.js';
import type { Router } from './records/store-router.js';
import type { Transact } from './records/transaction.js';

export interface MemoryService {
  /** Acknowledged when it is durable. The first memory that names a session's key creates the session, in the same commit. */
  save(author: Author, input: { readonly projectId: string } & NewMemory): Promise<Memory>;
  /** Up to 1,000, all or nothing. */
  saveMany(
    author: Author,
    input: { readonly projectId: string; readonly memories: readonly NewMemory[] },
  ): Promise<readonly Memory[]>;
  /** Updates the memory that has the `externalId`, or saves one. What is left out stays, or gets its default. */
  upsert(author: Author, input: MemoryUpsert): Promise<Upserted<Memory>>;
  update(author: Author, input: MemoryUpdate): Promise<Memory>;
  delete(author: Author, input: VersionedId): Promise<Memory>;
  /** Those that match the filter, an empty one included, all or none; with `dryRun` only counted. */
  deleteMany(
    author: Author,
    input: { readonly projectId: string; readonly filter: MemoryFilter; readonly dryRun: boolean },
  ): Promise<DeletedMany>;
  restore(author: Author, input: { readonly id: string }): Promise<Memory>;
  purge(author: Author, input: VersionedId & { readonly token: string }): Promise<Memory>;
}

export function createMemoryService(
  rules: Rules<Memory>,
  saves: ConcurrentSaves,
  router: Router,
  transact: Transact,
  lifecycle: Lifecycle,
  purging: Purge,
): MemoryService {
  const create = (author: Author, projectId: string, items: readonly NewRecord<Memory>[]) =>
    saves.during(projectKeyOf(projectId), () =>
      lifecycle.create(rules, author, () => router.toProject(projectId), items),
    );

  return {
    async save(author, input) {
      const { projectId, ...draft } = parseInput(newMemory, input);
      const [memory] = await create(author, projectId, [toRecord(draft, '')]);
      return memory!;
    },

    async saveMany(author, input) {
      const { projectId, memories } = parseInput(newMemories, input);
      const items = memories.map((draft, index) => toRecord(draft, `memories.${index}.`));
      return create(author, projectId, items);
    },

    async upsert(author, input) {
      const { projectId, externalId, ...patch } = parseInput(memoryUpsert, input);
      return saves.during(projectKeyOf(projectId), () =>
        lifecycle.upsert(rules, author, () => router.toProject(projectId), {
          key: `${projectId} ${externalId}`,
          find: ({ store }) => findByExternalId(store, spec, externalId),
          create: () => {
            const { projectId: _, ...draft } = parseInput(newMemory, input);
            return toRecord(draft, '');
          },
          change: (current) => patched(current, patch),
        }),
      );
    },

    async update(author, input) {
      const { id, version, ...patch } = parseInput(memoryUpdate, input);
      return lifecycle.update(rules, author, { id, version }, (current) => patched(current, patch));
    },

    async deleteMany(author, input) {
      const { projectId, filter, dryRun } = parseInput(memoryDeletion, input);
      const selection = { where: memoryConditions(filter), field: 'occurredAt', all: true, dryRun } as const;
      return deleteMany(rules, transact, author, () => router.toProject(projectId), selection);
    },

    delete: async (author, input) => lifecycle.delete(rules, author, parseInput(deletion('memory'), input)),
    restore: async (author, input) => lifecycle.restore(rules, author, parseInput(restoration('memory'), input).id),
    purge: async (author, input) => purging.record(rules, author, parseInput(purge('memory'), input)),
  };
}

function toRecord({ externalId, ...draft }: MemoryDraft, field: string): NewRecord<Memory> {
  const content = (at: string) => ({ ...draft, occurredAt: draft.occurredAt ?? at, deletedWith: null });
  return { externalId: externalId ?? null, content, field };
}
