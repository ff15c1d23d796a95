/**
 * Does a piece of work: at once, or when its turn comes, so that what one request asks for never keeps all others waiting.
 * @throws what the work throws, and `GoneError` when nobody waits for it any more
 */
export type Turn = <T>(work: () => T | Promise<T>) => T | Promise<T>;

export interface TurnOwner {
  /** Whether nobody waits for the work any more: then no more of it is begun. */
  readonly isGone?: () => boolean;
  /** Whether all of its work is short: it is scheduled before others'. */
  readonly isLight?: boolean;
  /** Whether work that it is given within a piece of another owner's work is part of that piece, and waits for no turn of its own. */
  readonly isPart?: boolean;
}

/** Shares the thread: work is done in pieces, and between pieces the event loop goes round. */
export interface Turns {
  /** The turns of one owner. */
  of(owner?: TurnOwner): Turn;
}

/** For a caller that shares the thread with no other. */
export const atOnce: Turn = (work) => work();

/** What one request may take of the server: turns on its thread, and memory for the records that it reads. */
export interface Share {
  readonly turn: Turn;
  /** Adds to the bytes that it holds. @throws MooringError when it holds too much, or all requests together do */
  hold(bytes: number): void;
}

/** For a caller that shares the server with no other. */
export const unshared: Share = { turn: atOnce, hold: () => {} };

/** The client left before its request was answered. */
export class GoneError extends Error {
  constructor() {
    super('The client left before its request was answered.');
    this.name = 'GoneError';
  }
}
