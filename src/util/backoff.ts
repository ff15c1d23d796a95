/** How waits grow, in milliseconds. */
export interface Backoff {
  /** The longest wait after the first failure; it doubles with each that follows. */
  readonly base: number;
  /** The longest wait of all. Left out: there is none. */
  readonly cap?: number;
  /**
   * The share of a wait that is random, 0 to 1, so that clients that failed together don't return together. Left out: a half,
   * so that a server that is down isn't asked again at once. Losers of a race take 1 (full jitter), which spreads them most.
   */
  readonly jitter?: number;
}

const HALF = 0.5;

/** How long to wait after `failures` failures in a row, in milliseconds: exponential backoff with jitter. 0 after none. */
export function backoff(failures: number, { base, cap = Number.POSITIVE_INFINITY, jitter = HALF }: Backoff): number {
  if (failures === 0) return 0;
  return Math.min(cap, base * 2 ** (failures - 1)) * (1 - jitter * Math.random());
}
