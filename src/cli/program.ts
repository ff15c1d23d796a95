import { Command } from 'commander';
import { addConfigCommands } from './config/commands.js';
import { EXIT_HELP } from './exit.js';
import { addMigrateCommands } from './migrate/commands.js';
import { addProjectCommands } from './projects.js';
import { serve } from './server.js';
import { withGlobalOptions } from './session.js';
import { addSessionCommands } from './sessions/commands.js';
import { addTaskCommands } from './tasks/commands.js';
import { plainLines } from './text.js';

/** The program's commands, with their help. */
export function createProgram(version: string): Command {
  // Commands inherit its configuration when they are added, so it comes first.
  const program = withGlobalOptions(new Command('mooring'))
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(plainLines(withoutValue(text))) })
    .configureHelp({ showGlobalOptions: false, sortSubcommands: false })
    .showSuggestionAfterError()
    .description(DESCRIPTION)
    .version(version, '-v, --version', 'print the version')
    .addHelpText('after', `\n${EXIT_HELP}`);
  program
    .command('serve')
    .description('Starts the server, with the settings of the environment and of `.env`; Ctrl-C ends it.')
    .action(serve);
  addMigrateCommands(program);
  addProjectCommands(program);
  addTaskCommands(program);
  addSessionCommands(program);
  addConfigCommands(program);
  return program;
}

/** The value of an unknown option may be a misplaced secret. */
function withoutValue(text: string): string {
  return text.replace(/(unknown option '--[\w-]+)=[^']*'/, "$1=…'");
}

const DESCRIPTION = [
  'Projects, tasks and memories for coding agents: where they live, and how they move.',
  'Commands speak to the server that --url or MOORING_URL names; else to the one that runs on the data directory (MOORING_DATA, or .mooring); else they do without one, on that directory.',
].join('\n\n');
