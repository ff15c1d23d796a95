import type { Problem } from '../domain/migration.js';

/** Why a migration can't go on, whatever is tried again: it fails, and the project stays where it is. */
export class MigrationFailure extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
    this.name = 'MigrationFailure';
  }
}
