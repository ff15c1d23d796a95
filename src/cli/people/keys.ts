import { type Command, Option } from 'commander';
import { confirm } from '../ask.js';
import { payloadOf } from '../exit.js';
import { findProject } from '../find-project.js';
import type { AccessLevel, CreateApiKeyInput, KeyRowFragment } from '../gql/graphql.js';
import { acting, oneOrMore, type Session, wholeNumber, withGlobalOptions } from '../session.js';
import { printTable } from '../table.js';
import { parseFuture } from '../times.js';
import { everyKey } from './every-key.js';
import { findKeyId } from './find-key.js';
import { findUser } from './find-user.js';
import { parseLevel } from './grants.js';
import { RotateKey } from './key-documents.js';
import { makeKey, printSecret } from './new-key.js';
import { revokeKey } from './revoke.js';

const MOST_PER_MINUTE = 100_000;
const MOST_OVERLAP = 168;
const text = (value: string) => value;

/** `mooring keys …` */
export function addKeyCommands(program: Command): void {
  const keys = program.command('keys').description('Makes, lists, rotates and revokes API keys.');
  const command = (name: string, description: string) => withGlobalOptions(keys.command(name)).description(description);
  const named = (name: string, description: string) =>
    command(name, description).argument('<key>', 'its id, or its name');
  command('create', 'Makes an API key, and prints it, this once.')
    .requiredOption('--name <name>', 'what it is for')
    .option('--level <level>', 'the most that it may do in its projects: read, write or manage', parseLevel, 'READ')
    .option('--project <id|path>', 'the project it is limited to; can be repeated (default: all)', oneOrMore(text))
    .option(
      '--permission <permission>',
      'what it may do on the server, such as projects:create; can be repeated; all: what its owner may (default: nothing)',
      oneOrMore(text),
    )
    .option(
      '--expires <time>',
      'when it expires: a date, or in how long, such as 90d or 12h (default: never)',
      parseFuture,
    )
    .option('--per-minute <n>', 'the most requests in a minute', wholeNumber(1, MOST_PER_MINUTE))
    .option('--address <address>', 'an IP address or network it is used from; can be repeated', oneOrMore(text))
    .addOption(
      new Option(
        '--owner <user>',
        'for whom it acts, by email or id (default: you; made by the owner of the machine: nobody)',
      ).conflicts('service'),
    )
    .option('--service', 'a service key, which acts for nobody')
    .action(acting(createKey));
  command('list', 'Lists the keys, newest first; the keys themselves are not kept.')
    .option('--owner <user>', 'only those of this user, by email or id')
    .option('--project <id|path>', 'only those that may be used for this project')
    .option('--all', 'also revoked and expired ones')
    .action(acting(listKeys));
  named('rotate', 'Makes a key in the place of another, and prints it, this once; both work for a while.')
    .option(
      '--overlap <hours>',
      'how long the old one goes on working: 0 to 168 (default: 24)',
      wholeNumber(0, MOST_OVERLAP),
    )
    .option('--expires <time>', 'when the new one expires (default: as the old one)', parseFuture)
    .action(acting(rotateKey));
  named('revoke', 'Revokes a key, for good and at once, and those that it made.')
    .option('--yes', 'without asking')
    .action(acting(revoke));
}

interface NewKeyOptions {
  readonly name: string;
  readonly level: AccessLevel;
  readonly project?: readonly string[];
  readonly permission?: readonly string[];
  readonly expires?: string;
  readonly perMinute?: number;
  readonly address?: readonly string[];
  readonly owner?: string;
  readonly service?: boolean;
}

async function createKey(session: Session, options: NewKeyOptions): Promise<undefined> {
  const { apiKey, secret } = await makeKey(session.api, await inputOf(session, options));
  session.output.note(`${apiKey.name} (${apiKey.id}), ${describe(apiKey)}.`);
  return printSecret(session.output, secret, { apiKey });
}

/** What was asked for, as the API takes it. @throws CliError */
async function inputOf({ api }: Session, options: NewKeyOptions): Promise<CreateApiKeyInput> {
  const { name, level, project, permission, expires, perMinute, address, owner, service } = options;
  const projects = await Promise.all((project ?? []).map((each) => findProject(api, each)));
  return {
    ...{ name, level },
    ...(project && { projectIds: projects.map(({ id }) => id) }),
    ...(permission && (permission.includes('all') ? { allPermissions: true } : { permissions: [...permission] })),
    ...(expires !== undefined && { expiresAt: expires }),
    ...(perMinute !== undefined && { perMinute }),
    ...(address && { allowedAddresses: [...address] }),
    ...(owner !== undefined && { ownerId: (await findUser(api, owner)).id }),
    ...(service && { isService: true }),
  };
}

function describe(key: KeyRowFragment): string {
  const { level, projectIds, permissions, expiresAt, isService } = key;
  const whose = isService ? 'a service key, which acts for nobody' : `a key of ${ownerOf(key)}`;
  const limits = [
    `${level} in ${projectIds === null ? `all projects${isService ? '' : ' of its owner'}` : projectIds.join(', ')}`,
    `permissions ${permissions === null ? 'of its owner' : permissions.join(', ') || 'none'}`,
    expiresAt === null ? 'no expiry' : `until ${expiresAt}`,
  ];
  return `${whose}: ${limits.join('; ')}`;
}

/** Whose a key is, for people. */
function ownerOf({ isService, owner, ownerId }: KeyRowFragment): string {
  return isService ? '–' : (owner?.email ?? owner?.name ?? ownerId ?? '–');
}

interface ListOptions {
  readonly owner?: string;
  readonly project?: string;
  readonly all?: boolean;
}

async function listKeys({ api, output }: Session, { owner, project, all = false }: ListOptions): Promise<undefined> {
  const filter = {
    ...(owner !== undefined && { ownerId: (await findUser(api, owner)).id }),
    ...(project !== undefined && { projectId: (await findProject(api, project)).id }),
    ...(all ? {} : { isActive: true }),
  };
  const rows: string[][] = [];
  for await (const key of everyKey(api, filter)) {
    output.json(key);
    const projects = key.projectIds === null ? 'all' : key.projectIds.join(', ') || 'none';
    const state =
      key.status === 'ACTIVE' && key.expiresAt !== null ? `until ${key.expiresAt}` : key.status.toLowerCase();
    rows.push([
      key.id,
      `…${key.ending}`,
      key.name,
      ownerOf(key),
      key.level,
      state,
      key.lastUsedAt ?? 'never',
      projects,
    ]);
  }
  if (rows.length === 0) output.line('There are no such keys.');
  else printTable(output, ['id', 'key', 'name', 'owner', 'level', 'state', 'last used', 'projects'], rows);
}

async function rotateKey(
  { api, output }: Session,
  named: string,
  { overlap, expires }: { readonly overlap?: number; readonly expires?: string },
): Promise<undefined> {
  const id = await findKeyId(api, named);
  const input = {
    id,
    ...(overlap !== undefined && { overlapHours: overlap }),
    ...(expires !== undefined && { expiresAt: expires }),
  };
  const { apiKey, secret } = payloadOf((await api.run(RotateKey, { input })).rotateApiKey);
  output.note(`${apiKey.name} (${apiKey.id}) takes the place of ${id}, ${describe(apiKey)}.`);
  return printSecret(output, secret, { apiKey });
}

async function revoke(
  { api, output }: Session,
  named: string,
  { yes = false }: { readonly yes?: boolean },
): Promise<undefined> {
  const id = await findKeyId(api, named);
  await confirm(output, `Revoke ${named}, and the keys that it made, for good?`, yes);
  const { apiKey, others } = await revokeKey(api, id);
  output.json({ apiKey, others });
  for (const { name, ending, id: revoked } of [apiKey, ...others])
    output.line(`Revoked: ${name} (…${ending}), ${revoked}.`);
}
