import { delay } from '../../util/async.js';
import { backoff } from '../../util/backoff.js';
import { type Api, DroppedError } from '../api.js';
import { CliError, EXIT } from '../exit.js';
import { FollowMigration, GetMigration } from './documents.js';
import type { Progress, ProgressView } from './progress.js';

/** The user pressed Ctrl-C. */
export class InterruptedError extends Error {}

export interface Following {
  readonly id: string;
  readonly view: ProgressView;
  /** Whether the awaited state is reached, or no longer can be. Called at each event. */
  readonly isDone: (progress: Progress) => boolean | Promise<boolean>;
  /** Ends it with `InterruptedError`. */
  readonly signal: AbortSignal;
  /** How long it tries to reconnect after the connection was lost, in milliseconds. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 60_000;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000;

/**
 * Follows a migration until `isDone`, or its end. After a lost connection it resumes from the last event, so that none is
 * missed.
 * @throws InterruptedError, CliError; a server that stays unreachable doesn't affect the migration
 */
export async function followMigration(api: Api, following: Following): Promise<void> {
  const { id, view, isDone, signal, patienceMs = PATIENCE_MS } = following;
  let after: string | null = null;
  let lostAt: number | null = null;
  for (let tries = 1; ; tries += 1) {
    try {
      for await (const { migrationProgress } of api.follow(FollowMigration, { id, after }, signal)) {
        if (lostAt !== null) view.note('The connection is back.');
        after = migrationProgress.cursor;
        lostAt = null;
        tries = 1;
        view.show(migrationProgress);
        if (await isDone(migrationProgress)) return;
      }
      if (signal.aborted) throw new InterruptedError();
      const { migration } = await api.run(GetMigration, { id });
      if (!migration || migration.isOver) return;
    } catch (error) {
      if (signal.aborted) throw new InterruptedError();
      if (after !== null && error instanceof CliError && isOfCursor(error)) after = null;
      else if (!isAway(error)) throw error;
    }
    if (lostAt === null) view.note('The connection to the server was lost; trying again.');
    lostAt ??= Date.now();
    if (Date.now() - lostAt > patienceMs) throw away(api, id);
    await delay(backoff(tries, { base: FIRST_WAIT_MS, cap: LONGEST_WAIT_MS }), { signal });
  }
}

/** Errors of the cursor: following without one begins with the current state. */
const isOfCursor = ({ code }: CliError): boolean => code === 'CURSOR_EXPIRED' || code === 'INVALID_CURSOR';

function isAway(error: unknown): boolean {
  return error instanceof DroppedError || (error instanceof CliError && error.exitCode === EXIT.unreachable);
}

function away(api: Api, id: string): CliError {
  return new CliError(
    EXIT.unreachable,
    `The server at ${api.url} can't be reached any more. Migration ${id} continues where a server runs on its data.`,
    `See how it stands with \`mooring migrate status ${id}\`.`,
  );
}
