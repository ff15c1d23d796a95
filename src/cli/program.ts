import { Command } from 'commander';
import { addConfigCommands } from './config/commands.js';
import { EXIT_HELP } from './exit.js';
import { addImportCommands } from './import/commands.js';
import { addMemoryCommands } from './memories/commands.js';
import { addMigrateCommands } from './migrate/commands.js';
import { addPeopleCommands } from './people/commands.js';
import { addProjectCommands } from './projects.js';
import { addSecretCommands } from './secrets/commands.js';
import { runForAgents, serve } from './server.js';
import { withGlobalOptions } from './session.js';
import { addSessionCommands } from './sessions/commands.js';
import { addSetupCommand } from './setup/commands.js';
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
  addSetupCommand(program);
  addAgentCommand(
    program,
    'mcp',
    'Serves the Model Context Protocol to an agent, over standard input and output; its program starts this.',
  );
  addAgentCommand(program, 'hook', "Keeps what an agent's program reports of a conversation; the program starts this.");
  addMigrateCommands(program);
  addProjectCommands(program);
  addTaskCommands(program);
  addSessionCommands(program);
  addMemoryCommands(program);
  addSecretCommands(program);
  addImportCommands(program);
  addConfigCommands(program);
  addPeopleCommands(program);
  return program;
}

/** Lists a command of agents. It has options and a help of its own, and bin/mooring.js usually starts it without this program. */
function addAgentCommand(program: Command, name: 'mcp' | 'hook', description: string): void {
  program
    .command(name)
    .description(description)
    .usage('[options]')
    .argument('[args...]')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action((args: readonly string[]) => {
      const { url } = program.opts<{ readonly url?: string }>();
      return runForAgents(name, url === undefined ? args : ['--url', url, ...args]);
    });
}

/** The value of an unknown option may be a misplaced secret. */
function withoutValue(text: string): string {
  return text.replace(/(unknown option '--[\w-]+)=[^']*'/, "$1=…'");
}

const DESCRIPTION = [
  'Projects, tasks and memories of coding agents: shows them, claims tasks, sets up agents, and moves projects.',
  'Commands use the server that --url or MOORING_URL names; else the one that runs on the data directory (MOORING_DATA, or .mooring); else they open that directory themselves. In a folder without .mooring, they use what your agents use.',
].join('\n\n');
