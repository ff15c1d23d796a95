import { setTimeout as delay } from 'node:timers/promises';
import type { PausedCaller } from '../../domain/author.js';
import type { Migration } from '../../domain/migration.js';
import { GoneError } from '../../util/turn.js';
import { LEASE_MS } from '../runner/migration-record.js';
import { createWriteTimes, type WriteTimes } from './write-times.js';

/**
 * Those who write to projects through this process, as moves see them: how long their writes take, and how long they wait so
 * that a move catches up with them. How long that is stands in the migration's record, and every process that follows the
 * catalog hears it from there, whichever runs the move.
 */
export interface Writers {
  /** The longest that a write waits, in ms; 0: none does. */
  readonly mostMs: number;
  /** How long writes took. */
  readonly times: WriteTimes;
  /** Called with every version of a migration's record that this process learns of. */
  heard(migration: Migration): void;
  /**
   * Waits before a write of a number of records to a project that is paced: for each record as long as the migration says, and
   * never longer than the limit; null is no project. It holds nothing meanwhile, and ends when the pacing does.
   * @returns whether it waited: what was read before may have changed
   * @throws GoneError when nobody waits for the write any more
   */
  pause(projectId: string | null, records: number, caller?: PausedCaller): Promise<boolean>;
}

/** How often a write that waits looks whether it has to, in ms. */
const LOOK_MS = 25;

/** How long the write of one record to the project waits now, in ms, as its migration's record says. */
export function pacingOf({ phase, isPaused, wish, endedAt, runner, progress }: Migration): number {
  const isUnderWay = (phase === 'CATCHING_UP' || phase === 'VERIFYING') && endedAt === null;
  // Who resumes it finds out what is needed then.
  if (!isUnderWay || isPaused || wish === 'CANCEL' || runner.holder === null) return 0;
  // Records of earlier versions say nothing of it.
  return progress.pacing ?? 0;
}

export function createWriters(mostMs: number, clock: () => number = () => performance.now()): Writers {
  const paced = new Map<string, { readonly ms: number; readonly at: number }>();

  /** What nobody has renewed for as long as a lease is of a runner that is gone. */
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
      await delay(Math.min(left, LOOK_MS));
    }
  }

  return {
    mostMs,
    times: createWriteTimes(clock),
    heard(migration) {
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
