/**
 * Does a piece of work: at once, or when its turn comes, so that what one request asks for never keeps all others waiting.
 * @throws what the work throws, and `GoneError` when nobody waits for it any more
 */
export type Turn = <T>(work: () => T | Promise<T>) => T | Promise<T>;

export interface TurnOwner {
  /** Once this says that nobody wants the work any more, nothing more of it is begun. */
  readonly isGone?: () => boolean;
  /** Whether all of its work is little: it goes before others'. */
  readonly isLight?: boolean;
  /** Whether what is asked of it within a piece of somebody else's work is a part of that piece, and waits for no turn of its own. */
  readonly isPart?: boolean;
}

/** Shares the thread: work is done in pieces, and between pieces the event loop goes round. */
export interface Turns {
  /** The turns of one owner. */
  of(owner?: TurnOwner): Turn;
}

/** For who shares the thread with nobody. */
export const atOnce: Turn = (work) => work();

/** What one request may take of the server: turns on its thread, and memory for the records that it reads. */
export interface Share {
  readonly turn: Turn;
  /** Adds to the bytes that it holds. @throws MooringError when it holds too much, or all requests together do */
  hold(bytes: number): void;
}

/** For who shares the server with nobody. */
export const unshared: Share = { turn: atOnce, hold: () => {} };

/** The client left before its request was answered. */
export class GoneError extends Error {
  constructor() {
    super('The client left before its request was answered.');
    this.name = 'GoneError';
  }
}
