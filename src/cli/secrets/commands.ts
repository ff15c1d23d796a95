import type { Command } from 'commander';
import { acting, withGlobalOptions } from '../session.js';
import { addOutsideKeyCommands } from './outside-keys.js';
import { rotateSecrets } from './rotate.js';
import { scanSecrets } from './scan.js';

const ROTATE_HELP = `
The key is a file in the data directory, which this command replaces; or MOORING_SECRET_KEY. To replace that, start
every server with the new one, and with the old one as MOORING_SECRET_KEY_PREVIOUS; run this command; then remove
MOORING_SECRET_KEY_PREVIOUS. If it is interrupted, run it again.`;

/** `mooring secrets …` */
export function addSecretCommands(program: Command): void {
  const secrets = program
    .command('secrets')
    .description('Secrets that a project holds, and those that the server keeps.');
  withGlobalOptions(secrets.command('scan'))
    .description('Searches the records of a project, and their history, for tokens, passwords and other secrets.')
    .option('--project <id|path>', 'the project, by its id or its path (default: that of the working directory)')
    .option('--redact', 'replace them by markers, also in the history')
    .option('--yes', 'with --redact: do not ask')
    .action(acting(scanSecrets));
  addOutsideKeyCommands(secrets);
  withGlobalOptions(secrets.command('rotate'))
    .description('Encrypts the secrets that the server keeps, such as those of storage settings, with a new key.')
    .option('--dry-run', 'only count those that another key than the present one encrypted')
    .addHelpText('after', ROTATE_HELP)
    .action(acting(rotateSecrets));
}
