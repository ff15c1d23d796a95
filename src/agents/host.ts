import { createApp } from '../app.js';
import type { Environment } from '../config/environment.js';
import { ownPresence, type Presence } from '../config/presence.js';
import { announceServer } from '../config/server-file.js';
import { listServer } from '../config/server-list.js';
import { loadSettings } from '../config/settings.js';
import { emptySpool } from '../hook/spool/empty.js';
import { collectWhenIdle } from '../idle-memory.js';
import { createLogger } from '../server/log.js';

/** Loaded only when a server is started: it is the whole of Mooring. */

/** A server within this process. */
export interface Hosted {
  /** As it announced itself. */
  readonly presence: Presence;
  /** Withdraws and stops it, after running requests. */
  close(): Promise<void>;
}

/**
 * Starts a server on a data directory within this process, on a port of this machine that is free, and announces it to other
 * agents. It logs to standard error: standard output is the agent's.
 * @throws SettingsError, MooringError
 */
export async function hostApp(dataDirectory: string, environment: Environment): Promise<Hosted> {
  const logLevel = environment.MOORING_LOG_LEVEL || 'warn';
  const own = { MOORING_DATA: dataDirectory, HOST: '127.0.0.1', PORT: '0', MOORING_LOG_LEVEL: logLevel };
  const settings = loadSettings({ ...environment, ...own });
  const log = createLogger(settings.logLevel, process.stderr);
  const app = await createApp(settings, log);
  try {
    const { url } = await app.listen();
    const presence = ownPresence(url, dataDirectory, 'agent');
    const withdrawals = await Promise.all([
      announceServer(presence),
      settings.home ? listServer(settings.home, presence) : async () => undefined,
    ]);
    collectWhenIdle();
    if (settings.home) {
      void emptySpool(presence, settings.home).catch((error: unknown) =>
        log.warn({ err: error }, 'events of hooks still wait: the next hook saves them'),
      );
    }
    return {
      presence,
      async close() {
        await Promise.all(withdrawals.map((withdraw) => withdraw())).catch((error: unknown) =>
          log.warn({ err: error }, 'the server is still announced'),
        );
        await app.close();
      },
    };
  } catch (error) {
    await app.close();
    throw error;
  }
}
