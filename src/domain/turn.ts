/**
 * Does a piece of work: at once, or when its turn comes, so that what one request asks for never keeps all others waiting.
 * @throws what the work throws, and `GoneError` when nobody waits for it any more
 */
export type Turn = <T>(work: () => T | Promise<T>) => T | Promise<T>;

/** Shares the thread: work is done in pieces, and between pieces the event loop goes round. */
export interface Turns {
  /** The turns of one owner. What still waits when `isGone` says that nobody wants it isn't done. */
  of(isGone?: () => boolean): Turn;
}

/** For who shares the thread with nobody. */
export const atOnce: Turn = (work) => work();

/** The client left before its request was answered. */
export class GoneError extends Error {
  constructor() {
    super('The client left before its request was answered.');
    this.name = 'GoneError';
  }
}
