import { parseArgs } from 'node:util';
import { readAgentEnvironment } from '../config/home.js';
import { isReadable } from '../endpoint/addresses.js';
import type { Endpoint } from '../endpoint/endpoint.js';
import { AskError } from '../mcp/ask.js';
import { runStdio } from '../mcp/stdio.js';
import { untilAbandoned } from './abandoned.js';
import { ReachError } from './errors.js';
import { type Wanted, whereElse } from './find.js';
import { MCP_HELP, MCP_IN_TERMINAL } from './help.js';
import { namedProject, waysTo } from './project-place.js';
import { takeStandardOutput } from './protocol-output.js';
import { createAgentServer } from './server.js';

/** `mooring mcp`, in a file of its own: bundled, it starts in a fraction of the time that the command line takes. */

const OPTIONS = {
  project: { type: 'string' },
  create: { type: 'boolean', default: false },
  'read-only': { type: 'boolean', default: false },
  url: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const USAGE = 2;
/** Longer than a server takes to close, whatever hangs. */
const CLOSE_MS = 9_000;

/** @returns the exit code, when the program that started it is done or gone */
export async function run(args: readonly string[]): Promise<number> {
  // Whoever reads them may be gone.
  process.stderr.on('error', () => undefined);
  try {
    const options = parseArgs({ args: [...args], options: OPTIONS }).values;
    if (options.help) process.stdout.write(MCP_HELP);
    else await serve(options);
    return 0;
  } catch (error) {
    note(`${error instanceof Error ? error.message : String(error)}\nSee \`mooring mcp --help\`.`);
    return USAGE;
  }
}

type Options = Partial<ReturnType<typeof parseArgs<{ readonly options: typeof OPTIONS }>>['values']>;

async function serve({ project = '', create = false, 'read-only': isReadOnly = false, url }: Options): Promise<void> {
  if (create && isReadOnly) throw new Error('--create writes, and --read-only forbids it: give one of them.');
  if (process.stdin.isTTY) note(MCP_IN_TERMINAL);
  const environment = readAgentEnvironment();
  const named = namedProject(project, environment);
  const wanted: Wanted = { url: url ?? null, environment, project: waysTo(named) };
  const server = createAgentServer(wanted, note);
  // It may be the server of other agents, too, as which it goes on.
  process.on('unhandledRejection', report);
  const served = runStdio({
    output: takeStandardOutput(),
    reach: () => server.reach().then(warnOfReaders, toAskError),
    project: named,
    mayCreate: create,
    isReadOnly,
    actor: environment.MOORING_AGENT || undefined,
    whereElse: () => whereElse(wanted),
    onFault: report,
  });
  await Promise.race([served, untilAbandoned()]);
  setTimeout(() => process.exit(1), CLOSE_MS).unref();
  await server.close();
}

let isWarned = false;

/** Says once that others may take the key that is sent. */
function warnOfReaders<T extends Endpoint>(server: T): T {
  if (!isWarned && isReadable(server.url))
    note(`${server.url} has no TLS: anyone on the way there can read the key that is sent, and use it.`);
  isWarned = true;
  return server;
}

function toAskError(error: unknown): never {
  if (error instanceof ReachError) throw new AskError(error.code, error.message, error.hint);
  throw error;
}

function report(error: unknown): void {
  note(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}
