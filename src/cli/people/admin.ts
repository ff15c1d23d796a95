import type { Command } from 'commander';
import { askSecret } from '../ask.js';
import type * as keeping from '../credentials.js';
import { CliError, EXIT, payloadOf, toCliError } from '../exit.js';
import { acting, oneOf, type Session, withGlobalOptions } from '../session.js';
import { plainTexts } from '../text.js';
import { findUser } from './find-user.js';
import { makeKey, printSecret } from './new-key.js';
import { activeKeysOf, revokeKey } from './revoke.js';
import { CreateUser } from './user-documents.js';
import { nameIn } from './users.js';

/** `mooring admin …` */
export function addAdminCommands(program: Command): void {
  const admin = program.command('admin').description('Creates administrators, and gives one a new key.');
  withGlobalOptions(admin.command('create'))
    .description(
      'Creates an administrator, and prints an API key for them, this once. The first one is created with the role OWNER; it takes the data directory of the server, or the token that the server prints at its start.',
    )
    .requiredOption('--email <email>', 'their email')
    .option('--name <name>', 'their name (default: what precedes the @)')
    .option(
      '--role <role>',
      'their role, when there are users: owner or admin (default: admin)',
      oneOf('OWNER', 'ADMIN'),
    )
    .option(
      '--setup-token',
      'the first one, by the token of a server elsewhere; asked for, or a line of standard input',
    )
    .action(acting(createAdmin));
  withGlobalOptions(admin.command('reset'))
    .description('Prints a new API key for a user who lost theirs.')
    .requiredOption('--email <email>', 'their email')
    .option('--revoke-others', 'revoke their other keys')
    .action(acting(resetAdmin));
}

interface NewAdmin {
  readonly email: string;
  readonly name?: string;
  readonly role?: 'OWNER' | 'ADMIN';
  readonly setupToken?: boolean;
}

async function createAdmin(session: Session, options: NewAdmin): Promise<undefined> {
  const { api, output } = session;
  const { email, name = nameIn(email), role = 'ADMIN' } = options;
  const token = await setupTokenFor(session, options);
  if (token !== null) {
    const { user, secret } = await setUp(api.url, { token, email, name });
    output.line(`${user.email} is the administrator (${user.id}). From now on, every request needs a key.`);
    return printSecret(output, secret, { user });
  }
  const result = (await api.run(CreateUser, { input: { email, name, role } })).createUser;
  if ('code' in result && result.code === 'ALREADY_EXISTS') {
    const hint = `Give another email; or make a new key for this user with \`mooring admin reset --email ${email}\`.`;
    throw toCliError({ ...result, hint });
  }
  const { user } = payloadOf(result);
  output.line(`${user.email} was created with the role ${user.role?.name ?? role} (${user.id}).`);
  const { apiKey, secret } = await makeKey(api, {
    name: 'first key',
    ownerId: user.id,
    level: 'MANAGE',
    allPermissions: true,
  });
  return printSecret(output, secret, { user, apiKey });
}

/** The token for the first administrator; null when there are users. @throws CliError */
async function setupTokenFor({ api, output, dataDirectory }: Session, options: NewAdmin): Promise<string | null> {
  if (options.setupToken) return askSecret(output, 'set-up token');
  if (!(await isSetUpNeeded(api.url))) return null;
  const { setupTokenOf }: typeof keeping = await import('../credentials.js');
  const token = dataDirectory === null ? null : setupTokenOf(dataDirectory);
  if (token !== null) return token;
  throw new CliError(
    EXIT.unauthenticated,
    `${api.url} has no users yet, and its data directory isn't on this machine, or not yours.`,
    'Run this on the machine of the server; or add --setup-token, and give the token that the server printed at its start.',
    'SETUP_REQUIRED',
  );
}

async function isSetUpNeeded(url: string): Promise<boolean> {
  const { isNeeded } = await ask<{ isNeeded?: unknown }>(`${url}/setup`, {});
  return isNeeded === true;
}

interface SetUp {
  readonly user: { readonly id: string; readonly email: string };
  readonly secret: string;
}

/** Creates the first administrator. */
function setUp(url: string, input: { token: string; email: string; name: string }): Promise<SetUp> {
  const headers = { 'content-type': 'application/json' };
  return ask<SetUp>(`${url}/setup`, { method: 'POST', headers, body: JSON.stringify(input) });
}

/** @throws CliError */
async function ask<T>(url: string, options: RequestInit): Promise<T> {
  const response = await fetch(url, options).catch(() => null);
  const answer = plainTexts((await response?.json().catch(() => null)) as Answer | null);
  const [error] = answer?.errors ?? [];
  if (error) {
    const { code = 'INTERNAL', hint = '' } = error.extensions ?? {};
    throw toCliError({ message: error.message, code: String(code), hint: String(hint) });
  }
  if (response?.ok && answer) return answer as T;
  const hint = 'Give the address of a server of this version, by --url or MOORING_URL.';
  throw new CliError(EXIT.unreachable, `${url} doesn't answer as Mooring does.`, hint);
}

interface Answer {
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: unknown; readonly hint?: unknown };
  }[];
}

async function resetAdmin(
  { api, output }: Session,
  { email, revokeOthers = false }: { readonly email: string; readonly revokeOthers?: boolean },
): Promise<undefined> {
  const user = await findUser(api, email);
  const others = revokeOthers ? await activeKeysOf(api, user.id) : [];
  const made = await makeKey(api, { name: 'reset', ownerId: user.id, level: 'MANAGE', allPermissions: true });
  for (const { id } of others) await revokeKey(api, id);
  output.line(
    `A new key for ${user.email}${others.length > 0 ? `, whose other keys are revoked: ${others.length}` : ''}.`,
  );
  return printSecret(output, made.secret, { user, apiKey: made.apiKey, revoked: others.map(({ id }) => id) });
}
