import type { Command } from 'commander';
import { askSecret } from '../ask.js';
import type * as keeping from '../credentials.js';
import { CliError, EXIT, payloadOf, toCliError } from '../exit.js';
import { acting, oneOf, type Session, withGlobalOptions } from '../session.js';
import { findUser } from './find-user.js';
import { askServer } from './http.js';
import { linkAt, printLink } from './link.js';
import { makeKey, printSecret } from './new-key.js';
import { activeKeysOf, revokeKey } from './revoke.js';
import { CreateUser, ResetPassword } from './user-documents.js';
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
    .option('--password-stdin', 'give the first one a password: a line of standard input, after that of --setup-token')
    .action(acting(createAdmin));
  withGlobalOptions(admin.command('reset'))
    .description(
      'Prints a link with which a user sets a password, once, within an hour; or with --key a new API key for them.',
    )
    .requiredOption('--email <email>', 'their email, or their id')
    .option('--key', 'an API key, in place of a link')
    .option('--revoke-others', 'with --key: revoke their other keys')
    .action(acting(resetAdmin));
}

interface NewAdmin {
  readonly email: string;
  readonly name?: string;
  readonly role?: 'OWNER' | 'ADMIN';
  readonly setupToken?: boolean;
  readonly passwordStdin?: boolean;
}

async function createAdmin(session: Session, options: NewAdmin): Promise<undefined> {
  const { api, output } = session;
  const { email, name = nameIn(email), role = 'ADMIN' } = options;
  const token = await setupTokenFor(session, options);
  if (token !== null) {
    const password = options.passwordStdin ? await askSecret({ ...output, canAsk: false }, 'password') : undefined;
    const { user, secret } = await setUp(api.url, { token, email, name, ...(password !== undefined && { password }) });
    output.line(`${user.email} is the administrator (${user.id}). From now on, every request needs a key.`);
    return printSecret(output, secret, { user });
  }
  if (options.passwordStdin) {
    throw new CliError(
      EXIT.usage,
      'There are users already, and only the first administrator is given a password. Nothing was written.',
      'Create them without one, and give them a link: `mooring admin reset --email …` prints it.',
    );
  }
  const result = (await api.run(CreateUser, { input: { email, name, role } })).createUser;
  if ('code' in result && result.code === 'ALREADY_EXISTS') {
    const hint = `Give another email; or make a new key for this user with \`mooring admin reset --key --email ${email}\`.`;
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
  const { isNeeded } = await askServer<{ isNeeded?: unknown }>(`${url}/setup`);
  return isNeeded === true;
}

interface SetUp {
  readonly user: { readonly id: string; readonly email: string };
  readonly secret: string;
}

/** Creates the first administrator. */
function setUp(url: string, input: { token: string; email: string; name: string; password?: string }): Promise<SetUp> {
  return askServer<SetUp>(`${url}/setup`, input);
}

interface Reset {
  readonly email: string;
  readonly key?: boolean;
  readonly revokeOthers?: boolean;
}

async function resetAdmin(
  { api, output }: Session,
  { email, key = false, revokeOthers = false }: Reset,
): Promise<undefined> {
  if (revokeOthers && !key) {
    throw new CliError(EXIT.usage, '--revoke-others goes with --key: a link is no key.', 'Add --key, or leave it out.');
  }
  const user = await findUser(api, email);
  if (!key) {
    const { link, isMailed } = payloadOf((await api.run(ResetPassword, { input: { userId: user.id } })).resetPassword);
    output.line(`A link for ${user.email ?? user.name}, until ${link.expiresAt}:`);
    return printLink(output, linkAt(api.url, link), { user, isMailed, expiresAt: link.expiresAt });
  }
  const others = revokeOthers ? await activeKeysOf(api, user.id) : [];
  const made = await makeKey(api, { name: 'reset', ownerId: user.id, level: 'MANAGE', allPermissions: true });
  for (const { id } of others) await revokeKey(api, id);
  output.line(
    `A new key for ${user.email ?? user.name}${others.length > 0 ? `, whose other keys are revoked: ${others.length}` : ''}.`,
  );
  return printSecret(output, made.secret, { user, apiKey: made.apiKey, revoked: others.map(({ id }) => id) });
}
