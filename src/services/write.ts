import { setTimeout as delay } from 'node:timers/promises';
import { AlreadyExistsError, ConflictError, RouteChangedError } from '../domain/errors.js';
import type { Change } from '../storage/store.js';
import type { Home } from './homes.js';
import type { Author } from './services.js';

/** What a rule decided: the changes to commit (none: all is as it should be), and what to answer once they are durable. */
export interface Plan<R> {
  readonly changes: readonly Change[];
  readonly result: R;
}

/** Reads what it needs and decides. It may be asked again, and then reads anew. */
export type Rule<H extends Home, R> = (home: H, at: string) => Promise<Plan<R>>;

/**
 * The one way of writing: finds the home, asks the rule, commits. When the commit loses a race (the project was routed
 * elsewhere, a record moved on, a unique key was taken meanwhile) nothing was written, and the rule decides again by what
 * is there now; so a rule itself says no to what can't be, such as a stale version.
 */
export type Write = <H extends Home, R>(author: Author, find: () => Promise<H>, rule: Rule<H, R>) => Promise<R>;

/** Enough for the pause of a move's cut-over, which is well under a second. */
const MAX_ATTEMPTS = 14;
const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 200;

export function createWrite(now: () => number): Write {
  return async (author, find, rule) => {
    for (let attempt = 1; ; attempt++) {
      const home = await find();
      const at = new Date(now()).toISOString();
      const { changes, result } = await rule(home, at);
      if (changes.every(({ kind }) => kind === 'check')) return result;
      try {
        const { actor, requestId } = author;
        await home.store.commit(changes, { epoch: home.epoch, actor, requestId, at });
        return result;
      } catch (error) {
        if (!isLostRace(error) || attempt === MAX_ATTEMPTS) throw error;
      }
      await delay(Math.random() * Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS));
    }
  };
}

function isLostRace(error: unknown): boolean {
  return error instanceof RouteChangedError || error instanceof ConflictError || error instanceof AlreadyExistsError;
}
