import type { Command } from 'commander';
import { acting, oneOf, wholeNumber, withGlobalOptions } from '../session.js';
import { exportSession } from './export.js';
import { listSessions } from './list.js';

const DEFAULT_LIMIT = 50;

/** `mooring sessions …` */
export function addSessionCommands(program: Command): void {
  const sessions = program.command('sessions').description('Lists and exports conversations.');
  withGlobalOptions(sessions.command('list'))
    .description('Lists the sessions of a project, the one that was active last first.')
    .option('--project <id|path>', 'the project, by its id or its path (default: that of the working directory)')
    .option('--agent <name>', 'only those of this agent')
    .option('--user <id>', 'only those of this user')
    .option('--limit <n>', 'the most to list', wholeNumber(1, 1_000_000), DEFAULT_LIMIT)
    .action(acting(listSessions));
  withGlobalOptions(sessions.command('export'))
    .description('Prints a conversation, or writes it to a file.')
    .argument('<session>', 'the session, by its id or its key')
    .option(
      '--project <id|path>',
      'the project of the key, by its id or its path (default: that of the working directory)',
    )
    .option('--format <format>', 'markdown or json (default: markdown, or json with --json)', oneOf('MARKDOWN', 'JSON'))
    .option('--output <file>', 'write it to this file; an existing one is replaced once all is written')
    .action(acting(exportSession, { keepsTexts: true }));
}
