import type { PausedCaller } from '../../domain/author.js';
import type { Migration } from '../../domain/migration.js';
import { delay } from '../../util/async.js';
import { GoneError } from '../../util/turn.js';
import { LEASE_MS } from '../runner/migration-record.js';
import { createWriteTimes, type WriteTimes } from './write-times.js';

/**
 * The writers of this process as moves see them: how long their writes take, and how long they wait so that a move catches up
 * with them. That wait is in the migration's record, where every process that follows the catalog finds it.
 */
export interface Writers {
  /** The longest wait of a write, in ms; 0: writes aren't paced. */
  readonly mostMs: number;
  /** How long writes take. */
  readonly times: WriteTimes;
  /** Called with every version of a migration's record that this process learns of. */
  observe(migration: Migration): void;
  /**
   * Waits before a write of a number of records to a paced project: as long for each record as the migration says, up to the
   * limit; null is no project. Holds nothing meanwhile, and ends when the pacing does.
   * @returns whether it waited: what was read before may have changed
   * @throws GoneError when the caller no longer waits for the write
   */
  pause(projectId: string | null, records: number, caller?: PausedCaller): Promise<boolean>;
}

/** How often a waiting write checks whether it still has to, in ms. */
const CHECK_MS = 25;

/** How long the write of one record to the project waits now, in ms, by the migration's record. */
export function pacingOf({ phase, isPaused, requestedAction, endedAt, runner, progress }: Migration): number {
  const isUnderWay = (phase === 'CATCHING_UP' || phase === 'VERIFYING') && endedAt === null;
  // A resumed migration measures the pacing again.
  if (!isUnderWay || isPaused || requestedAction === 'CANCEL' || runner.holder === null) return 0;
  // Records of earlier versions don't have it.
  return progress.pacing ?? 0;
}

export function createWriters(mostMs: number, clock: () => number = () => performance.now()): Writers {
  const paced = new Map<string, { readonly ms: number; readonly at: number }>();

  /** Pacing that wasn't renewed for the length of a lease is ignored: its runner has ended. */
  function waitOf(projectId: string, records: number): number {
    const found = paced.get(projectId);
    return found && clock() - found.at < LEASE_MS ? Math.min(mostMs, found.ms * records) : 0;
  }

  async function wait(projectId: string, records: number, isGone: () => boolean): Promise<void> {
    const begun = clock();
    for (;;) {
      const left = begun + waitOf(projectId, records) - clock();
      if (left <= 0) return;
      if (isGone()) throw new GoneError();
      await delay(Math.min(left, CHECK_MS));
    }
  }

  return {
    mostMs,
    times: createWriteTimes(clock),
    observe(migration) {
      const ms = pacingOf(migration);
      if (ms > 0) paced.set(migration.projectId, { ms, at: clock() });
      else paced.delete(migration.projectId);
    },
    async pause(
      projectId,
      records,
      { isGone = () => false, aside = (waiting: () => Promise<void>) => waiting() } = {},
    ) {
      if (projectId === null || waitOf(projectId, records) <= 0) return false;
      await aside(() => wait(projectId, records, isGone));
      return true;
    },
  };
}
