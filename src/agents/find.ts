import { join, resolve } from 'node:path';
import { isDataDirectory } from '../config/data-directory.js';
import type { Environment } from '../config/environment.js';
import { findHome, type Home, homeOf } from '../config/home.js';
import type { Presence } from '../config/presence.js';
import { findServer } from '../config/server-file.js';
import { findLastServer, findServers } from '../config/server-list.js';
import { baseUrlOf, isServerUrl } from '../config/server-url.js';
import { createEndpoint, type Endpoint } from '../endpoint/endpoint.js';
import { findPresence } from '../endpoint/find-presence.js';
import { ReachError } from './errors.js';
import { hasProject, type ProjectBy } from './project-place.js';

/** What an agent was started with, to find its server. */
export interface Wanted {
  /** As given on the command line; null when it wasn't. */
  readonly url: string | null;
  readonly environment: Environment;
  /** The project that it works on, for a choice between several servers. */
  readonly project: readonly ProjectBy[];
}

/** Where an agent's data is. */
export interface Found {
  /** The server; null when none runs on the data directory. */
  readonly server: Endpoint | null;
  /** Absolute path; null when only the server knows. */
  readonly dataDirectory: string | null;
  /** The data directory in the user's home, when it has data, no server is on it, and none that runs has the project. */
  readonly unopened: string | null;
}

/**
 * Finds the server of an agent: the one that the user named by its address; or else the one on the data directory that
 * they named; or else, of those announced in their home, the first that has the project, or the first; or else the one on the
 * data directory in their home, where one is to be started.
 * @throws ReachError when the address is none
 */
export async function findForAgent({ url, environment, project }: Wanted): Promise<Found> {
  const named = url ?? (environment.MOORING_URL || null);
  if (named !== null) {
    const server = await endpointAt(addressOf(named, url !== null), environment);
    return { server, dataDirectory: null, unopened: null };
  }
  if (environment.MOORING_DATA) {
    const dataDirectory = resolve(environment.MOORING_DATA);
    const running = await findServer(dataDirectory);
    return { server: running && endpointOf(running, environment), dataDirectory, unopened: null };
  }
  const home = homeOf(environment);
  const servers = await findServers(home);
  const unopened = unopenedIn(home, servers);
  const found = servers.length > 1 || unopened !== null ? await firstWith(servers, project, environment) : servers[0];
  const server = found ?? servers[0] ?? null;
  return {
    server: server && endpointOf(server, environment),
    dataDirectory: server?.dataDirectory ?? home.data,
    unopened: found ? null : unopened,
  };
}

/** Says where the project is, or may be, when the agent's server hasn't got it; null when nothing is known. */
export async function whereElse({ environment, project }: Wanted): Promise<string | null> {
  const home = homeOf(environment);
  const servers = await findServers(home);
  const server = await firstWith(servers, project, environment);
  if (server) return `The server at ${server.url} has one: its data directory is ${server.dataDirectory}.`;
  const last = await findLastServer(home);
  if (!last || servers.some(({ dataDirectory }) => dataDirectory === last.dataDirectory)) return null;
  return `It may be in ${last.dataDirectory}, on which a server ran before: start that server again, or put MOORING_DATA=${last.dataDirectory} into ${join(home.path, '.env')} to use this data always.`;
}

/** A server that announced itself on this machine. */
function endpointOf(presence: Presence, environment: Environment): Endpoint {
  return createEndpoint({ url: presence.url, presence, isNamed: false }, environment);
}

/** A server that its user named by its address. */
async function endpointAt(url: string, environment: Environment): Promise<Endpoint> {
  const presence = await findPresence(url, findHome(environment), null);
  return createEndpoint({ url: presence?.url ?? url, presence, isNamed: true }, environment);
}

async function firstWith(
  servers: readonly Presence[],
  project: readonly ProjectBy[],
  environment: Environment,
): Promise<Presence | undefined> {
  const have = await Promise.all(servers.map((server) => hasProject(endpointOf(server, environment), project)));
  return servers.find((_, n) => have[n]);
}

/** The data directory in the home, when it has data that none of the servers is on. */
function unopenedIn({ data }: Home, servers: readonly Presence[]): string | null {
  return isDataDirectory(data) && servers.every(({ dataDirectory }) => dataDirectory !== data) ? data : null;
}

function addressOf(url: string, isOption: boolean): string {
  if (isServerUrl(url)) return baseUrlOf(url);
  throw new ReachError(
    'INVALID_SETTINGS',
    `${isOption ? '--url' : 'MOORING_URL'} is not the address of a server.`,
    'Give one such as http://127.0.0.1:4000.',
  );
}
