import { type Command, Option } from 'commander';
import { isReadable } from '../../endpoint/addresses.js';
import { createApi } from '../api.js';
import { askSecret, confirm } from '../ask.js';
import type * as keeping from '../credentials.js';
import { CliError, EXIT, type ExitCode } from '../exit.js';
import { graphql } from '../gql/gql.js';
import type { WhoAmIQuery } from '../gql/graphql.js';
import type { Output } from '../output.js';
import { acting, actingAlone, type LocalSession, type Session, withGlobalOptions } from '../session.js';
import { plainTexts } from '../text.js';
import { logInByCode, ownKeyName, PROGRAMS, type Reach } from './device-login.js';
import { revokeKey } from './revoke.js';

const WhoAmI = graphql(`
  query WhoAmI {
    viewer {
      kind isOpen everywhere permissions
      user { id email name role { name } }
      key { id name ending level expiresAt projects { id name } }
    }
  }
`);

type Viewer = WhoAmIQuery['viewer'];

/** `mooring login`, `logout` and `whoami` */
export function addLoginCommands(program: Command): void {
  withGlobalOptions(program.command('login'))
    .description(
      'Signs in at a server: shows a code, with which you let the command line in at a browser, and stores the API key that it gets.',
    )
    .addOption(
      new Option('--access <access>', 'what the key may do: read or write in your projects, or all that you may')
        .choices(Object.keys(PROGRAMS))
        .default('all'),
    )
    .option('--key', 'store a key that you have, after checking it: it is asked for, and not shown')
    .option('--key-stdin', 'the same, from standard input')
    .option('--yes', 'without asking, also where others could read the key on its way')
    .action(actingAlone(logIn));
  withGlobalOptions(program.command('logout'))
    .description('Removes the stored key of a server. One that signing in has made is revoked there, too.')
    .action(actingAlone(logOut));
  withGlobalOptions(program.command('whoami'))
    .description('Shows as whom commands use the server, and what they may do.')
    .action(acting(whoAmI));
}

interface LogIn {
  readonly access: Reach;
  readonly key?: boolean;
  readonly keyStdin?: boolean;
  readonly yes?: boolean;
}

/** Loaded on demand: other commands store nothing. */
const keeper = (): Promise<typeof keeping> => import('../credentials.js');

async function logIn(
  { output, url: given }: LocalSession,
  { access, key = false, keyStdin = false, yes = false }: LogIn,
): Promise<undefined> {
  const { serverUrlOf, storeKey } = await keeper();
  const url = await serverUrlOf(given);
  if (isReadable(url)) {
    output.note(`${url} has no TLS: anyone on the way there can read the key that is sent, and use it.`);
    await confirm(output, 'Store a key for it all the same?', yes);
  }
  const secret =
    key || keyStdin
      ? await askSecret(keyStdin ? { ...output, canAsk: false } : output, 'key')
      : (await logInByCode(url, access, output)).secret;
  const api = createApi({ url, credential: () => ({ secret, source: 'FILE' }) }, { read: plainTexts });
  const { viewer } = await api.run(WhoAmI, {}).catch((error: unknown) => {
    throw error instanceof CliError && error.code === 'UNAUTHENTICATED' ? refused(url, error) : error;
  });
  if (viewer.kind === 'LOCAL') throw notNeeded(url);
  const path = await storeKey(url, secret);
  output.json({ type: 'stored', url, path, viewer });
  output.line(`Stored in ${path}, for ${url}.`);
  printViewer(output, viewer);
}

function refused(url: string, { message }: CliError): CliError {
  const hint = `Nothing was stored. Give a key of ${url}: \`mooring keys create\` makes one there.`;
  return new CliError(EXIT.unauthenticated, message, hint, 'UNAUTHENTICATED');
}

/** A server without users takes any key for none. */
function notNeeded(url: string): CliError {
  const hint = 'Create the first administrator there with `mooring admin create`, or go on without a key.';
  return new CliError(EXIT.refused, `${url} has no users yet, so no key is needed. Nothing was stored.`, hint);
}

async function logOut({ output, url: given }: LocalSession): Promise<ExitCode | undefined> {
  const { forgetKey, serverUrlOf, storedKeyOf } = await keeper();
  const url = await serverUrlOf(given);
  const secret = await storedKeyOf(url);
  const ending = secret === null ? null : await endKey(url, secret);
  const { path, isRemoved } = await forgetKey(url);
  const isRevoked = ending === 'REVOKED';
  output.json({ type: 'removed', url, path, isRemoved, isRevoked });
  if (!isRemoved) output.line(`No key is stored for ${url}.`);
  else output.line(`Removed from ${path}${isRevoked ? ', and revoked' : ''}: the key for ${url}.`);
  if (ending === null || isRevoked) return;
  output.note(`The key itself goes on working${ending.problem}: \`mooring keys revoke\` ends it.`);
  return ending.problem === '' ? undefined : EXIT.unreachable;
}

/** Ends a key that signing in has made; one that was stored by hand may be used elsewhere, too. */
async function endKey(url: string, secret: string): Promise<'REVOKED' | { readonly problem: string }> {
  const api = createApi({ url, credential: () => ({ secret, source: 'FILE' }) }, { read: plainTexts });
  try {
    const { key } = (await api.run(WhoAmI, {})).viewer;
    if (key?.name !== ownKeyName()) return { problem: '' };
    await revokeKey(api, key.id);
    return 'REVOKED';
  } catch (error) {
    if (error instanceof CliError && error.code === 'UNAUTHENTICATED') return 'REVOKED';
    return { problem: `, as ${url} could not be asked to end it (${error instanceof Error ? error.message : error})` };
  }
}

async function whoAmI({ api, output }: Session): Promise<undefined> {
  const { viewer } = await api.run(WhoAmI, {});
  output.json({ url: api.url, ...viewer });
  printViewer(output, viewer);
}

function printViewer(output: Output, viewer: Viewer): void {
  const { user, key, permissions } = viewer;
  output.line(nameOf(viewer));
  if (user) output.line(`role         ${user.role?.name ?? '–'}`);
  if (key)
    output.line(
      `key          ${key.name} (…${key.ending}), ${key.level}${key.expiresAt ? `, until ${key.expiresAt}` : ''}`,
    );
  output.line(`permissions  ${permissions.join(', ') || '–'}`);
  output.line(`projects     ${projectsOf(viewer)}`);
}

function nameOf({ kind, isOpen, user, key }: Viewer): string {
  if (user) return user.email === null ? user.name : `${user.name} <${user.email}>`;
  if (kind === 'LOCAL') return isOpen ? 'Anyone: the server has no users yet.' : 'The owner of the machine.';
  return `The service key ${key?.name ?? ''}`;
}

function projectsOf({ everywhere, key }: Viewer): string {
  if (everywhere !== null) return `all: ${everywhere}`;
  return key?.projects ? key.projects.map(({ name }) => name).join(', ') || 'none' : 'their own, and shared ones';
}
