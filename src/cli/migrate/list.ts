import { everyNode } from '../api.js';
import { CliError, EXIT } from '../exit.js';
import { findProject } from '../find-project.js';
import type { Session } from '../session.js';
import { printTable } from '../table.js';
import { ListMigrations } from './documents.js';
import { getMigration } from './get-migration.js';
import { nextSteps } from './next-steps.js';
import { phaseName } from './progress.js';
import { placeName, printSummary } from './summary.js';

const PAGE = 100;

/** Prints every migration, newest first, or those of a project. */
export async function listMigrations(
  { api, output }: Session,
  { project }: { readonly project?: string },
): Promise<undefined> {
  const projectId = project === undefined ? null : (await findProject(api, project)).id;
  const rows: string[][] = [];
  const read = async (first: number, after: string | null) =>
    (await api.run(ListMigrations, { projectId, first: Math.min(first, PAGE), after })).migrations;
  for await (const each of everyNode(read)) {
    output.json(each);
    const state = `${phaseName(each.phase, each.isRollingBack)}${each.isPaused ? ', paused' : ''}${each.dryRun ? ', dry run' : ''}`;
    rows.push([
      each.id,
      each.project?.name ?? each.projectId,
      placeName(each.from),
      placeName(each.to),
      state,
      each.createdAt,
    ]);
  }
  if (rows.length === 0) output.line('There are no migrations.');
  else printTable(output, ['id', 'project', 'from', 'to', 'phase', 'started'], rows);
}

/** Prints one migration: by its id, or the newest, of a project or of all. */
export async function showMigration(
  session: Session,
  id: string | undefined,
  { project }: { readonly project?: string },
): Promise<undefined> {
  const { api, output } = session;
  const migration = await getMigration(api, id ?? (await newest(session, project)));
  printSummary(output, migration);
  output.json({ ...migration, next: nextSteps(migration) });
}

async function newest({ api }: Session, project: string | undefined): Promise<string> {
  const projectId = project === undefined ? null : (await findProject(api, project)).id;
  const [migration] = (await api.run(ListMigrations, { projectId, first: 1, after: null })).migrations.nodes;
  if (migration) return migration.id;
  const message = project === undefined ? 'No project was migrated so far.' : 'This project was not migrated so far.';
  throw new CliError(EXIT.notFound, message, 'Start with `mooring migrate --project … --to …`.', 'NOT_FOUND');
}
