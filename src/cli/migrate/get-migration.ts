import type { Api } from '../api.js';
import { CliError, EXIT } from '../exit.js';
import type { MigrationFieldsFragment, MigrationPhase } from '../gql/graphql.js';
import { GetMigration } from './documents.js';

/** A migration by its id. @throws CliError when there is none */
export async function getMigration(api: Api, id: string): Promise<MigrationFieldsFragment> {
  const { migration } = await api.run(GetMigration, { id });
  if (migration) return migration;
  throw new CliError(
    EXIT.notFound,
    `There is no migration ${id}.`,
    'See which there are with `mooring migrate list`.',
    'NOT_FOUND',
  );
}

/** Whether the project is at its new place in this phase; during a roll-back, it still is. */
export function hasMoved(phase: MigrationPhase): boolean {
  return phase === 'MOVED' || phase === 'FINALIZING' || phase === 'FINALIZED';
}

/** Whether the phase is final. */
export function isEnd(phase: MigrationPhase): boolean {
  return phase === 'FAILED' || phase === 'CANCELLED' || phase === 'ROLLED_BACK' || phase === 'FINALIZED';
}
