import { wasUtf8 } from '../util/utf8.js';
import { CliError, EXIT } from './exit.js';

/**
 * A text that came from the system (an argument, a variable, a path, standard input), if it was UTF-8: where it wasn't, Node
 * has put U+FFFD in its place. It isn't shown: it may be a secret.
 * @param what - what it is, as the beginning of a sentence
 * @throws CliError
 */
export function requireUtf8(what: string, text: string): string {
  if (wasUtf8(text)) return text;
  throw new CliError(
    EXIT.usage,
    `${what} is not UTF-8: other characters than were given would be kept.`,
    'Give it in UTF-8; in a terminal, the locale says how it is encoded (LANG=C.UTF-8, for instance).',
  );
}
