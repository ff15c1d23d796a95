import type { Memory } from '../domain/memory.js';
import type { Content } from '../domain/record.js';
import { type MemoryDraft, memoryDeletion, memoryUpdate, newMemories, newMemory } from './input/memory.js';
import { parseInput } from './input/parse.js';
import { deletion, purge, restoration } from './input/record.js';
import { deleteByFilter } from './memory-deletion.js';
import type { NewRecord } from './records/creation.js';
import type { Lifecycle } from './records/lifecycle.js';
import { patched } from './records/patch.js';
import type { Purge } from './records/purge.js';
import type { Homes } from './records/routing.js';
import type { Rules } from './records/rules/rules.js';
import type { Write } from './records/write.js';
import type { MemoryService } from './services.js';

export function createMemoryService(
  rules: Rules<Memory>,
  homes: Homes,
  write: Write,
  lifecycle: Lifecycle,
  purging: Purge,
): MemoryService {
  return {
    async save(author, input) {
      const { projectId, ...draft } = parseInput(newMemory, input);
      const [memory] = await lifecycle.create(rules, author, () => homes.ofProject(projectId), [toRecord(draft, '')]);
      return memory!;
    },

    async saveMany(author, input) {
      const { projectId, memories } = parseInput(newMemories, input);
      const items = memories.map((draft, index) => toRecord(draft, `memories.${index}.`));
      return lifecycle.create(rules, author, () => homes.ofProject(projectId), items);
    },

    async update(author, input) {
      const { id, version, ...patch } = parseInput(memoryUpdate, input);
      return lifecycle.update(rules, author, { id, version }, (current) => patched(current, patch));
    },

    async deleteMany(author, input) {
      const { projectId, filter, dryRun } = parseInput(memoryDeletion, input);
      return deleteByFilter(homes, write, author, projectId, filter, dryRun);
    },

    delete: async (author, input) => lifecycle.delete(rules, author, parseInput(deletion('memory'), input)),
    restore: async (author, input) => lifecycle.restore(rules, author, parseInput(restoration('memory'), input).id),
    purge: async (author, input) => purging.record(rules, author, parseInput(purge('memory'), input)),
  };
}

function toRecord({ externalId, ...draft }: MemoryDraft, field: string): NewRecord<Memory> {
  const content = (at: string): Content<Memory> => ({
    sessionId: draft.sessionId ?? null,
    taskId: draft.taskId ?? null,
    role: draft.role,
    content: draft.content,
    metadata: draft.metadata ?? {},
    occurredAt: draft.occurredAt ?? at,
    deletedWith: null,
  });
  return { externalId: externalId ?? null, content, field };
}
