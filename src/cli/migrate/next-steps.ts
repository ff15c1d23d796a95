import type { MigrationFieldsFragment } from '../gql/graphql.js';

/** The possible next commands for a migration, each with its purpose. */
export function nextSteps(
  migration: Pick<
    MigrationFieldsFragment,
    'id' | 'phase' | 'isOver' | 'isPaused' | 'dryRun' | 'progress' | 'isRollingBack'
  >,
): readonly { readonly command: string; readonly why: string }[] {
  const { id, phase, isOver, isPaused, isRollingBack, progress } = migration;
  const step = (act: string, why: string) => ({ command: `mooring migrate ${act} ${id}`, why });
  if (isOver) return [];
  if (phase === 'MOVED' && !isRollingBack) {
    return [
      step('verify', 'compares both places again, with what was written since'),
      ...(progress.canRollBack ? [step('roll-back', 'brings the project back, with what was written since')] : []),
      step('finalize', 'removes what is kept at the old place, for good'),
    ];
  }
  return [
    ...(isPaused ? [step('resume', 'continues')] : []),
    ...(progress.canCutOver && !isRollingBack ? [step('cut-over', 'flips the project to its new place')] : []),
    step('status', 'shows how it stands'),
    ...(isRollingBack || phase === 'FINALIZING' ? [] : [step('cancel', 'leaves the project where it is')]),
  ];
}
