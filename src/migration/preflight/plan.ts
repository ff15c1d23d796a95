import { LOG_START } from '../../domain/log-position.js';
import { type Migration, type MigrationOptions, NOT_PAUSED } from '../../domain/migration.js';
import { type Place, placeOf } from '../../domain/place.js';
import type { Project } from '../../domain/project.js';
import { newBase } from '../../domain/record.js';
import { NO_PROGRESS } from '../runner/progress.js';

export interface PlanInput {
  readonly project: Project;
  readonly to: Place;
  readonly options: MigrationOptions;
  /** The migration's id. */
  readonly id: string;
  /** When it is planned (ISO time). */
  readonly at: string;
  /** The greatest token of the project's earlier migrations; 0 without any. */
  readonly lastToken: number;
}

/** The record of a migration that hasn't started. */
export function planMigration({ project, to, options, id, at, lastToken }: PlanInput): Migration {
  const token = lastToken + 1;
  return {
    ...newBase(id, at),
    ...{ projectId: project.id, activeFor: project.id, from: placeOf(project), to, options },
    ...{ phase: 'PLANNED', isRollingBack: false, ...NOT_PAUSED, requestedAction: null, hasLeftovers: false },
    runner: { token, firstToken: token, holder: null, until: null },
    checkpoint: {
      epoch: project.epoch,
      isFenced: false,
      copy: null,
      isCopied: false,
      copiedFrom: LOG_START,
      replayed: LOG_START,
      verify: null,
      isVerified: false,
      moved: null,
    },
    progress: NO_PROGRESS,
    ...{ preflight: null, verification: null, message: 'Waiting to start.', problem: null },
    ...{ movedAt: null, endedAt: null },
  };
}
