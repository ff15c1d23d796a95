import type * as logging from 'pino';
import type * as app from '../app.js';
import type * as presence from '../config/server-file.js';
import type * as serving from '../serve.js';
import { CliError, EXIT } from './exit.js';
import { requireUtf8 } from './utf8.js';

/** The only file that imports the server: it is found, or started in this process. Its parts are loaded on demand. */

/** A server to connect to. */
export interface Reached {
  readonly url: string;
  /** Whether it runs in this process, and ends with it. */
  readonly isOurs: boolean;
  /** Stops it when it runs in this process. */
  close(): Promise<void>;
}

/**
 * The server at the URL, else the one that runs on the data directory, else one started in this process.
 * @param url - as given on the command line
 * @throws CliError when the settings are wrong, or the data can't be used
 */
export async function reachServer(url: string | null): Promise<Reached> {
  const { isServerUrl, baseUrlOf } = await import('../config/variables.js');
  const { loadClientSettings } = await import('../config/client-settings.js');
  if (url !== null && !isServerUrl(url)) {
    throw new CliError(EXIT.usage, '--url is not the address of a server.', 'Give one such as http://127.0.0.1:4000.');
  }
  const { serverUrl, dataDirectory } =
    url === null ? readable(loadClientSettings) : { serverUrl: baseUrlOf(url), dataDirectory: '' };
  if (serverUrl !== null) return elsewhere(serverUrl);
  const { findServer }: typeof presence = await import('../config/server-file.js');
  const running = await findServer(dataDirectory);
  return running === null ? startOurs() : elsewhere(running);
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

function elsewhere(url: string): Reached {
  return { url, isOurs: false, close: async () => undefined };
}

async function startOurs(): Promise<Reached> {
  const { loadSettings } = await import('../config/settings.js');
  const configured = readable(loadSettings);
  const [{ createApp }, { pino }]: [typeof app, typeof logging] = await Promise.all([
    import('../app.js'),
    import('pino'),
  ]);
  // It isn't announced to other programs, and its errors come through the API.
  const own = { ...configured, host: '127.0.0.1', port: 0, isLoopback: true };
  const running = await createApp(own, pino({ level: 'silent' })).catch((error: unknown) => {
    throw explain(error);
  });
  const { url } = await running.listen();
  return { url, isOurs: true, close: running.close };
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
