import { join } from 'node:path';
import { Argument, type Command, Option } from 'commander';
import { CliError, EXIT } from '../exit.js';
import { actingAlone, type LocalSession, oneOf, withGlobalOptions } from '../session.js';
import type { HostName } from './hosts.js';

interface SetupOptions {
  readonly project?: boolean;
  readonly user?: boolean;
  readonly capture?: true | 'MESSAGES' | 'ALL';
  readonly print?: boolean;
  readonly undo?: boolean;
  readonly yes?: boolean;
}

/** `mooring setup HOST` */
export function addSetupCommand(program: Command): void {
  withGlobalOptions(program.command('setup'))
    .description('Adds Mooring to the configuration of a host of agents: shows the change, asks, and writes it.')
    .addArgument(new Argument('<host>', 'the host').choices(['claude-code', 'cursor', 'vscode', 'codex']))
    .addOption(new Option('--user', 'for all projects of yours (default)').conflicts('project'))
    .option('--project', 'for the repository that you are in, or else the folder')
    .option(
      '--capture [what]',
      'also keep what is said: messages, or all, with the output of tools (default: messages)',
      oneOf('MESSAGES', 'ALL'),
    )
    .addOption(new Option('--print', 'only print what belongs in the configuration').conflicts(['undo', 'yes']))
    .option('--undo', 'take back what setup has added')
    .option('--yes', 'confirm the change')
    .action(actingAlone(setUp));
}

async function setUp(session: LocalSession, name: HostName, options: SetupOptions): Promise<undefined> {
  // Loaded on demand: other commands need no parsers of configurations.
  const [{ HOST }, { findPlaces }, actions] = await Promise.all([
    import('./hosts.js'),
    import('./places.js'),
    import('./actions.js'),
  ]);
  const places = await findPlaces();
  if (/[\\/]_npx[\\/]/.test(places.program)) {
    throw new CliError(
      EXIT.refused,
      'Mooring runs from the cache of npx, which npm empties: a host could not run it later.',
      'Install it with `npm install --global mooring`, or run this in a clone.',
    );
  }
  if (session.url !== null)
    session.output.note(
      `--url isn't written into the configuration: agents find a server by themselves. To name one, put MOORING_URL=${session.url} into ${join(places.mooringHome, '.env')}.`,
    );
  const request = {
    ...{ session, name, host: HOST[name], places, isConfirmed: options.yes === true },
    scope: options.project ? ('project' as const) : ('user' as const),
    capture: options.capture === true ? ('MESSAGES' as const) : (options.capture ?? null),
  };
  if (options.print) actions.print(request);
  else if (options.undo) await actions.undo(request);
  else await actions.add(request);
}
