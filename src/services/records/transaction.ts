import { lacksLevel } from '../../domain/access/errors.js';
import { LEVEL, levelIn } from '../../domain/access/level.js';
import { requireLasting } from '../../domain/access/principal.js';
import type { Author } from '../../domain/author.js';
import {
  AlreadyExistsError,
  ConflictError,
  NotFoundError,
  RouteChangedError,
  StoreClosedError,
} from '../../domain/errors.js';
import { CATALOG_KEY } from '../../domain/id.js';
import type { Operation } from '../../domain/log-entry.js';
import { latest, type RecordBase, timeAfter } from '../../domain/record.js';
import { createWriters, type Writers } from '../../migration/pacing/writers.js';
import type { Change, CollectionSpec, Store } from '../../storage/store.js';
import { delay } from '../../util/async.js';
import { backoff } from '../../util/backoff.js';
import { createKeyedMutex } from '../../util/mutex.js';
import type { StoreRoute } from './store-router.js';
import { createWriteScreen, DEFAULT_SCREEN, type ScreenedRoute, type ScreenOptions } from './write-screen.js';

/** What a transaction decided: the changes to commit (none: nothing has to change), and its result once they are durable. */
export interface Plan<R> {
  readonly changes: readonly Change[];
  readonly result: R;
}

/** Reads what it needs and decides. It may be called again, and then reads again. What it writes passes the route's screen. */
export type Decide<S extends StoreRoute, R> = (route: ScreenedRoute<S>, at: string) => Promise<Plan<R>>;

/**
 * The one way to write: finds the route, calls `decide`, commits its changes. When the commit loses a race (the project was
 * routed elsewhere, a record has a newer version, a unique key was taken meanwhile) nothing was written, and `decide` is
 * called again on the current records; so `decide` itself refuses what can't be done, such as a stale version. Writes of this
 * process that lost a race for one record take turns from then on; those with one `key` do from the start. While a project
 * is cut over its writes wait; after a timeout they fail with RouteChangedError. A write to a project whose move can't keep
 * up waits once before it commits, for as long as the move requires.
 * @param key - what the write is about, if others are likely to write it at the same time
 */
export type Transact = <S extends StoreRoute, R>(
  author: Author,
  route: () => Promise<S>,
  decide: Decide<S, R>,
  key?: string,
) => Promise<R>;

/** The change that writes a document. */
export function put<T extends RecordBase>(
  spec: CollectionSpec<T>,
  operation: Exclude<Operation, 'PURGE'>,
  document: T,
): Change {
  return { kind: 'put', collection: spec.name, operation, document };
}

/** The change that makes a commit fail if the record has another version by then. */
export function check<T extends RecordBase>(spec: CollectionSpec<T>, { id, version }: T): Change {
  return { kind: 'check', collection: spec.name, id, version };
}

/** The change that removes a record for good. */
export function remove<T extends RecordBase>(spec: CollectionSpec<T>, { id, version }: T): Change {
  return { kind: 'remove', collection: spec.name, id, version };
}

/** How long a write waits while its project is cut over, in milliseconds: longer than a cut-over takes before it gives up. */
const CUT_OVER_TIMEOUT_MS = 15_000;
/** The longest wait after the first attempt. */
const FIRST_BACKOFF_MS = 4;
/** While a project is cut over, so that the write is retried soon after the flip. */
const LONGEST_ROUTE_BACKOFF_MS = 25;
/** After other lost races. */
const LONGEST_BACKOFF_MS = 200;
const MAX_LOSSES = 30;

export interface TransactOptions {
  /** How long a write waits for the new route while its project is cut over, in milliseconds. Left out: 15 seconds. */
  readonly cutOverTimeoutMs?: number | undefined;
  /** Paces writes to a project that is being moved, and measures how long writes take. Left out: none waits. */
  readonly writers?: Writers | undefined;
  /** Keeps secrets out. Left out: they are redacted. */
  readonly screen?: ScreenOptions | undefined;
  /** Called with what was committed, before the write is acknowledged. Left out: nobody asks. */
  readonly onCommitted?: ((changes: readonly Change[]) => void) | undefined;
}

export function createTransact(
  now: () => number,
  {
    cutOverTimeoutMs = CUT_OVER_TIMEOUT_MS,
    writers = createWriters(0),
    screen: screens = DEFAULT_SCREEN,
    onCommitted,
  }: TransactOptions = {},
): Transact {
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

  /** Decides again when a record's time is later than the clock's, so that all times of the write agree. */
  async function planAt<S extends StoreRoute, R>(
    route: ScreenedRoute<S>,
    decide: Decide<S, R>,
  ): Promise<Plan<R> & { readonly at: string }> {
    const at = await timeIn(route.store);
    route.screen.restart();
    const plan = await decide(route, at);
    const needed = plan.changes.reduce(
      (last, change) => (change.kind === 'put' ? latest(last, change.document.updatedAt) : last),
      at,
    );
    if (needed === at) return { ...plan, at };
    route.screen.restart();
    return { ...(await decide(route, needed)), at: needed };
  }

  /** Attempts that would make each other lose, in this process. */
  const turns = createKeyedMutex();

  return async (author, findRoute, decide, key) => {
    const retry = createRetry(cutOverTimeoutMs);
    const screen = createWriteScreen(screens);
    let hasPaused = false;
    let contested = key ?? null;
    let attempted: readonly Change[] = [];
    for (;;) {
      const route = await findRoute();
      requireWritable(author, route);
      let isDecided = false;
      const attempt = async () => {
        const { changes, result, at } = await planAt({ ...route, screen }, decide);
        const records = changes.filter(({ kind }) => kind !== 'check').length;
        if (records === 0) return { result };
        if (!hasPaused && writers.paces(route.projectId, records)) return { pausesFor: records };
        isDecided = true;
        attempted = changes;
        const { actor, requestId } = author;
        const commit = () => route.store.commit(changes, { epoch: route.epoch, actor, requestId, at });
        await writers.times.of(route.projectId, commit);
        onCommitted?.(changes);
        return { result };
      };
      try {
        const done = await (contested === null ? attempt() : turns(contested, attempt));
        if (!('pausesFor' in done)) {
          author.onRedacted?.(screen.redactions());
          return done.result;
        }
        // Others with the same key needn't wait for the end of this pause. What was read before may have changed by then.
        hasPaused = true;
        await writers.pause(route.projectId, done.pausesFor, author);
      } catch (error) {
        // What `decide` refuses stays refused.
        if (!isDecided && !(error instanceof StoreClosedError)) throw error;
        await retry.after(error, attempted);
        contested = contestedRecord(error) ?? contested;
      }
    }
  };
}

/**
 * The second line, behind the scopes of mutations: WRITE in the project whose store it is, MANAGE for a project's own record.
 * @throws UnauthenticatedError once the caller's rights have ended; NotFoundError, ForbiddenError
 */
function requireWritable({ principal }: Author, { id, projectId, projectKey }: StoreRoute): void {
  if (!principal) return;
  requireLasting(principal);
  if (projectKey === CATALOG_KEY) return;
  const level = levelIn(principal, projectKey);
  const needed = projectId === null ? 'MANAGE' : 'WRITE';
  if (level >= LEVEL[needed]) return;
  if (level === LEVEL.NONE) throw new NotFoundError(id ?? projectKey);
  throw lacksLevel(needed, projectId ?? id ?? projectKey);
}

/** Id of the record that a write lost a race for; null when it is unknown, or no record was the cause. */
function contestedRecord(error: unknown): string | null {
  if (error instanceof ConflictError) return error.recordId;
  return error instanceof AlreadyExistsError ? error.existingId : null;
}

async function lastTimeOf(store: Store): Promise<string | undefined> {
  const { items } = await store.log.list({ direction: 'DESC', limit: 1 });
  return items[0]?.entry.at;
}

/** The retries of one write: after an error it waits for the next attempt, or gives up with that error. */
function createRetry(cutOverTimeoutMs: number): {
  /** @param attempted the changes that were to be committed */
  after(error: unknown, attempted: readonly Change[]): Promise<void>;
} {
  let losses = 0;
  let reroutes = 0;
  let waitingSince: number | null = null;
  return {
    async after(error, attempted) {
      if (error instanceof RouteChangedError) {
        waitingSince ??= performance.now();
        if (performance.now() - waitingSince > cutOverTimeoutMs) throw error;
        await backOff(++reroutes, LONGEST_ROUTE_BACKOFF_MS);
      } else {
        if (!isLostRace(error)) throw error;
        if (++losses === MAX_LOSSES) throw ofItsOwn(error, attempted);
        await backOff(losses, LONGEST_BACKOFF_MS);
      }
    },
  };
}

/** The error of a write that lost every race; it says so when that was for a record which it only depends on. */
function ofItsOwn(error: Error, attempted: readonly Change[]): Error {
  if (!(error instanceof ConflictError)) return error;
  const { recordId, current, collection } = error;
  const isWritten = (change: Change) =>
    (change.kind === 'put' && change.document.id === recordId) || (change.kind === 'remove' && change.id === recordId);
  if (attempted.some(isWritten)) return error;
  const message = `${recordId}, which this write depends on, was changed by others during each of its ${MAX_LOSSES} attempts.`;
  return new ConflictError(recordId, current, collection, message, 'Nothing was written. Repeat the request as it is.');
}

/** Exponential backoff with full jitter. */
function backOff(attempt: number, longestMs: number): Promise<unknown> {
  return delay(backoff(attempt, { base: FIRST_BACKOFF_MS, cap: longestMs, jitter: 1 }));
}

/** Whether another writer was faster. A store that was closed under the write counts: its project has been moved from there. */
function isLostRace(error: unknown): error is Error {
  return error instanceof ConflictError || error instanceof AlreadyExistsError || error instanceof StoreClosedError;
}
