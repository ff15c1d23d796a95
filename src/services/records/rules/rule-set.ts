import type { IdGenerator, RecordKind } from '../../../domain/id.js';
import type { RecordBase } from '../../../domain/record.js';
import type { CatalogRepositories } from '../../../repositories/catalog.js';
import type { ConcurrentSaves } from '../concurrent-saves.js';
import type { Rules } from './contract.js';
import { createMemoryRules } from './memory.js';
import { createProjectRules } from './project.js';
import { sessionRules } from './session.js';
import { stateRules } from './state.js';
import { taskRules } from './task.js';

/** The rules of every kind of record. */
export type RuleSet = ReturnType<typeof createRuleSet>;

export function createRuleSet(newId: IdGenerator, catalog: CatalogRepositories, saves: ConcurrentSaves) {
  return {
    project: createProjectRules(catalog),
    task: taskRules,
    memory: createMemoryRules(newId, saves),
    session: sessionRules,
    state: stateRules,
  };
}

/** Does what is the same for every kind, with the rules of one. */
export function withRules<R>(set: RuleSet, kind: RecordKind, use: <T extends RecordBase>(rules: Rules<T>) => R): R {
  switch (kind) {
    case 'project':
      return use(set.project);
    case 'task':
      return use(set.task);
    case 'memory':
      return use(set.memory);
    case 'session':
      return use(set.session);
    case 'state':
      return use(set.state);
  }
}
