import { type Command, InvalidArgumentError } from 'commander';
import { isReadable } from '../endpoint/addresses.js';
import type { Endpoint } from '../endpoint/endpoint.js';
import { type Api, createApi } from './api.js';
import { EXIT, type ExitCode } from './exit.js';
import { createOutput, type Output } from './output.js';
import { credentialFor } from './refusal.js';
import { reachAgentsServer, reachServer } from './server.js';
import { plainTexts } from './text.js';

/** The API and output of a command. */
export interface Session {
  readonly api: Api;
  readonly output: Output;
  /** Whether the server runs in this process: its work ends with the command. */
  readonly isInProcess: boolean;
  /** The data directory of the server: an absolute path, or null when only the server knows. */
  readonly dataDirectory: string | null;
}

/** The output of a command, and the address that it was given. */
export interface LocalSession {
  readonly output: Output;
  readonly url: string | null;
}

/** The code of a command. Without an exit code, it succeeded. */
type Act<A extends readonly unknown[]> = (session: Session, ...args: A) => Promise<ExitCode | undefined>;

interface GlobalOptions {
  readonly url?: string;
  readonly json?: boolean;
  readonly color?: boolean;
}

/** Adds the options that every command takes. */
export function withGlobalOptions(command: Command): Command {
  return command
    .option(
      '--url <url>',
      'address of the server (default: MOORING_URL, else the one on the data directory, else none is needed)',
    )
    .option('--json', 'one JSON object a line, no questions')
    .option('--no-color', 'no colours');
}

/**
 * Wraps the code of a command as an action: connects to the server, and closes it at the end.
 * @param keepsTexts whether answers keep their control sequences: the command prints none. Left out: only in JSON.
 * @param isForAgents whether it is about what agents do: the server is theirs, whatever folder the command runs in
 */
export function acting<A extends readonly unknown[]>(
  act: Act<A>,
  { keepsTexts = false, isForAgents = false } = {},
): (...args: readonly unknown[]) => Promise<void> {
  return async (...args) => {
    const command = args.at(-1) as Command;
    const { url, json, color } = globalsOf(command);
    const output = createOutput({ isJson: json, isColorful: color });
    const server = isForAgents ? await reachAgentsServer(url) : await reachServer(url);
    if (server.ofAgents !== null)
      output.note(`This folder has no .mooring: using that of your agents, ${server.ofAgents}.`);
    warnOfReaders(server, output);
    try {
      const session = {
        api: createApi(server, json || keepsTexts ? {} : { read: plainTexts }),
        output,
        isInProcess: server.isOurs,
        dataDirectory: server.dataDirectory,
      };
      process.exitCode = (await act(session, ...(args.slice(0, -1) as unknown as A))) ?? EXIT.done;
    } finally {
      await server.close();
    }
  };
}

/** A key is sent with each request: without TLS, others on the way to another machine can take it. */
function warnOfReaders(server: Endpoint, output: Output): void {
  if (!isReadable(server.url) || credentialFor(server) === null) return;
  output.note(`${server.url} has no TLS: anyone on the way there can read the key that is sent, and use it.`);
}

/** Wraps the code of a command that does its work on this machine; it reaches a server only if it has to. */
export function actingAlone<A extends readonly unknown[]>(
  act: (local: LocalSession, ...args: A) => Promise<ExitCode | undefined>,
): (...args: readonly unknown[]) => Promise<void> {
  return async (...args) => {
    const { url, json, color } = globalsOf(args.at(-1) as Command);
    const output = createOutput({ isJson: json, isColorful: color });
    process.exitCode = (await act({ output, url }, ...(args.slice(0, -1) as unknown as A))) ?? EXIT.done;
  };
}

/** Options given to a command or one of its parents. */
function globalsOf(command: Command): { readonly url: string | null; readonly json: boolean; readonly color: boolean } {
  const given: GlobalOptions[] = [];
  for (let at: Command | null = command; at; at = at.parent) given.push(at.opts<GlobalOptions>());
  return {
    url: given.find(({ url }) => url !== undefined)?.url ?? null,
    json: given.some(({ json }) => json === true),
    color: given.every(({ color }) => color !== false),
  };
}

/** A parser for an option that takes one of some words. @returns the word in capitals, as in the API */
export function oneOf<T extends string>(...words: readonly T[]): (value: string) => T {
  return (value) => {
    const word = words.find((each) => each === value.toUpperCase());
    if (word === undefined) throw new InvalidArgumentError(`It is one of ${words.join(', ').toLowerCase()}.`);
    return word;
  };
}

/** A parser for an option that can be repeated. @returns the values in their order */
export function oneOrMore<T>(parse: (value: string) => T): (value: string, before?: readonly T[]) => readonly T[] {
  return (value, before = []) => [...before, parse(value)];
}

/** A parser for an option that takes a whole number. */
export function wholeNumber(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
  };
}

export const parseMode = oneOf('LOCAL', 'MONGODB', 'FILE');
