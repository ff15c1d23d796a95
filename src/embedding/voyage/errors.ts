import { EmbeddingError } from '../../domain/errors.js';
import { codeOf } from '../../util/errors.js';

/**
 * Why Voyage AI gave no vectors. `SETTINGS`: they can't be right, so nothing was sent. `KEY`: it isn't valid. `HOST`: the
 * key isn't taken there. `MODEL`: there is none of the name any more. `REFUSED`: the request, or a text in it.
 * `TOO_MANY_TOKENS`: all texts together. `RATE`: too many requests. `SERVER`: an error of the service's own. `NETWORK`:
 * no answer, or not all of it. `TIMEOUT`: not in time. `REPLY`: an answer that isn't what it should be. `CLOSED`: the
 * client or the embedder was closed meanwhile.
 */
export type VoyageFailure =
  | 'SETTINGS'
  | 'KEY'
  | 'HOST'
  | 'MODEL'
  | 'REFUSED'
  | 'TOO_MANY_TOKENS'
  | 'RATE'
  | 'SERVER'
  | 'NETWORK'
  | 'TIMEOUT'
  | 'REPLY'
  | 'CLOSED';

const OUTAGES: { readonly [F in VoyageFailure]: EmbeddingError['outage'] } = {
  SETTINGS: 'LASTING',
  KEY: 'LASTING',
  HOST: 'LASTING',
  MODEL: 'LASTING',
  REFUSED: null,
  TOO_MANY_TOKENS: null,
  RATE: 'PASSING',
  SERVER: 'PASSING',
  NETWORK: 'PASSING',
  TIMEOUT: 'PASSING',
  REPLY: null,
  CLOSED: 'PASSING',
};

/** Voyage AI gave no vectors. */
export class VoyageError extends EmbeddingError {
  constructor(
    readonly failure: VoyageFailure,
    message: string,
    hint: string,
    options: {
      readonly cause?: unknown;
      /** When the service wants to be asked again, in ms from then; null when it doesn't say. */
      readonly retryAfterMs?: number | null;
    } = {},
  ) {
    super(message, hint, options.cause === undefined ? undefined : { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.outage = OUTAGES[failure];
  }

  override readonly outage: EmbeddingError['outage'];
  readonly retryAfterMs: number | null;
}

/** Of a client or an embedder that was closed before its answer came. */
export function closedError(): VoyageError {
  return new VoyageError(
    'CLOSED',
    'The embedder is closed.',
    'The server is stopping, or its settings have changed; repeat the request.',
  );
}

const STATUS_PAGE = 'https://status.voyageai.com';

export function timeoutError(host: string, ms: number): VoyageError {
  return new VoyageError(
    'TIMEOUT',
    `Voyage AI (${host}) didn't answer within ${ms / 1_000} s.`,
    `What waits is embedded by itself when it answers again. Look at ${STATUS_PAGE} if this goes on.`,
  );
}

/** `cause`: the connection's error, which has no secret in it. */
export function networkError(host: string, cause: Error): VoyageError {
  const code = codeOf(cause);
  const because = code ? ` (${code})` : '';
  if (/CERT|SSL|TLS|SIGNATURE|EPROTO/.test(code)) {
    const hint = 'Check the clock of this machine, and whether something between it and Voyage AI reads along.';
    return new VoyageError('NETWORK', `No trusted connection to ${host} can be made${because}.`, hint, { cause });
  }
  const hint = /ENOTFOUND|EAI_AGAIN/.test(code)
    ? 'Check the network and its DNS, and VOYAGE_BASE_URL if it is set.'
    : `Check that this machine may connect to ${host}. What waits is embedded by itself when it answers again.`;
  const what = /^(ECONNRESET|EPIPE|HPE_)/.test(code)
    ? 'The connection to Voyage AI broke'
    : "Voyage AI can't be reached";
  return new VoyageError('NETWORK', `${what}: ${host}${because}.`, hint, { cause });
}

/** The address was entered through the API, which reaches no link-local ones. */
export function linkLocalError(host: string): VoyageError {
  return new VoyageError(
    'SETTINGS',
    `${host} is a link-local address, which settings entered through the API don't reach.`,
    'Enter an address of Voyage AI, or leave it out. If it has to be this one, set VOYAGE_BASE_URL where the server is started.',
  );
}

/** `what`: a clause without the answer's own text. */
export function replyError(host: string, what: string): VoyageError {
  return new VoyageError(
    'REPLY',
    `The answer of ${host} can't be used: ${what}.`,
    'Check VOYAGE_BASE_URL and VOYAGE_MODEL, and whether something between this machine and Voyage AI changes what it says.',
  );
}
