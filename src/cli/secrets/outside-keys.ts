import type { Command } from 'commander';
import { askSecret, confirm } from '../ask.js';
import { CliError, EXIT, payloadOf } from '../exit.js';
import { graphql } from '../gql/gql.js';
import { acting, type Session, withGlobalOptions } from '../session.js';
import { printTable } from '../table.js';

export const OutsideKeyRow = graphql(`
  fragment OutsideKeyRow on OutsideKey { id provider label ending isShared isUsable createdAt updatedAt }
`);

const ListOutsideKeys = graphql(`
  query ListOutsideKeys($shared: Boolean) { outsideKeys(shared: $shared) { ...OutsideKeyRow } }
`);

const SaveOutsideKey = graphql(`
  mutation SaveOutsideKey($input: SaveOutsideKeyInput!) {
    saveOutsideKey(input: $input) {
      ... on SaveOutsideKeyPayload { outsideKey { ...OutsideKeyRow } }
      ... on Error { code message hint }
    }
  }
`);

const DeleteOutsideKey = graphql(`
  mutation DeleteOutsideKey($input: DeleteOutsideKeyInput!) {
    deleteOutsideKey(input: $input) {
      ... on DeleteOutsideKeyPayload { deletedId }
      ... on Error { code message hint }
    }
  }
`);

interface Options {
  readonly shared?: boolean;
  readonly label?: string;
  readonly yes?: boolean;
}

/** `mooring secrets keys …` */
export function addOutsideKeyCommands(secrets: Command): void {
  const keys = secrets
    .command('keys')
    .description('Keeps keys of other services, encrypted: yours, or one for all users.');
  const command = (name: string, description: string) =>
    withGlobalOptions(keys.command(name))
      .description(description)
      .option('--shared', 'those for all users, in place of yours; takes keys:administer');
  command('list', 'Lists them; they are never shown.').action(acting(list));
  command('save', 'Saves a key, in place of the one before. It is asked for, or a line of standard input.')
    .argument('<provider>', 'name of the service, such as openai')
    .option('--label <text>', 'what it is')
    .action(acting(save));
  command('delete', 'Deletes a key for good.')
    .argument('<provider>', 'name of the service')
    .option('--yes', 'without asking')
    .action(acting(remove));
}

async function list({ api, output }: Session, { shared = false }: Options): Promise<undefined> {
  const { outsideKeys } = await api.run(ListOutsideKeys, { shared });
  for (const key of outsideKeys) output.json(key);
  if (outsideKeys.length === 0) return void output.line('No keys of other services are saved.');
  printTable(
    output,
    ['provider', 'key', 'saved', 'usable', 'label'],
    outsideKeys.map(({ provider, ending, updatedAt, isUsable, label }) => [
      provider,
      ending === null ? '…' : `…${ending}`,
      updatedAt,
      isUsable ? 'yes' : 'no: save it again',
      label ?? '–',
    ]),
  );
}

async function save(
  { api, output }: Session,
  provider: string,
  { shared = false, label }: Options,
): Promise<undefined> {
  const secret = await askSecret(output, `key of ${provider}`);
  const input = { provider, secret, shared, ...(label !== undefined && { label }) };
  const { outsideKey } = payloadOf((await api.run(SaveOutsideKey, { input })).saveOutsideKey);
  output.json(outsideKey);
  output.line(`Saved for ${shared ? 'all users' : 'you'}: the key of ${outsideKey.provider}.`);
}

async function remove(
  { api, output }: Session,
  provider: string,
  { shared = false, yes = false }: Options,
): Promise<undefined> {
  const { outsideKeys } = await api.run(ListOutsideKeys, { shared });
  const key = outsideKeys.find((each) => each.provider === provider.toLowerCase());
  if (!key) {
    const hint = 'See which are with `mooring secrets keys list`.';
    throw new CliError(
      EXIT.notFound,
      `No key of ${provider} is saved${shared ? ' for all users' : ''}.`,
      hint,
      'NOT_FOUND',
    );
  }
  await confirm(output, `Delete the key of ${provider}, for good?`, yes);
  const { deletedId: id } = payloadOf((await api.run(DeleteOutsideKey, { input: { id: key.id } })).deleteOutsideKey);
  output.json({ id });
  output.line(`Deleted: the key of ${provider}.`);
}
