/** A caller that waits for its write. */
export interface PausedCaller {
  /** Whether nobody waits for the answer any more. Left out: somebody does. */
  readonly isGone?: (() => boolean) | undefined;
  /** Waits without what its request keeps others from. Left out: it keeps them from nothing. */
  readonly aside?: ((wait: () => Promise<void>) => Promise<void>) | undefined;
}

/** The caller, recorded in the log. */
export interface Author extends PausedCaller {
  readonly actor: string;
  readonly requestId: string;
}

/** A record and the version of it that was read. */
export interface VersionedId {
  readonly id: string;
  readonly version: number;
}
