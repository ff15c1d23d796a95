import type { Author, VersionedId } from '../domain/author.js';
import { parseInput } from '../domain/fields/parse.js';
import type { Memory } from '../domain/memory.js';
import type { MemoryFilter } from '../repositories/filters.js';
import {
  type MemoryDraft,
  type MemoryUpdate,
  memoryDeletion,
  memoryUpdate,
  type NewMemory,
  newMemories,
  newMemory,
} from './input/memory.js';
import { deletion, purge, restoration } from './input/record.js';
import { deleteByFilter } from './memory-deletion.js';
import type { NewRecord } from './records/creation.js';
import { type Lifecycle, patched } from './records/lifecycle.js';
import type { Purge } from './records/purge.js';
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
  update(author: Author, input: MemoryUpdate): Promise<Memory>;
  delete(author: Author, input: VersionedId): Promise<Memory>;
  /** Those that match the filter, up to 10,000, all or nothing; with `dryRun` only counted. Ids of what was (or would be) deleted. */
  deleteMany(
    author: Author,
    input: { readonly projectId: string; readonly filter: MemoryFilter; readonly dryRun: boolean },
  ): Promise<{ readonly count: number; readonly ids: readonly string[] }>;
  restore(author: Author, input: { readonly id: string }): Promise<Memory>;
  purge(author: Author, input: VersionedId & { readonly token: string }): Promise<Memory>;
}

export function createMemoryService(
  rules: Rules<Memory>,
  router: Router,
  transact: Transact,
  lifecycle: Lifecycle,
  purging: Purge,
): MemoryService {
  return {
    async save(author, input) {
      const { projectId, ...draft } = parseInput(newMemory, input);
      const [memory] = await lifecycle.create(rules, author, () => router.toProject(projectId), [toRecord(draft, '')]);
      return memory!;
    },

    async saveMany(author, input) {
      const { projectId, memories } = parseInput(newMemories, input);
      const items = memories.map((draft, index) => toRecord(draft, `memories.${index}.`));
      return lifecycle.create(rules, author, () => router.toProject(projectId), items);
    },

    async update(author, input) {
      const { id, version, ...patch } = parseInput(memoryUpdate, input);
      return lifecycle.update(rules, author, { id, version }, (current) => patched(current, patch));
    },

    async deleteMany(author, input) {
      const { projectId, filter, dryRun } = parseInput(memoryDeletion, input);
      return deleteByFilter(router, transact, author, projectId, filter, dryRun);
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
