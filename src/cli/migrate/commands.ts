import type { Command } from 'commander';
import { CliError, EXIT, EXIT_HELP } from '../exit.js';
import { acting, oneOf, parseMode, type Session, wholeNumber, withGlobalOptions } from '../session.js';
import {
  cancelMigration,
  cutOverMigration,
  finalizeMigration,
  pauseMigration,
  resumeMigration,
  rollBackMigration,
  verifyMigration,
} from './actions.js';
import { listMigrations, showMigration } from './list.js';
import { type StartOptions, startMigration } from './start.js';

/** `mooring migrate …` */
export function addMigrateCommands(program: Command): void {
  const migrate = withGlobalOptions(program.command('migrate'))
    .summary('Moves a project to another place, live, and back.')
    .description(DESCRIPTION)
    .usage('--project <id|path> --to <mode> [options] | <command>')
    .option('--project <id|path>', 'the project, by its id or its path')
    .option('--to <mode>', 'where it shall live: local, mongodb or file', parseMode)
    .option('--location <place>', 'its own place there: of file the folder, absolute; of mongodb the database')
    .option('--dry-run', 'look and count, and move nothing')
    .option('--yes', "start without asking; without a terminal it doesn't start otherwise")
    .option('--no-cut-over', 'copy and keep up, and wait for `mooring migrate cut-over`')
    .option('--batch-size <n>', 'records written at a time, 1 to 1000 (default: 100)', wholeNumber(1, 1_000))
    .option(
      '--on-reject <what>',
      "when a record can't be copied: stop, or continue without it (default: stop)",
      oneOf('STOP', 'CONTINUE'),
    )
    .addHelpText('after', EXAMPLES)
    .action(
      acting(async (session: Session, options: Partial<StartOptions>) => startMigration(session, complete(options))),
    );

  addLooks(migrate);
  addActs(migrate);
}

function addLooks(migrate: Command): void {
  withGlobalOptions(migrate.command('status'))
    .description('Shows a migration: how far it is, what came of it, what can be done next.')
    .argument('[id]', 'the migration; the newest when left out')
    .option('--project <id|path>', "the newest of this project's")
    .action(acting(showMigration));
  withGlobalOptions(migrate.command('list'))
    .description('Lists migrations, newest first.')
    .option('--project <id|path>', 'only those of this project')
    .action(acting(listMigrations));
}

function addActs(migrate: Command): void {
  const act = (name: string, description: string) =>
    withGlobalOptions(migrate.command(name)).description(description).argument('<id>', 'the migration');
  act('pause', 'Pauses a migration. The project works where it is; `resume` continues from there.').action(
    acting(pauseMigration),
  );
  act('resume', 'Resumes a paused migration, and stays with it.').action(acting(resumeMigration));
  act(
    'cancel',
    'Cancels a migration that has not been cut over: what it wrote is removed, the project stays where it is.',
  ).action(acting(cancelMigration));
  act(
    'cut-over',
    'Flips the project to its new place, as soon as it can be. Writes wait for a moment, and none is lost.',
  ).action(acting(cutOverMigration));
  act(
    'verify',
    'Compares both places again, field by field, with what was written since. Until it is finalized.',
  ).action(acting(verifyMigration));
  act('roll-back', 'Brings a moved project back, with what was written since. Until it is finalized.').action(
    acting(rollBackMigration),
  );
  act('finalize', 'Removes what is kept at the old place, for good. Asks first.')
    .option('--yes', "without asking; without a terminal it isn't done otherwise")
    .action(acting(finalizeMigration));
}

/** Both are required, but only without a subcommand. */
function complete(options: Partial<StartOptions>): StartOptions {
  const { project, to, cutOver = true } = options;
  if (project !== undefined && to !== undefined) return { ...options, project, to, cutOver };
  throw new CliError(
    EXIT.usage,
    `${project === undefined ? '--project' : '--to'} is missing.`,
    'Such as: mooring migrate --project prj_… --to file. See `mooring migrate --help`.',
  );
}

const DESCRIPTION = [
  'Moves a project to another place while it is worked with: copies it, keeps up with what is written meanwhile, compares every record on both sides, and flips. The old place is kept until you finalize; until then you can roll back.',
  'Ctrl-C pauses the migration and says how to resume it. On a running server the migration continues if this program ends in any other way; without a server, this program runs it.',
].join('\n\n');

const EXAMPLES = `
Examples:
  mooring migrate --project . --to file --dry-run
  mooring migrate --project prj_… --to mongodb
  mooring migrate --project prj_… --to file --location /srv/notes --no-cut-over --yes
  mooring migrate status
  mooring migrate roll-back mig_…

${EXIT_HELP}`;
