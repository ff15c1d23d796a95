import { randomUUID } from 'node:crypto';
import { type Ask, AskError } from '../ask.js';
import { createAt, type Place, projectNamed, projectOfPlace } from '../project/find-project.js';
import type { Call, ConnectionMemory, ProjectName } from './call.js';

/** Who is connected, and what to. */
export interface Connection {
  readonly ask: Ask;
  readonly place: Place;
  readonly memory: ConnectionMemory;
  /** Whether only tools that read are offered. */
  readonly isReadOnly: boolean;
  /** The name in the log, unless the client is to be called by its own. */
  readonly actor: string | null;
  /** How long a call may take, in ms. Default: `DEADLINE_MS`. */
  readonly deadlineMs?: number;
  /** Told of an unexpected error. */
  readonly onFault: (error: unknown) => void;
}

/** How long a call may take: hosts and people give up after ten seconds. */
export const DEADLINE_MS = 9_000;
/** The name of a client that doesn't say it. */
const UNNAMED = 'mcp';

/** What the protocol knows of a call. */
export interface CallOptions {
  /** The client's name for itself. */
  readonly clientName: string | undefined;
  /** Aborted when the client cancels. */
  readonly signal: AbortSignal;
  /** The id of the HTTP request, if it has one. */
  readonly requestId?: string | undefined;
}

/**
 * Runs one call within its time, whatever it waits for: a server that hangs is answered for.
 * @param unsure how to go on after a write that was cut off
 * @throws AskError
 */
export async function runCall<T>(
  connection: Connection,
  options: CallOptions,
  run: (call: Call) => Promise<T>,
  unsure: string | null,
): Promise<T> {
  const { ask, place, memory, deadlineMs = DEADLINE_MS } = connection;
  const deadline = AbortSignal.timeout(deadlineMs);
  const signal = AbortSignal.any([options.signal, deadline]);
  const actor = connection.actor ?? nameOf(options.clientName);
  const requestId = options.requestId ?? `mcp-${randomUUID()}`;
  const asking = { actor, requestId, signal };
  let own: Promise<ProjectName> | undefined;
  const call: Call = {
    ask: (document, variables) => ask(document, variables, asking),
    actor,
    requestId,
    memory,
    project: (named) => {
      if (named !== undefined) return projectNamed(named, place, call);
      own ??= projectOfPlace(place, call);
      return own;
    },
    createProject: (name) => createAt(place, name, call),
  };
  const cutOff = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(cutOffError(deadline.aborted, deadlineMs, unsure)), { once: true });
  });
  return Promise.race([run(call), cutOff]).catch((error: unknown) => {
    if (signal.aborted) throw cutOffError(deadline.aborted, deadlineMs, unsure);
    throw unsure !== null && error instanceof AskError && error.isUnsure ? lostError(error, unsure) : error;
  });
}

function lostError({ code, message }: AskError, unsure: string): AskError {
  return new AskError(code, `${message} The write may have happened.`, unsure);
}

function cutOffError(isLate: boolean, ms: number, unsure: string | null): AskError {
  if (!isLate)
    return new AskError('CANCELLED', 'The call was cancelled.', unsure ?? 'Call it again when it is needed.');
  return new AskError(
    'TIMEOUT',
    `Mooring did not answer within ${ms / 1_000} s${unsure === null ? '' : '; the write may have happened'}.`,
    `${unsure ?? 'Repeat the call once.'} If that fails, tell the user that the server hangs, and go on without it.`,
  );
}

/** An agent's name as the API takes one: on one line, without hidden characters, not too long. */
export function nameOf(clientName: string | undefined): string {
  const name = (clientName ?? '')
    .replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S}]+|\p{Default_Ignorable_Code_Point}+/gu, ' ')
    .replace(/^[\p{M}\s]+/u, '')
    .trim();
  return [...name].slice(0, 100).join('').trim() || UNNAMED;
}
