import type { Command } from 'commander';
import { isReadable } from '../../endpoint/addresses.js';
import { createApi } from '../api.js';
import { askSecret, confirm } from '../ask.js';
import type * as keeping from '../credentials.js';
import { CliError, EXIT } from '../exit.js';
import { graphql } from '../gql/gql.js';
import type { WhoAmIQuery } from '../gql/graphql.js';
import type { Output } from '../output.js';
import { acting, actingAlone, type LocalSession, type Session, withGlobalOptions } from '../session.js';
import { plainTexts } from '../text.js';

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
    .description('Stores an API key for a server, after checking it there. It is asked for, and not shown.')
    .option('--key-stdin', 'read the key from standard input')
    .option('--yes', 'without asking, also where others could read the key on its way')
    .action(actingAlone(logIn));
  withGlobalOptions(program.command('logout'))
    .description('Removes the stored key of a server. The key itself goes on working: `mooring keys revoke` ends it.')
    .action(actingAlone(logOut));
  withGlobalOptions(program.command('whoami'))
    .description('Shows as whom commands use the server, and what they may do.')
    .action(acting(whoAmI));
}

/** Loaded on demand: other commands store nothing. */
const keeper = (): Promise<typeof keeping> => import('../credentials.js');

async function logIn(
  { output, url: given }: LocalSession,
  { keyStdin = false, yes = false }: { readonly keyStdin?: boolean; readonly yes?: boolean },
): Promise<undefined> {
  const { serverUrlOf, storeKey } = await keeper();
  const url = await serverUrlOf(given);
  if (isReadable(url)) {
    output.note(`${url} has no TLS: anyone on the way there can read the key that is sent, and use it.`);
    await confirm(output, 'Store a key for it all the same?', yes);
  }
  const secret = await askSecret(keyStdin ? { ...output, canAsk: false } : output, 'key');
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

async function logOut({ output, url: given }: LocalSession): Promise<undefined> {
  const { forgetKey, serverUrlOf } = await keeper();
  const url = await serverUrlOf(given);
  const { path, isRemoved } = await forgetKey(url);
  output.json({ type: 'removed', url, path, isRemoved });
  output.line(isRemoved ? `Removed from ${path}: the key for ${url}.` : `No key is stored for ${url}.`);
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
  if (user) return `${user.name} <${user.email}>`;
  if (kind === 'LOCAL') return isOpen ? 'Anyone: the server has no users yet.' : 'The owner of the machine.';
  return `The service key ${key?.name ?? ''}`;
}

function projectsOf({ everywhere, key }: Viewer): string {
  if (everywhere !== null) return `all: ${everywhere}`;
  return key?.projects ? key.projects.map(({ name }) => name).join(', ') || 'none' : 'their own, and shared ones';
}
