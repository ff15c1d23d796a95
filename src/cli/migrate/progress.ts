import type { MigrationPhase, ProgressFieldsFragment } from '../gql/graphql.js';

/** One event of a migration's progress. */
export type Progress = ProgressFieldsFragment;

/** Shows progress as it arrives. */
export interface ProgressView {
  show(progress: Progress): void;
  /** Shows another remark for a person. */
  note(text: string): void;
  /** Ends the view, leaving its output. */
  close(): void;
}

/** A phase in words. */
export function phaseName(phase: MigrationPhase, isRollingBack = false): string {
  const name = phase[0] + phase.slice(1).toLowerCase().replaceAll('_', ' ');
  return isRollingBack && phase !== 'ROLLED_BACK' ? `${name} (on the way back)` : name;
}

interface Counted {
  readonly name: string;
  readonly value: number;
  readonly total: number;
  readonly rejected: number;
}

/** The counts of the current phase: records copied, or compared. */
export function counted({ phase, collections }: Progress): readonly Counted[] {
  return collections.map(({ name, done, total, rejected, verified }) => ({
    ...{ name, total, rejected },
    value: phase === 'VERIFYING' ? verified : done,
  }));
}
