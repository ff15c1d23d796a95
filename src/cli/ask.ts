import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { CliError, EXIT } from './exit.js';
import type { Output } from './output.js';
import { requireUtf8 } from './utf8.js';

/**
 * Asks for confirmation.
 * @param yes - confirmed on the command line already
 * @throws CliError when there is no terminal, or the answer isn't yes
 */
export async function confirm(output: Output, question: string, yes: boolean): Promise<void> {
  if (yes) return;
  if (!output.canAsk) {
    throw new CliError(
      EXIT.refused,
      'Nothing was changed: this takes a confirmation, and there is no terminal to ask at.',
      'Add --yes to the command to confirm it.',
    );
  }
  const answer = await ask(`${question} [y/N] `, process.stdout);
  if (!/^y(es)?$/i.test(answer.trim())) throw new CliError(EXIT.refused, 'Nothing was changed.');
}

/**
 * Asks for a secret, which isn't shown while it is typed. Without a terminal, it is the next line of standard input.
 * @param hint - what to do when none was given
 */
export async function askSecret(
  output: Output,
  name: string,
  hint = 'Type it when asked, or put it in a line of standard input.',
): Promise<string> {
  const secret = requireUtf8(`The ${name}`, output.canAsk ? await askSilently(`${name}: `) : await nextLine());
  if (secret) return secret;
  throw new CliError(EXIT.usage, `No ${name} was given.`, hint);
}

async function askSilently(question: string): Promise<string> {
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    return (await ask('', nowhere)).trim();
  } finally {
    process.stderr.write('\n');
  }
}

function ask(question: string, output: NodeJS.WritableStream): Promise<string> {
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  return new Promise<string>((resolve, reject) => {
    const stop = () => reject(new CliError(EXIT.interrupted, 'Interrupted. Nothing was changed.'));
    lines.once('SIGINT', stop);
    lines.once('close', stop);
    lines.question(question, resolve);
  }).finally(() => lines.close());
}

let input: AsyncIterator<string> | undefined;

async function nextLine(): Promise<string> {
  input ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const { value, done } = await input.next();
  return done ? '' : value.trim();
}
