import type { Command } from 'commander';
import { acting, withGlobalOptions } from '../session.js';
import { scanSecrets } from './scan.js';

/** `mooring secrets …` */
export function addSecretCommands(program: Command): void {
  const secrets = program.command('secrets').description('Finds secrets that a project holds, and redacts them.');
  withGlobalOptions(secrets.command('scan'))
    .description('Searches the records of a project, and their history, for tokens, passwords and other secrets.')
    .option('--project <id|path>', 'the project, by its id or its path (default: that of the working directory)')
    .option('--redact', 'replace them by markers, also in the history')
    .option('--yes', 'with --redact: do not ask')
    .action(acting(scanSecrets));
}
