import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { InvalidInputError } from '../../domain/errors.js';
import { decodeUtf8 } from '../../util/utf8.js';
import { isActorName } from './actor-name.js';

/** Who asks, and until when an answer is wanted. */
export interface Caller {
  readonly actor: string;
  readonly requestId: string;
  /** Aborts when a subscription is over. */
  readonly signal: AbortSignal;
  /** Whether nobody waits for the answer any more. */
  readonly isGone: () => boolean;
  /** Waits for something else than the server, which serves others in its room meanwhile. Left out: it has no room. */
  readonly aside?: (wait: () => Promise<void>) => Promise<void>;
}

const DEFAULT_ACTOR = 'anonymous';
const REQUEST_ID = /^[\w.:-]{1,128}$/;
/** The signal of callers that leave by themselves only: what is asked for goes on when nobody waits for it. */
export const NEVER = new AbortController().signal;
const PROCESS = randomBytes(9).toString('base64url');
let requests = 0;

/** Who sent a request. @throws InvalidInputError when its `mooring-actor` can't be a name */
export function callerOf(request: IncomingMessage, requestId: string, isGone: () => boolean): Caller {
  return { actor: actorOf(request), requestId, signal: NEVER, isGone };
}

/** @throws InvalidInputError when its `mooring-actor` can't be a name */
export function actorOf({ headers: { 'mooring-actor': header } }: IncomingMessage): string {
  return header === undefined ? DEFAULT_ACTOR : parseActor(decodeActor(String(header)));
}

/** The request's own id when it is a sane one, else a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const header = request.headers['x-request-id'];
  return typeof header === 'string' && REQUEST_ID.test(header) ? header : newRequestId();
}

/** Unique among all servers, and short: this process's random part and a count. */
export function newRequestId(): string {
  requests += 1;
  return `${PROCESS}-${requests.toString(36)}`;
}

/**
 * Who sends what comes over a connection: as its parameters say in `mooring-actor`, a name that is written in any case as a
 * header's is, or in `actor`, as they did in earlier versions; else who connected.
 * @throws InvalidInputError when that can't be a name
 */
export function actorIn(params: Readonly<Record<string, unknown>> | null | undefined, whoConnected: string): string {
  const named = Object.entries(params ?? {}).find(([name, value]) => HEADER.test(name) && !isNothing(value));
  const value = named?.[1] ?? params?.actor;
  return isNothing(value) ? whoConnected : parseActor(value);
}

const HEADER = /^mooring-actor$/i;
const isNothing = (value: unknown): boolean => value === undefined || value === null || value === '';

function parseActor(value: unknown): string {
  if (isNothing(value)) return DEFAULT_ACTOR;
  if (typeof value === 'string' && isActorName(value)) return value;
  throw new InvalidInputError(
    "The actor's name can't be taken.",
    'Give 1 to 128 printable characters as `mooring-actor`, or leave it out.',
    'mooring-actor',
  );
}

/** Node reads headers as Latin-1, clients write UTF-8. @throws InvalidInputError when it isn't */
function decodeActor(header: string): string {
  const text = decodeUtf8(Buffer.from(header, 'latin1'));
  if (text !== null) return text;
  throw new InvalidInputError(
    'The header `mooring-actor` is not UTF-8.',
    "Send the name's bytes in UTF-8: in JavaScript, `Buffer.from(name).toString('latin1')` gives the header's value.",
    'mooring-actor',
  );
}
