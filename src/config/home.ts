import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Environment, readDotEnv, readEnvironment, readOwnEnvironment, SettingsError } from './environment.js';

/**
 * What Mooring keeps for a user, whichever folder they work in: agents are started in repositories of other people, where
 * nothing of Mooring's may be written.
 */
export interface Home {
  /** Absolute path: `MOORING_HOME`, or `.mooring` in the user's home directory. */
  readonly path: string;
  /** A file for each running server: see `server-list.ts`. */
  readonly servers: string;
  /** The file with what the server announced that was started last, which stays when it is stopped. */
  readonly lastServer: string;
  /** The data directory of agents whose user named no other and runs no server. */
  readonly data: string;
  /** Events of agents' hooks that no server has taken yet. */
  readonly spool: string;
}

/**
 * The home that the environment names. It need not exist; whatever is created in it is private.
 * @throws SettingsError when the user has no home directory, and the environment names none
 */
export function homeOf({ MOORING_HOME }: Environment = readEnvironment()): Home {
  const path = resolve(MOORING_HOME || defaultPath());
  return {
    path,
    servers: join(path, 'servers'),
    lastServer: join(path, 'last-server.json'),
    data: join(path, 'data'),
    spool: join(path, 'spool'),
  };
}

/** The home that the environment names; null when the user has none. */
export function findHome(environment: Environment): Home | null {
  try {
    return homeOf(environment);
  } catch {
    return null;
  }
}

/**
 * The variables for what an agent starts: those of the process, and those of `.env` in the home that it doesn't set. The
 * `.env` of the working directory isn't read: it is of the repository that the agent works on.
 * @throws SettingsError
 */
export function readAgentEnvironment(): Environment {
  const own = readOwnEnvironment();
  const home = findHome(own);
  return home ? { ...readDotEnv(join(home.path, '.env')), ...own } : own;
}

function defaultPath(): string {
  try {
    return join(homedir(), '.mooring');
  } catch {
    throw new SettingsError(['MOORING_HOME must be the path of a folder: this user has no home directory']);
  }
}
