import { EXIT, type ExitCode, payloadOf } from '../exit.js';
import type { MigrationFieldsFragment } from '../gql/graphql.js';
import type { Output } from '../output.js';
import type { Session } from '../session.js';
import { createBars } from './bars.js';
import { PauseMigration } from './documents.js';
import { followMigration, InterruptedError } from './follow.js';
import { getMigration } from './get-migration.js';
import { createLines } from './lines.js';
import { nextSteps } from './next-steps.js';
import type { Progress, ProgressView } from './progress.js';
import { printSummary } from './summary.js';

/** The state that a command waits for. */
export interface Goal {
  /** Whether the migration reached it, or no longer can. */
  readonly isDone: (progress: Progress) => boolean | Promise<boolean>;
  /** Whether it was reached; called at the end. */
  readonly isReached: (migration: MigrationFieldsFragment) => boolean;
}

/**
 * Acts on a migration and follows it to the goal, showing its progress and, at the end, its result. Ctrl-C pauses the
 * migration; a second one ends the program at once.
 */
export async function attend(
  session: Session,
  act: () => Promise<MigrationFieldsFragment>,
  goal: (migration: MigrationFieldsFragment) => Goal,
): Promise<ExitCode> {
  const { api, output } = session;
  const interrupt = new AbortController();
  const onInterrupt = () => {
    if (interrupt.signal.aborted) process.exit(EXIT.interrupted);
    interrupt.abort();
  };
  process.on('SIGINT', onInterrupt);
  try {
    const migration = await act();
    output.json({ type: 'started', migration });
    const view = createView(output);
    const { isDone, isReached } = goal(migration);
    try {
      await followMigration(api, { id: migration.id, view, isDone, signal: interrupt.signal });
    } catch (error) {
      view.close();
      if (error instanceof InterruptedError) return await pauseIt(session, migration.id);
      throw error;
    }
    view.close();
    const end = await getMigration(api, migration.id);
    printSummary(output, end);
    output.json({ type: 'result', migration: end, next: nextSteps(end) });
    return isReached(end) ? EXIT.done : EXIT.ended;
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}

/** Bars on a terminal, lines elsewhere, objects for a program. */
function createView(output: Output): ProgressView {
  if (output.isJson) {
    return {
      show: (progress) => output.json({ type: 'progress', ...progress }),
      note: () => undefined,
      close: () => undefined,
    };
  }
  return output.canDraw ? createBars(output) : createLines(output);
}

async function pauseIt({ api, output }: Session, id: string): Promise<ExitCode> {
  const resume = `mooring migrate resume ${id}`;
  try {
    payloadOf((await api.run(PauseMigration, { input: { id } })).pauseMigration);
    output.json({ type: 'paused', migrationId: id, resume });
    output.line(`\nMigration ${id} is paused; the project works where it is.\nResume it with: ${resume}`);
  } catch (error) {
    output.error(error);
    output.note(`Migration ${id} wasn't paused. See how it stands with: mooring migrate status ${id}`);
  }
  return EXIT.interrupted;
}
