import { type Environment, readEnvironment, SettingsError } from './environment.js';
import { dataDirectoryOf, mistakesOf, VARIABLES } from './variables.js';

/** The data directory that the environment names, or that of the working directory; null when there can't be one. */
export function dataDirectoryIn({ MOORING_DATA }: Environment): string | null {
  try {
    return dataDirectoryOf(MOORING_DATA || '.mooring');
  } catch {
    return null;
  }
}

/** The settings of the command line. */
export interface ClientSettings {
  /** Address of the server, without a slash at its end; null: the one that runs on the data directory, or none. */
  readonly serverUrl: string | null;
  /** Absolute path. */
  readonly dataDirectory: string;
  /** Whether the user named the data directory; it is that of the working directory otherwise. */
  readonly isNamed: boolean;
}

const CLIENT_VARIABLES = VARIABLES.pick({ MOORING_URL: true, MOORING_DATA: true });

/**
 * Reads the settings that a client needs, and ignores all others.
 * @throws SettingsError with all mistakes at once
 */
export function loadClientSettings(environment: Environment = readEnvironment()): ClientSettings {
  const { MOORING_URL, MOORING_DATA } = environment;
  const parsed = CLIENT_VARIABLES.safeParse({
    MOORING_URL: MOORING_URL || undefined,
    MOORING_DATA: MOORING_DATA || undefined,
  });
  if (!parsed.success) throw new SettingsError(mistakesOf(parsed.error, environment));
  return {
    serverUrl: parsed.data.MOORING_URL ?? null,
    dataDirectory: dataDirectoryOf(parsed.data.MOORING_DATA),
    isNamed: Boolean(MOORING_DATA),
  };
}
