import type { Api } from '../api.js';
import { payloadOf } from '../exit.js';
import type { CreateApiKeyInput } from '../gql/graphql.js';
import type { Output } from '../output.js';
import { CreateKey } from './key-documents.js';

/** Makes a key. @throws CliError */
export async function makeKey(api: Api, input: CreateApiKeyInput) {
  return payloadOf((await api.run(CreateKey, { input })).createApiKey);
}

/**
 * Prints a new key, this once. For a script it is the only thing on a line of standard output.
 * @param about what JSON has beside it
 */
export function printSecret(output: Output, secret: string, about: object): undefined {
  output.json({ secret, ...about });
  output.line(secret);
  output.note('This is the only time that the key is shown: keep it where nobody else can read it.');
}
