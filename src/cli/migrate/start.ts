import { confirm } from '../ask.js';
import { CliError, EXIT, type ExitCode, payloadOf } from '../exit.js';
import { findProject } from '../find-project.js';
import type { EstimateFieldsFragment, OnReject, StorageMode } from '../gql/graphql.js';
import type { Session } from '../session.js';
import { EstimateMigration, StartMigration } from './documents.js';
import { printEstimate } from './estimate.js';
import { hasMoved, isEnd } from './get-migration.js';
import { placeName } from './summary.js';
import { attend, type Goal } from './wait-for-goal.js';

export interface StartOptions {
  /** Id or path. */
  readonly project: string;
  readonly to: StorageMode;
  readonly location?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly cutOver: boolean;
  readonly batchSize?: number;
  readonly onReject?: OnReject;
}

/** Moves a project: shows the estimate, asks, and follows the migration until the project has moved. */
export async function startMigration(session: Session, options: StartOptions): Promise<ExitCode> {
  const { api, output } = session;
  const { to, location, dryRun = false, cutOver, batchSize, onReject } = options;
  if (output.isJson && !options.yes && !dryRun) {
    throw new CliError(
      EXIT.refused,
      'Nothing was started: with --json there are no questions.',
      'Add --yes, or --dry-run.',
    );
  }
  const project = await findProject(api, options.project);
  const place = { mode: to, location: location ?? null };
  output.line(`${project.name} (${project.id}): ${project.storageMode} → ${placeName(place)}\n`);
  if (!dryRun) {
    const variables = { projectId: project.id, to, location: place.location };
    const { estimateMigration } = await api.run(EstimateMigration, variables);
    output.json({ type: 'estimate', project, to: place, ...estimateMigration });
    printEstimate(output, estimateMigration);
    refuseFailed(estimateMigration);
    output.line();
    await confirm(output, `Move ${project.name} to ${placeName(place)}?`, options.yes ?? false);
  }
  const input = {
    ...{ projectId: project.id, to, location: place.location, dryRun, autoCutOver: cutOver },
    ...(batchSize === undefined ? {} : { batchSize }),
    ...(onReject === undefined ? {} : { onReject }),
  };
  const start = async () => payloadOf((await api.run(StartMigration, { input })).startMigration).migration;
  return attend(session, start, ({ autoCutOver }) => (dryRun ? report : moved(autoCutOver)));
}

function refuseFailed({ checks }: EstimateFieldsFragment): void {
  const failed = checks.filter(({ outcome }) => outcome === 'FAILED');
  if (failed.length === 0) return;
  throw new CliError(
    EXIT.ended,
    `Nothing was started: ${failed.length === 1 ? 'a check' : `${failed.length} checks`} failed.`,
    failed.map(({ message, hint }) => [message, hint].filter(Boolean).join(' ')).join('\n'),
  );
}

/** The project is at its new place; or can be cut over, when that waits for a command. */
export function moved(autoCutOver: boolean): Goal {
  return {
    isDone: ({ phase, isRollingBack, isPaused, canCutOver }) =>
      isEnd(phase) || isPaused || (hasMoved(phase) && !isRollingBack) || (!autoCutOver && canCutOver),
    isReached: ({ phase, isPaused, progress }) =>
      !isPaused && (hasMoved(phase) || (!autoCutOver && progress.canCutOver)),
  };
}

/** The preflight's report is complete. */
const report: Goal = {
  isDone: ({ phase }) => isEnd(phase),
  isReached: ({ phase }) => phase === 'PLANNED',
};
