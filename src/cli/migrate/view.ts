import type { MigrationPhase, ProgressFieldsFragment } from '../gql/graphql.js';
import type { Output } from '../output.js';
import { createBars } from './bars.js';
import { createLines } from './lines.js';

/** One event of a migration's progress. */
export type Progress = ProgressFieldsFragment;

/** Shows progress while it comes. */
export interface ProgressView {
  show(progress: Progress): void;
  /** Something else to say meanwhile, for a person. */
  note(text: string): void;
  /** Leaves what is shown as it is. */
  close(): void;
}

/** Bars on a terminal, lines elsewhere, objects for a program. */
export function createView(output: Output): ProgressView {
  if (output.isJson) {
    return {
      show: (progress) => output.json({ type: 'progress', ...progress }),
      note: () => undefined,
      close: () => undefined,
    };
  }
  return output.canDraw ? createBars(output) : createLines(output);
}

/** A phase in words. */
export function phaseName(phase: MigrationPhase, isRollingBack = false): string {
  const name = phase[0] + phase.slice(1).toLowerCase().replaceAll('_', ' ');
  return isRollingBack && phase !== 'ROLLED_BACK' ? `${name} (on the way back)` : name;
}

/** What is counted now: records copied, or compared. */
export function counted({
  phase,
  collections,
}: Progress): readonly { name: string; value: number; total: number; rejected: number }[] {
  return collections.map(({ name, done, total, rejected, verified }) => ({
    ...{ name, total, rejected },
    value: phase === 'VERIFYING' ? verified : done,
  }));
}
