import type { Logger } from 'pino';
import { createApp } from './app.js';
import type { Admission } from './authentication/contract.js';
import { SettingsError } from './config/environment.js';
import { ownPresence } from './config/presence.js';
import { announceServer } from './config/server-file.js';
import { listServer } from './config/server-list.js';
import { loadSettings, type Settings } from './config/settings.js';
import { MooringError } from './domain/errors.js';
import { emptySpool } from './hook/spool/empty.js';
import { collectWhenIdle } from './idle-memory.js';
import { createLogger } from './server/log.js';
import { createLogOutput, type LogOutput } from './server/log-output.js';
import { codeOf } from './util/errors.js';

/**
 * Serves until the process ends, on SIGTERM or SIGINT; a second one ends it at once. When the server can't start, the process
 * prints why and exits with 1.
 */
export async function serve(): Promise<void> {
  const output = createLogOutput();
  await start(output).catch((error: unknown) => {
    process.stderr.write(`${explain(error)}\n`);
    return end(1, output);
  });
}

/** Ends the process after its last lines. */
async function end(code: number, output: LogOutput): Promise<never> {
  await output.drained();
  process.exit(code);
}

async function start(output: LogOutput): Promise<void> {
  const settings = loadSettings();
  const log = createLogger(settings.logLevel, output);
  const app = await createApp(settings, log).catch((error: unknown) => {
    log.debug({ err: error }, 'starting failed');
    throw error;
  });

  const announced: (() => Promise<void>)[] = [];
  let isStopping = false;
  const stop = async (signal: NodeJS.Signals) => {
    if (isStopping) process.exit(1);
    isStopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), STOP_MS).unref();
    await Promise.all(announced.map((withdraw) => withdraw())).catch((error: unknown) =>
      log.warn({ err: error }, 'the server is still announced'),
    );
    await app.close();
    log.info('stopped');
    await end(0, output);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught exception');
    void end(1, output);
  });

  collectWhenIdle();
  const { url, admission } = await app.listen().catch((error: unknown) => {
    log.debug({ err: error }, 'listening failed');
    throw explainListening(error, settings);
  });
  const presence = ownPresence(url, settings.dataDirectory, 'serve');
  await announceServer(presence).then(
    (withdraw) => announced.push(withdraw),
    (error) => log.warn({ err: error }, "the server can't be announced: the command line finds it by MOORING_URL only"),
  );
  if (settings.home) {
    await listServer(settings.home, presence).then(
      (withdraw) => announced.push(withdraw),
      (error) => log.warn({ err: error }, "the server can't be announced: agents find it by MOORING_URL only"),
    );
    void emptySpool(presence, settings.home).catch((error: unknown) =>
      log.warn({ err: error }, 'events of agents’ hooks still wait: the next hook saves them'),
    );
  }
  reportAdmission(url, admission, settings, log);
}

/** Says who gets in; where nobody does yet, how to change that. */
function reportAdmission(url: string, admission: Admission, { isLoopback }: Settings, log: Logger): void {
  if (admission.kind === 'CREDENTIALS') log.info({ url }, `Mooring is at ${url}; every request needs a credential`);
  else if (admission.kind === 'LOCKED') {
    log.warn(
      { url, setupToken: admission.setupToken },
      `Mooring is at ${url}, and lets nobody in until it has an administrator. Create one with \`mooring admin create --email you@example.com\` on this machine, or POST { "token": "${admission.setupToken}", "email": "you@example.com" } to ${url}/setup`,
    );
  } else if (isLoopback) {
    log.info(
      { url },
      `Mooring is at ${url}; only this machine can connect, and everyone on it has full access until \`mooring admin create\` makes the first user`,
    );
  } else {
    log.warn(
      { url },
      `Mooring is at ${url}, and anyone who can connect has full access: MOORING_ALLOW_UNAUTHENTICATED=1 says that something else guards the port`,
    );
  }
}

/** The limit for closing, whatever hangs: `docker stop` kills after 10 s. */
const STOP_MS = 9_000;

/** Why the server can't start, and what to do. */
class StartError extends Error {
  constructor(
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

function explainListening(error: unknown, { host, port }: Settings): unknown {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return new StartError(
        `port ${port} of ${host} is already in use.`,
        'Choose another with PORT, or stop the process using it.',
      );
    case 'EACCES':
      return new StartError(`port ${port} may not be used by this user.`, 'Choose one above 1023 with PORT.');
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError(
        `${host} is not an address of this machine.`,
        'Set HOST to one that is, such as 127.0.0.1.',
      );
    default:
      return error;
  }
}

function explain(error: unknown): string {
  if (error instanceof SettingsError) {
    return `Mooring can't start: the settings have ${error.mistakes.length === 1 ? 'a mistake' : 'mistakes'}.\n${error.mistakes.join('\n')}`;
  }
  if (error instanceof StartError || error instanceof MooringError)
    return `Mooring can't start: ${error.message}\n${error.hint}`;
  // A bug: the stack says where.
  return `Mooring can't start: ${error instanceof Error ? error.stack : String(error)}`;
}
