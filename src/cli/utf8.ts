import { wasUtf8 } from '../util/text/utf8.js';
import { CliError, EXIT } from './exit.js';

/**
 * Requires that a text from the system (an argument, a variable, a path, standard input) was UTF-8: Node replaces anything else
 * with U+FFFD. Messages don't quote it: it may be a secret.
 * @param what - its name, as the beginning of a sentence
 * @throws CliError
 */
export function requireUtf8(what: string, text: string): string {
  if (wasUtf8(text)) return text;
  throw new CliError(
    EXIT.usage,
    `${what} is not UTF-8: different characters would be stored than were given.`,
    'Give it in UTF-8; in a terminal, the locale says how it is encoded (LANG=C.UTF-8, for instance).',
  );
}
