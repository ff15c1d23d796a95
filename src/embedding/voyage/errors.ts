import { EmbeddingError } from '../../domain/errors.js';
import { codeOf } from '../../util/errors.js';

/**
 * Why Voyage AI returned no vectors. `SETTINGS`: they are invalid, so nothing was sent. `KEY`: it is invalid. `HOST`: this host
 * doesn't accept the key. `MODEL`: it no longer exists. `REFUSED`: the request, or a text in it. `TOO_MANY_TOKENS`: in all
 * texts together. `RATE`: too many requests. `SERVER`: an internal error of the service. `NETWORK`: no response, or an
 * incomplete one. `TIMEOUT`: no response in time. `REPLY`: an invalid response. `CLOSED`: the client or the embedder was closed
 * meanwhile.
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

/** Voyage AI returned no vectors. */
export class VoyageError extends EmbeddingError {
  constructor(
    readonly failure: VoyageFailure,
    message: string,
    hint: string,
    options: {
      readonly cause?: unknown;
      /** The delay before the next request that the service demands, in ms; null when it demands none. */
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

/** The client or the embedder was closed before the response. */
export function closedError(): VoyageError {
  return new VoyageError(
    'CLOSED',
    'The embedder is closed.',
    'The server is stopping, or its settings have changed. Repeat the request.',
  );
}

const STATUS_PAGE = 'https://status.voyageai.com';

export function timeoutError(host: string, ms: number): VoyageError {
  return new VoyageError(
    'TIMEOUT',
    `Voyage AI (${host}) didn't answer within ${ms / 1_000} s.`,
    `Pending memories are embedded when it responds again. Check ${STATUS_PAGE} if this continues.`,
  );
}

/** `cause`: the connection's error, which contains no secret. */
export function networkError(host: string, cause: Error): VoyageError {
  const code = codeOf(cause);
  const because = code ? ` (${code})` : '';
  if (/CERT|SSL|TLS|SIGNATURE|EPROTO/.test(code)) {
    const hint = "Check this machine's clock, and whether a proxy between it and Voyage AI intercepts TLS.";
    return new VoyageError('NETWORK', `A trusted connection to ${host} can't be made${because}.`, hint, { cause });
  }
  const hint = /ENOTFOUND|EAI_AGAIN/.test(code)
    ? 'Check the network and its DNS, and VOYAGE_BASE_URL if it is set.'
    : `Check that this machine can connect to ${host}. Pending memories are embedded when it responds again.`;
  const what = /^(ECONNRESET|EPIPE|HPE_)/.test(code)
    ? 'The connection to Voyage AI broke'
    : "Voyage AI can't be reached";
  return new VoyageError('NETWORK', `${what}: ${host}${because}.`, hint, { cause });
}

/** The address was entered through the API, where link-local ones aren't allowed. */
export function linkLocalError(host: string): VoyageError {
  return new VoyageError(
    'SETTINGS',
    `${host} is a link-local address, which isn't allowed in settings entered through the API.`,
    'Enter an address of Voyage AI, or leave it out. If it has to be this one, set VOYAGE_BASE_URL where Mooring is started.',
  );
}

/** `what`: a clause that contains nothing of the response. */
export function replyError(host: string, what: string): VoyageError {
  return new VoyageError(
    'REPLY',
    `The response of ${host} can't be used: ${what}.`,
    'Check VOYAGE_BASE_URL and VOYAGE_MODEL, and whether a proxy between this machine and Voyage AI changes responses.',
  );
}
