import { confirm } from '../ask.js';
import { CliError, EXIT, type ExitCode, payloadOf } from '../exit.js';
import type { Session } from '../session.js';
import {
  CancelMigration,
  CutOverMigration,
  FinalizeMigration,
  GetFinalization,
  GetVerification,
  PauseMigration,
  ResumeMigration,
  RollBackMigration,
  VerifyMigration,
} from './documents.js';
import { getMigration, hasMoved, isEnd } from './get-migration.js';
import { moved } from './start.js';
import { printSummary } from './summary.js';
import { attend, type Goal } from './wait-for-goal.js';

/** Actions on a started migration. Each follows it until the action is done. */

export async function pauseMigration({ api, output }: Session, id: string): Promise<undefined> {
  const { migration } = payloadOf((await api.run(PauseMigration, { input: { id } })).pauseMigration);
  printSummary(output, migration);
  output.json({ type: 'paused', migrationId: id, resume: `mooring migrate resume ${id}` });
}

export function resumeMigration(session: Session, id: string): Promise<ExitCode> {
  const act = async () =>
    payloadOf((await session.api.run(ResumeMigration, { input: { id } })).resumeMigration).migration;
  return attend(session, act, ({ isRollingBack, autoCutOver }) => (isRollingBack ? rolledBack() : moved(autoCutOver)));
}

export function cancelMigration(session: Session, id: string): Promise<ExitCode> {
  const act = async () =>
    payloadOf((await session.api.run(CancelMigration, { input: { id } })).cancelMigration).migration;
  // Cancelling a roll-back leaves the project at its new place.
  return attend(session, act, ({ isRollingBack: wasOnTheWayBack }) => ({
    isDone: ({ phase, isRollingBack }) => isEnd(phase) || (hasMoved(phase) && !isRollingBack),
    isReached: ({ phase }) => phase === (wasOnTheWayBack ? 'MOVED' : 'CANCELLED'),
  }));
}

export function cutOverMigration(session: Session, id: string): Promise<ExitCode> {
  const act = async () =>
    payloadOf((await session.api.run(CutOverMigration, { input: { id } })).cutOverMigration).migration;
  return attend(session, act, () => moved(true));
}

export function rollBackMigration(session: Session, id: string): Promise<ExitCode> {
  const act = async () =>
    payloadOf((await session.api.run(RollBackMigration, { input: { id } })).rollBackMigration).migration;
  return attend(session, act, rolledBack);
}

/** Compares both sides again; succeeds when nothing differs, or all differences were repaired. */
export async function verifyMigration(session: Session, id: string): Promise<ExitCode> {
  const { api } = session;
  const before = (await getMigration(api, id)).verification;
  const act = async () => payloadOf((await api.run(VerifyMigration, { input: { id } })).verifyMigration).migration;
  const isVerified = async () => {
    const now = (await api.run(GetVerification, { id })).migration?.verification;
    return now?.isComplete === true && now.at !== before?.at;
  };
  return attend(session, act, () => ({
    isDone: async ({ phase, isPaused }) => isEnd(phase) || isPaused || (phase !== 'VERIFYING' && (await isVerified())),
    isReached: ({ verification }) =>
      verification?.isComplete === true &&
      verification.at !== before?.at &&
      verification.collections.every(({ mismatches, repaired }) => mismatches === repaired),
  }));
}

/** Removes the data at the old place, after showing what that is. */
export async function finalizeMigration(
  session: Session,
  id: string,
  { yes = false }: { readonly yes?: boolean },
): Promise<ExitCode> {
  const { api, output } = session;
  await getMigration(api, id);
  const finalization = (await api.run(GetFinalization, { id })).migration?.finalization;
  if (!finalization) {
    throw new CliError(
      EXIT.refused,
      `Migration ${id} can't be finalized now: the project must have moved, and nothing else may be in progress.`,
      `See how it stands with \`mooring migrate status ${id}\`.`,
      'MIGRATION_STATE',
    );
  }
  output.line(finalization.consequence);
  await confirm(output, 'Remove it for good?', yes);
  const input = { id, token: finalization.token };
  const act = async () => payloadOf((await api.run(FinalizeMigration, { input })).finalizeMigration).migration;
  return attend(session, act, () => ({
    // Back at `MOVED`, finalizing was refused: the reason is its problem.
    isDone: ({ phase }) => isEnd(phase) || phase === 'MOVED',
    isReached: ({ phase }) => phase === 'FINALIZED',
  }));
}

/** Back at the old place; or moved as before, when the roll-back was abandoned. */
function rolledBack(): Goal {
  let hasBegun = false;
  return {
    isDone: ({ phase, isRollingBack, isPaused }) => {
      hasBegun ||= isRollingBack;
      return isEnd(phase) || isPaused || (hasBegun && !isRollingBack);
    },
    isReached: ({ phase }) => phase === 'ROLLED_BACK',
  };
}
