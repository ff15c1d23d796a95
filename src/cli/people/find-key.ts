import type { Api } from '../api.js';
import { CliError, EXIT } from '../exit.js';
import { everyKey } from './every-key.js';

/**
 * The id of a key that is named by its id, or by its name when no other key that can be used has it.
 * @throws CliError when there is none, or more than one
 */
export async function findKeyId(api: Api, named: string): Promise<string> {
  if (named.startsWith('mor_')) {
    throw new CliError(
      EXIT.usage,
      'A key is named by its id or its name, not by the key itself, which is a secret.',
      'See the ids with `mooring keys list`. If others may have seen this command, revoke the key.',
    );
  }
  if (/^key_[0-9a-z]{26}$/.test(named)) return named;
  const ids: string[] = [];
  for await (const { id, name } of everyKey(api, { query: named, isActive: true })) if (name === named) ids.push(id);
  const [id, ...others] = ids;
  if (id !== undefined && others.length === 0) return id;
  throw id === undefined
    ? new CliError(
        EXIT.notFound,
        `There is no key ${named} that can be used.`,
        'See which there are with `mooring keys list`.',
        'NOT_FOUND',
      )
    : new CliError(EXIT.usage, `${ids.length} keys have the name ${named}: ${ids.join(', ')}.`, 'Name one by its id.');
}
