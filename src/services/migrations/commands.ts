import { MigrationStateError } from '../../domain/errors.js';
import { type Migration, type MigrationPhase, NOT_PAUSED, shownPhase } from '../../domain/migration.js';

/** The commands of a migration, and when each can be given. */

/** What a command changes in the record; null when nothing is left to change. */
export type Command = (migration: Migration) => Partial<Migration> | null;

/** Phases in which the project still lives at its source: the copy can be abandoned, or flipped to. */
const BEFORE_FLIP: readonly MigrationPhase[] = [
  'PLANNED',
  'PREFLIGHT',
  'COPYING',
  'CATCHING_UP',
  'VERIFYING',
  'CUTTING_OVER',
];

export const pause: Command = (migration) => {
  // Comparing both sides again takes as long as the first time.
  const isVerifying =
    migration.phase === 'MOVED' && migration.requestedAction === 'VERIFY' && migration.endedAt === null;
  if (!isVerifying) requireUnderWay(migration, 'paused');
  return migration.isPaused ? null : { isPaused: true, isPausing: true, message: 'Pausing.' };
};

export const resume: Command = (migration) => {
  if (migration.endedAt !== null) throw isOver(migration, 'resumed');
  if (!migration.isPaused && migration.problem === null) return null;
  return { ...NOT_PAUSED, problem: null, message: 'Resuming.' };
};

export const cancel: Command = (migration) => {
  if (migration.movedAt !== null && migration.endedAt === null && !migration.isRollingBack) {
    throw refused(
      migration,
      'cancelled: the project has moved',
      'Bring it back with `rollBackMigration`: that keeps what was written since.',
    );
  }
  requireUnderWay(migration, 'cancelled');
  // A paused migration is cleaned up too.
  return request(migration, 'CANCEL', { ...NOT_PAUSED, message: 'Cancelling.' });
};

export const cutOver: Command = (migration) => {
  requireUnderWay(migration, 'cut over');
  if (migration.options.dryRun) {
    throw refused(migration, 'cut over: it is a dry run', 'Start a real one with `startMigration`.');
  }
  return request(migration, 'CUT_OVER', { message: 'Cutting over as soon as it can.' });
};

export const rollBack: Command = (migration) => {
  if (migration.isRollingBack && migration.endedAt === null) return null;
  requireMoved(migration, 'rolled back');
  return request(migration, 'ROLL_BACK', { ...NOT_PAUSED, message: 'Rolling back.' });
};

export const verify: Command = (migration) => {
  requireMoved(migration, 'verified');
  return request(migration, 'VERIFY', { ...NOT_PAUSED, message: 'Comparing both sides again.' });
};

export const finalize: Command = (migration) => {
  requireMoved(migration, 'finalized');
  const progress = { ...migration.progress, canRollBack: false };
  return request(migration, 'FINALIZE', { ...NOT_PAUSED, progress, message: 'Removing the source.' });
};

/** Whether the source can be removed now. */
export function canFinalize(migration: Migration): boolean {
  return shownPhase(migration) === 'MOVED' && migration.endedAt === null && migration.requestedAction !== 'ROLL_BACK';
}

/** An earlier command decides what can be asked for now: a removal that has begun isn't taken back. */
function request(migration: Migration, action: NonNullable<Migration['requestedAction']>, change: Partial<Migration>) {
  if (migration.requestedAction === action) return null;
  const isBinding =
    migration.requestedAction === 'CANCEL' ||
    migration.requestedAction === 'ROLL_BACK' ||
    migration.requestedAction === 'FINALIZE';
  if (isBinding) {
    throw refused(
      migration,
      `asked to ${action} now: ${migration.requestedAction} was requested first`,
      'Follow `migrationProgress` until that is done.',
    );
  }
  return { ...change, requestedAction: action };
}

function requireUnderWay(migration: Migration, verb: string): void {
  if (migration.endedAt !== null) throw isOver(migration, verb);
  if (BEFORE_FLIP.includes(migration.phase)) return;
  throw refused(
    migration,
    `${verb}: it is ${migration.phase}`,
    `That is possible in ${BEFORE_FLIP.join(', ')}. Now use \`verifyMigration\`, \`rollBackMigration\` or \`finalizeMigration\`.`,
  );
}

function requireMoved(migration: Migration, verb: string): void {
  if (migration.endedAt !== null) throw isOver(migration, verb);
  if (migration.phase === 'MOVED') return;
  throw refused(
    migration,
    `${verb}: it is ${migration.phase}`,
    'That is possible once it is MOVED. Follow `migrationProgress` until then.',
  );
}

function isOver(migration: Migration, verb: string): MigrationStateError {
  const how =
    migration.options.dryRun && migration.phase === 'PLANNED' ? 'was a dry run' : `is ${shownPhase(migration)}`;
  return refused(
    migration,
    `${verb}: it ${how}, and has ended`,
    '`Project.storageMode` says where the project is stored. Start another move with `startMigration`.',
  );
}

function refused({ id }: Migration, why: string, hint: string): MigrationStateError {
  return new MigrationStateError(`${id} can't be ${why}.`, hint, id);
}
