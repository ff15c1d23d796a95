import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Environment } from '../config/environment.js';
import { homeOf, readAgentEnvironment } from '../config/home.js';
import { HOOK_TIMEOUT, type HookOptions, runHook } from './run.js';

const HELP = `Usage: mooring hook [--capture] [--agent NAME] [--url URL]

Takes an event of a coding agent's hook on standard input, as JSON. For the start of a session and for a prompt it prints
what Mooring remembers; what was said is saved in the folder's project, if that captures conversations. The hosts of agents
run it: \`mooring setup\` configures them. It always exits with 0.

Options:
  --capture     capture messages in projects that haven't decided, and create the project of a git repository
  --agent NAME  name of the agent, for the log and the sessions (default: MOORING_AGENT, else claude-code)
  --url URL     address of the server (default: MOORING_URL, else the one on MOORING_DATA, else one that runs)
`;

/** An event of more bytes is nothing that somebody said. */
const MAX_INPUT = 16 * 1024 * 1024;
/** Milliseconds after the start of the process by which the event must be there. */
const INPUT_BY = 4_000;
/** How long after its timeout, in milliseconds, the process ends, whatever hangs: the disk, or a pipe that nobody reads. */
const GRACE = 6_000;

/**
 * The command `mooring hook`. Whatever happens, the process is to exit with 0: hosts take anything else for a verdict, and of
 * a prompt's hook for one that erases the prompt.
 */
export async function hook(args: readonly string[]): Promise<void> {
  process.stdout.on('error', () => process.exit(0));
  process.on('uncaughtException', () => process.exit(0));
  process.on('unhandledRejection', () => process.exit(0));
  let debug: HookOptions['debug'] = () => undefined;
  try {
    const environment = readAgentEnvironment();
    if (environment.MOORING_HOOK_DEBUG) debug = (what) => process.stderr.write(`mooring hook: ${what}\n`);
    const options = optionsOf(args, environment, debug);
    setTimeout(() => process.exit(0), (options?.timeout ?? HOOK_TIMEOUT) + GRACE - performance.now()).unref();
    if (options === null) await print(HELP);
    else {
      const text = await readInput();
      let printed: Promise<void> | undefined;
      const printNow = (answer: string) => {
        printed = print(answer);
      };
      await runHook({ ...options, text, elapsed: () => performance.now(), debug, print: printNow });
      await printed;
    }
  } catch (error) {
    debug(error instanceof Error ? error.message : String(error));
  }
}

const OPTIONS = {
  capture: { type: 'boolean' },
  agent: { type: 'string' },
  url: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** What the arguments and the environment say; null: only the help is asked for. Unknown arguments are of a later version. */
function optionsOf(
  args: readonly string[],
  environment: Environment,
  debug: HookOptions['debug'],
): Omit<HookOptions, 'text' | 'elapsed' | 'print' | 'debug'> | null {
  const { values } = parseArgs({ args: [...args], options: OPTIONS, strict: false });
  for (const name of Object.keys(values)) if (!(name in OPTIONS)) debug(`there is no option --${name}`);
  if (values.help === true) return null;
  const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
  const data = text(environment.MOORING_DATA);
  const folder = text(environment.MOORING_PROJECT_DIR) ?? text(environment.CLAUDE_PROJECT_DIR);
  return {
    url: text(values.url) ?? text(environment.MOORING_URL),
    data: data === null ? null : resolve(data),
    environment,
    home: homeOf(environment),
    folder: folder === null ? null : resolve(folder),
    isSetUp: values.capture === true,
    timeout: Number(environment.MOORING_HOOK_TIMEOUT_MS) || HOOK_TIMEOUT,
    agent: text(values.agent) ?? text(environment.MOORING_AGENT) ?? 'claude-code',
  };
}

/** Standard input: to its end, or to the end of its JSON, as not every host closes the pipe; or as far as it has come in time. */
function readInput(): Promise<string> {
  return new Promise((done) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const text = () => Buffer.concat(chunks).toString('utf8');
    setTimeout(() => done(text()), INPUT_BY - performance.now()).unref();
    process.stdin.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_INPUT) return done('');
      chunks.push(chunk);
      // Longer ones have a brace at the end of many parts.
      if (bytes <= MAX_PART && /\}\s*$/.test(chunk.toString('latin1')) && isJson(text())) done(text());
    });
    process.stdin.on('end', () => done(text()));
    process.stdin.on('error', () => done(''));
  });
}

/** What is tried to be read as JSON before the pipe is closed. */
const MAX_PART = 256 * 1024;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function print(text: string): Promise<void> {
  return new Promise((done) => process.stdout.write(text, () => done()));
}
