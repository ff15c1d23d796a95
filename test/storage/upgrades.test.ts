import { describe, expect, it } from 'vitest';
import { LOG_START } from '../../src/domain/log-position.js';
import type { Memory } from '../../src/domain/memory.js';
import type { Migration } from '../../src/domain/migration.js';
import { PROJECT_DEFAULTS, type Project } from '../../src/domain/project.js';
import type { Task } from '../../src/domain/task.js';
import { upgradeMigration, upgradeOf } from '../../src/storage/upgrades.js';
import { aMemory, aTask } from '../support/records.js';

describe('a record that an earlier version stored', () => {
  it('has log positions without marks', () => {
    const old = { checkpoint: { epoch: 1, copiedFrom: 0, replayed: 5, movedSeq: 7 } } as unknown as Migration;
    const { checkpoint } = upgradeMigration(old);
    const at = { copiedFrom: LOG_START, replayed: { seq: 5, mark: '' }, moved: { seq: 7, mark: '' } };
    expect(checkpoint).toEqual({ epoch: 1, ...at });
    expect(upgradeMigration({ checkpoint } as Migration).checkpoint).toEqual(checkpoint);
    const unmoved = { checkpoint: { ...old.checkpoint, movedSeq: null } } as unknown as Migration;
    expect(upgradeMigration(unmoved).checkpoint.moved).toBeNull();
  });

  it('keeps its requested action', () => {
    const { checkpoint } = { checkpoint: { replayed: LOG_START } } as unknown as Migration;
    const old = { phase: 'MOVED', checkpoint, wish: 'VERIFY' } as unknown as Migration;
    expect(upgradeMigration(old)).toEqual({ phase: 'MOVED', checkpoint, requestedAction: 'VERIFY' });
    expect(upgradeMigration({ ...old, wish: null } as Migration).requestedAction).toBeNull();
  });
});

describe('a record that lacks fields of this version', () => {
  const older = <T extends object>(record: T, ...fields: readonly (keyof T)[]): T => {
    const copy = { ...record };
    for (const field of fields) delete copy[field];
    return copy;
  };

  it('has their defaults', () => {
    const memory = aMemory({ content: 'kept' });
    const without = older(memory, 'kind', 'pinned', 'toolName', 'toolCallId', 'references', 'supersedes');
    expect(upgradeOf<Memory>('memories')!(without)).toEqual(memory);
    const task = aTask({ title: 'kept', claimToken: 0 });
    expect(upgradeOf<Task>('tasks')!(older(task, 'parentId', 'claim', 'claimToken', 'result'))).toEqual(task);
    const project = { name: 'kept', ...PROJECT_DEFAULTS } as Project;
    expect(upgradeOf<Project>('projects')!(older(project, 'capture', 'captureToolCharacters'))).toEqual(project);
  });

  it('is itself when it lacks none', () => {
    const memory = aMemory({ kind: 'FACT', pinned: true });
    expect(upgradeOf<Memory>('memories')!(memory)).toBe(memory);
  });
});
