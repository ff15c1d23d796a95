import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Principal } from '../../domain/access/principal.js';
import { isServerActor } from '../../domain/author.js';
import { InvalidInputError } from '../../domain/errors.js';
import { findNameFault } from '../../domain/fields/actor-name.js';
import { countSecrets } from '../../secrets/find.js';
import { redactText } from '../../secrets/redact.js';
import { decodeUtf8 } from '../../util/text/utf8.js';

/** The sender of a request, and how long it waits for an answer. */
export interface Caller {
  /** In the log of what it writes. */
  readonly actor: string;
  readonly principal: Principal;
  readonly requestId: string;
  /** Aborts when a subscription is over. */
  readonly signal: AbortSignal;
  /** Whether the client stopped waiting for the answer. */
  readonly isGone: () => boolean;
  /** Waits for something outside the server, its share of the running cost released to others. Left out: it holds none. */
  readonly releaseWhile?: (wait: () => Promise<void>) => Promise<void>;
}

const DEFAULT_ACTOR = 'anonymous';
const REQUEST_ID = /^[\w.:-]{1,128}$/;
/** The signal of callers whose work nothing cancels: it continues when they leave. */
export const NEVER = new AbortController().signal;
const PROCESS = randomBytes(9).toString('base64url');
let requests = 0;

/** The caller of a request. @throws InvalidInputError when its `mooring-actor` can't be a name */
export function callerOf(
  request: IncomingMessage,
  principal: Principal,
  requestId: string,
  isGone: () => boolean,
): Caller {
  return { actor: actorOfPrincipal(principal, actorOf(request)), principal, requestId, signal: NEVER, isGone };
}

/** Who writes, in the log: the principal, then what the client says of itself, if anything. Without users, that alone. */
export function actorOfPrincipal({ actor }: Principal, said: string): string {
  if (actor === null) return said;
  return said === DEFAULT_ACTOR || said === '' ? actor : `${actor} ${said}`;
}

/** The same caller, under the name that the client says in another way than by the header. */
export function callerAs(caller: Caller, said: string): Caller {
  return { ...caller, actor: actorOfPrincipal(caller.principal, said) };
}

/** What the client says of itself in the header; null when it says nothing. @throws InvalidInputError */
export function saidIn(request: IncomingMessage): string | null {
  return request.headers['mooring-actor'] === undefined ? null : actorOf(request);
}

/** @throws InvalidInputError when its `mooring-actor` can't be a name */
export function actorOf({ headers: { 'mooring-actor': header } }: IncomingMessage): string {
  return header === undefined ? DEFAULT_ACTOR : parseActor(decodeActor(String(header)));
}

/** The request's own id when it is a valid one, else a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const header = request.headers['x-request-id'];
  const isValid = typeof header === 'string' && REQUEST_ID.test(header) && countSecrets(header) === 0;
  return isValid ? header : newRequestId();
}

/** Unique among all servers, and short: this process's random part and a count. */
export function newRequestId(): string {
  requests += 1;
  return `${PROCESS}-${requests.toString(36)}`;
}

/**
 * The actor of a connection: from its parameter `mooring-actor` (in any case, like a header), or `actor`, as in earlier
 * versions; else the actor of the request that opened it.
 * @throws InvalidInputError when it can't be a name
 */
export function actorIn(params: Readonly<Record<string, unknown>> | null | undefined, whoConnected: string): string {
  const named = Object.entries(params ?? {}).find(([name, value]) => HEADER.test(name) && !isNothing(value));
  const value = named?.[1] ?? params?.actor;
  return isNothing(value) ? whoConnected : parseActor(value);
}

const NAMED_LIKE_PRINCIPAL = /^(usr|key|oco)_/i;
const HEADER = /^mooring-actor$/i;
const isNothing = (value: unknown): boolean => value === undefined || value === null || value === '';

/** A name under which a client may write. @throws InvalidInputError */
export function parseActor(value: unknown): string {
  if (isNothing(value)) return DEFAULT_ACTOR;
  const name = typeof value === 'string' ? value.trim() : '';
  // It is kept in the log of what is written.
  if (isActorName(name) && !NAMED_LIKE_PRINCIPAL.test(name)) return redactText(name).text;
  const why = isServerActor(name)
    ? `: the server itself writes as ${name}`
    : NAMED_LIKE_PRINCIPAL.test(name)
      ? ': it looks like the id of a user, a key or a consent, which only they have in the log'
      : '';
  throw new InvalidInputError(
    `The actor's name is not valid${why}.`,
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
    "Send the name's bytes in UTF-8: in JavaScript, `Buffer.from(name).toString('latin1')` is the header's value.",
    'mooring-actor',
  );
}

/** Code points of a name. */
const MAX_NAME_LENGTH = 128;

/** Whether a client may write under a name. */
export function isActorName(text: string): boolean {
  return [...text].length <= MAX_NAME_LENGTH && findNameFault(text) === null;
}
