import { CommanderError } from 'commander';
import { packageVersion } from '../util/own-package.js';
import { CliError, EXIT } from './exit.js';
import { createOutput } from './output.js';
import { createProgram } from './program.js';
import { requireUtf8 } from './utf8.js';

/** Runs the program, and sets the process's exit code, one of `EXIT`. */
export async function run(args: readonly string[]): Promise<void> {
  process.stdout.on('error', endQuietly);
  try {
    for (const arg of args) requireUtf8('An argument', arg);
    await createProgram(packageVersion()).parseAsync(args, { from: 'user' });
  } catch (error) {
    // The parser has printed the help, or its error.
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
      return;
    }
    createOutput({ isJson: args.includes('--json'), isColorful: false }).error(error);
    process.exitCode = error instanceof CliError ? error.exitCode : EXIT.failed;
  }
}

/** The reader of the output, such as `head`, has closed the pipe. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(EXIT.done);
}
