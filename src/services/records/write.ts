import { setTimeout as delay } from 'node:timers/promises';
import type { Author } from '../../domain/author.js';
import { AlreadyExistsError, ConflictError, RouteChangedError, StoreClosedError } from '../../domain/errors.js';
import { latest, timeAfter } from '../../domain/record.js';
import { createWriters, type Writers } from '../../migration/pacing/writers.js';
import type { Change, Store } from '../../storage/store.js';
import type { Home } from './routing.js';

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
 * is there now; so a rule itself says no to what can't be, such as a stale version. While a project is cut over to another
 * place its writes wait; when that takes too long they end with RouteChangedError. A write to a project whose move can't
 * keep up waits once before it is done, for as long as the move says.
 */
export type Write = <H extends Home, R>(author: Author, find: () => Promise<H>, rule: Rule<H, R>) => Promise<R>;

/** How long a write waits while its project is cut over, in milliseconds: longer than a cut-over tries before it gives up. */
const PATIENCE_MS = 15_000;
const FIRST_PAUSE_MS = 2;
/** While a project is cut over, so that the wait is over soon after the flip. */
const LONGEST_ROUTE_PAUSE_MS = 25;
/** Of other races. */
const MAX_LOSSES = 14;
const LONGEST_PAUSE_MS = 200;

export interface WriteOptions {
  /** How long a write waits until the catalog says where its project lives now, in milliseconds. Left out: 15 seconds. */
  readonly patienceMs?: number | undefined;
  /** Says how long a write to a project on the move waits, and counts how long writes take. Left out: none waits. */
  readonly writers?: Writers | undefined;
}

export function createWrite(
  now: () => number,
  { patienceMs = PATIENCE_MS, writers = createWriters(0) }: WriteOptions = {},
): Write {
  /** Of each store, the time of the last write that this process made there, in milliseconds since 1970. */
  const lastIn = new WeakMap<Store, number>();

  /** The time of a write: after the last one in this store, even where the clock stepped back. */
  async function timeIn(store: Store): Promise<string> {
    const clock = lastIn.has(store) ? now() : timeAfter(await lastTimeOf(store), now());
    const last = lastIn.get(store) ?? clock;
    const time = clock < last ? last + 1 : clock;
    lastIn.set(store, time);
    return new Date(time).toISOString();
  }

  /** Asks the rule again when a record is from a later time than the clock's, so that all times of the write agree. */
  async function decide<H extends Home, R>(home: H, rule: Rule<H, R>): Promise<Plan<R> & { readonly at: string }> {
    const at = await timeIn(home.store);
    const plan = await rule(home, at);
    const needed = plan.changes.reduce(
      (last, change) => (change.kind === 'put' ? latest(last, change.document.updatedAt) : last),
      at,
    );
    return needed === at ? { ...plan, at } : { ...(await rule(home, needed)), at: needed };
  }

  return async (author, find, rule) => {
    const turn = createTurn(patienceMs);
    let hasPaused = false;
    for (;;) {
      const home = await find();
      let decided = false;
      try {
        const { changes, result, at } = await decide(home, rule);
        const records = changes.filter(({ kind }) => kind !== 'check').length;
        if (records === 0) return result;
        if (!hasPaused) {
          hasPaused = true;
          if (await writers.pause(home.projectId, records, author)) continue;
        }
        decided = true;
        const { actor, requestId } = author;
        const commit = () => home.store.commit(changes, { epoch: home.epoch, actor, requestId, at });
        await writers.times.of(home.projectId, commit);
        return result;
      } catch (error) {
        // What the rule itself says no to stays so.
        if (!decided && !(error instanceof StoreClosedError)) throw error;
        await turn.next(error);
      }
    }
  };
}

async function lastTimeOf(store: Store): Promise<string | undefined> {
  const { items } = await store.log.list({ direction: 'DESC', limit: 1 });
  return items[0]?.entry.at;
}

/** The attempts of one write: after each that failed it waits for its next turn, or gives up with that error. */
function createTurn(patienceMs: number): { next(error: unknown): Promise<void> } {
  let losses = 0;
  let reroutes = 0;
  let waitingSince: number | null = null;
  return {
    async next(error) {
      if (error instanceof RouteChangedError) {
        waitingSince ??= performance.now();
        if (performance.now() - waitingSince > patienceMs) throw error;
        await pause(++reroutes, LONGEST_ROUTE_PAUSE_MS);
      } else {
        if (!isLostRace(error) || ++losses === MAX_LOSSES) throw error;
        await pause(losses, LONGEST_PAUSE_MS);
      }
    },
  };
}

/** Longer after each attempt, and seldom the same for two that met. */
function pause(attempt: number, longestMs: number): Promise<void> {
  return delay(Math.random() * Math.min(FIRST_PAUSE_MS * 2 ** attempt, longestMs));
}

/** Whether somebody else was quicker; who closed the store has had the project moved from there. */
function isLostRace(error: unknown): boolean {
  return error instanceof ConflictError || error instanceof AlreadyExistsError || error instanceof StoreClosedError;
}
