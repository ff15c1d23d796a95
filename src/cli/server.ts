import type * as logging from 'pino';
import type * as finding from '../agents/find.js';
import type * as hook from '../agents/hook.js';
import type * as mcp from '../agents/mcp.js';
import type * as places from '../agents/project-place.js';
import type * as serverOfAgents from '../agents/server.js';
import type * as app from '../app.js';
import type * as clientSettings from '../config/client-settings.js';
import type { Environment } from '../config/environment.js';
import type * as home from '../config/home.js';
import type * as running from '../config/presence.js';
import type { Presence } from '../config/presence.js';
import type * as presence from '../config/server-file.js';
import type * as endpoints from '../endpoint/endpoint.js';
import type { Endpoint } from '../endpoint/endpoint.js';
import type * as presences from '../endpoint/find-presence.js';
import type * as serving from '../serve.js';
import { CliError, EXIT } from './exit.js';
import { requireUtf8 } from './utf8.js';

/** The only file that imports the server: it is found, or started in this process. Its parts are loaded on demand. */

/** A server to connect to. */
export interface Reached extends Endpoint {
  /** Its data directory: an absolute path, or null when only the server knows. */
  readonly dataDirectory: string | null;
  /** Whether it runs in this process, and ends with it. */
  readonly isOurs: boolean;
  /** The data directory, when it isn't that of the working directory but of the user's agents. */
  readonly ofAgents: string | null;
  /** Stops it when it runs in this process. */
  close(): Promise<void>;
}

/**
 * The server at the URL, else the one that runs on the data directory, else one started in this process. In a folder that has no
 * data directory, that of the agents of the user, if they have any.
 * @param url - as given on the command line
 * @throws CliError when the settings are wrong, or the data can't be used
 */
export async function reachServer(url: string | null): Promise<Reached> {
  const { isServerUrl, baseUrlOf } = await import('../config/server-url.js');
  const { loadClientSettings } = await import('../config/client-settings.js');
  if (url !== null && !isServerUrl(url)) {
    throw new CliError(EXIT.usage, '--url is not the address of a server.', 'Give one such as http://127.0.0.1:4000.');
  }
  const { readEnvironment, readOwnEnvironment } = await import('../config/environment.js');
  const own = readOwnEnvironment();
  // Where keys are stored isn't for the `.env` of a folder to say, which may be from elsewhere.
  const environment = { ...readable(readEnvironment), XDG_CONFIG_HOME: own.XDG_CONFIG_HOME };
  if (url !== null) return elsewhere(baseUrlOf(url), environment, true);
  const { serverUrl, dataDirectory, isNamed } = readable(loadClientSettings);
  // The `.env` of a folder from elsewhere may name a server, but not have the user's own key sent there.
  if (serverUrl !== null) return elsewhere(serverUrl, environment, Boolean(own.MOORING_URL) || !own.MOORING_API_KEY);
  const { isDataDirectory } = await import('../config/data-directory.js');
  const ofAgents = isNamed || isDataDirectory(dataDirectory) ? null : await reachAgents();
  if (ofAgents) return ofAgents;
  const { findServer }: typeof presence = await import('../config/server-file.js');
  const running = await findServer(dataDirectory);
  return running === null ? startOurs(dataDirectory, environment) : announced(running, environment);
}

/** The server of the user's agents, else one started on their data; null when they have neither. */
async function reachAgents(): Promise<Reached | null> {
  const [{ findForAgent }, { hasProject, waysTo }, { readAgentEnvironment }]: [
    typeof finding,
    typeof places,
    typeof home,
  ] = await Promise.all([
    import('../agents/find.js'),
    import('../agents/project-place.js'),
    import('../config/home.js'),
  ]);
  const project = waysTo(process.cwd());
  const environment = readable(readAgentEnvironment);
  const { server, dataDirectory, unopened } = await findForAgent({ url: null, environment, project });
  if (unopened !== null) {
    const ours = { ...(await startOurs(unopened, environment)), ofAgents: unopened };
    if (server === null || (await hasProject(ours, project))) return ours;
    await ours.close();
  }
  if (server !== null) return { ...reachedAt(server, dataDirectory), ofAgents: dataDirectory };
  // Named for all agents of the user.
  return environment.MOORING_DATA && dataDirectory !== null
    ? { ...(await startOurs(dataDirectory, environment)), ofAgents: dataDirectory }
    : null;
}

/** Runs a command of agents, which is a program of its own, until the process ends. */
export async function runForAgents(command: 'mcp' | 'hook', args: readonly string[]): Promise<never> {
  const { run }: typeof mcp | typeof hook =
    command === 'mcp' ? await import('../agents/mcp.js') : await import('../agents/hook.js');
  process.exit(await run(args));
}

/** Serves until the process ends, as `npm start` does. */
export async function serve(): Promise<void> {
  const module: typeof serving = await import('../serve.js');
  await module.serve();
}

/** The value of an environment variable that the user named; null when unset. */
export async function readVariable(name: string): Promise<string | null> {
  const environment = await import('../config/environment.js');
  const value = environment.readVariable(name);
  return value && requireUtf8(`The variable ${name}`, value);
}

/** What is of the user, whichever folder they work in: the process's variables, without `.env`, and Mooring's own folder. */
export async function readUserEnvironment(): Promise<{
  readonly mooringHome: string;
  readonly variable: (name: string) => string | null;
}> {
  const { readOwnEnvironment } = await import('../config/environment.js');
  const { homeOf } = await import('../config/home.js');
  const environment = readOwnEnvironment();
  return {
    mooringHome: readable(() => homeOf(environment).path),
    variable: (name) => environment[name] || null,
  };
}

/**
 * The server of the user's agents: as `mooring mcp` and `mooring hook` find it from the working directory. If there is none, one
 * is started in this process on their data.
 * @param url - as given on the command line
 */
export async function reachAgentsServer(url: string | null): Promise<Reached> {
  const [{ createAgentServer }, { waysTo }, { readAgentEnvironment }]: [
    typeof serverOfAgents,
    typeof places,
    typeof home,
  ] = await Promise.all([
    import('../agents/server.js'),
    import('../agents/project-place.js'),
    import('../config/home.js'),
  ]);
  const environment = readable(readAgentEnvironment);
  const server = createAgentServer({ url, environment, project: waysTo(process.cwd()) }, () => undefined);
  const reached = await server.reach().catch((error: unknown) => {
    throw explain(error);
  });
  return { ...reachedAt(reached, reached.dataDirectory), close: server.close };
}

/** A server that somebody named by its address. @param isNamed - see `KnownServer` */
async function elsewhere(url: string, environment: Environment, isNamed: boolean): Promise<Reached> {
  const [{ createEndpoint }, { findPresence }, { findHome }, { dataDirectoryIn }]: [
    typeof endpoints,
    typeof presences,
    typeof home,
    typeof clientSettings,
  ] = await Promise.all([
    import('../endpoint/endpoint.js'),
    import('../endpoint/find-presence.js'),
    import('../config/home.js'),
    import('../config/client-settings.js'),
  ]);
  const presence = await findPresence(url, findHome(environment), dataDirectoryIn(environment));
  const endpoint = createEndpoint({ url: presence?.url ?? url, presence, isNamed }, environment);
  return reachedAt(endpoint, presence?.dataDirectory ?? null);
}

/** A server that announced itself on this machine. */
async function announced(presence: Presence, environment: Environment): Promise<Reached> {
  const { createEndpoint }: typeof endpoints = await import('../endpoint/endpoint.js');
  const endpoint = createEndpoint({ url: presence.url, presence, isNamed: false }, environment);
  return reachedAt(endpoint, presence.dataDirectory);
}

function reachedAt(endpoint: Endpoint, dataDirectory: string | null): Reached {
  return { ...endpoint, dataDirectory, isOurs: false, ofAgents: null, close: async () => undefined };
}

async function startOurs(dataDirectory: string, environment: Environment): Promise<Reached> {
  const { loadSettings } = await import('../config/settings.js');
  const configured = { ...readable(loadSettings), dataDirectory };
  const [{ createApp }, { pino }, { ownPresence }]: [typeof app, typeof logging, typeof running] = await Promise.all([
    import('../app.js'),
    import('pino'),
    import('../config/presence.js'),
  ]);
  // It isn't announced to other programs, and its errors come through the API.
  const own = { ...configured, host: '127.0.0.1', port: 0, isLoopback: true };
  const server = await createApp(own, pino({ level: 'silent' })).catch((error: unknown) => {
    throw explain(error);
  });
  const { url } = await server.listen();
  const reached = await announced(ownPresence(url, dataDirectory, 'serve'), environment);
  return { ...reached, isOurs: true, close: server.close };
}

function readable<T>(load: () => T): T {
  try {
    return load();
  } catch (error) {
    throw explain(error);
  }
}

function explain(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if ('mistakes' in error) return new CliError(EXIT.usage, error.message, 'Set these variables right, or unset them.');
  if ('hint' in error) return new CliError(EXIT.failed, error.message, String(error.hint));
  return error;
}
