import type { PausedCaller } from '../../domain/author.js';
import type { Task } from '../../domain/task.js';
import type { TaskFilter } from '../../repositories/filters.js';
import type { ProjectSearch } from '../../search/contract.js';
import type { ReadyPlace } from '../../search/task-graph.js';
import { tasks } from '../../storage/collections.js';
import type { Store } from '../../storage/store.js';
import { nextTurn } from '../../util/async.js';
import { inPages } from '../../util/in-pages.js';
import { GoneError } from '../../util/turn.js';
import { hasText, toReadyQuery } from '../board/ready-tasks.js';
import type { ProjectRoute } from '../records/store-router.js';
import { NothingReadyError } from './errors.js';
import { findObstacle } from './readiness.js';

/** Which tasks are being offered to callers of this process: each to one of them at a time. */
export interface Offers {
  /** Begins the offers to one caller. */
  open(): Offer;
}

/** What one caller is being offered: one task at a time. */
export interface Offer {
  /**
   * The first ready task that nobody else is being offered; waits for the other offers when there is no other task. After a
   * lost race it is a random one of the first, so that servers don't race for the same again.
   * @param at ISO time
   * @throws NothingReadyError, GoneError when the caller no longer waits
   */
  next(route: ProjectRoute, filter: TaskFilter, at: string, caller?: PausedCaller): Promise<Task>;
  /** Ends the offer. */
  close(): void;
}

/** Ready tasks in their order. */
interface Candidates {
  readonly places: readonly ReadyPlace[];
  readonly hasMore: boolean;
}

/** How many more candidates are read than are needed, as some may turn out to be taken. */
const SPARE = 16;
/** How many candidates are read at a time to look for a text. */
const PAGE = 200;

export function createOffers(): Offers {
  /** What resolves when the offer of a task ends. */
  const offered = new Map<string, Promise<void>>();

  async function read(
    search: ProjectSearch,
    filter: TaskFilter,
    at: string,
    after: ReadyPlace | null,
    callers: number,
  ) {
    const fewest = filter.text ? PAGE : 0;
    const limit = Math.max(offered.size + callers + SPARE, fewest);
    const query = { ...toReadyQuery({ filter, agent: null }, at), after, limit };
    const places = await search.graph((graph) => graph.ready(query));
    return { places, hasMore: places.length === query.limit };
  }

  const readFirst = createSharedReads((search, filter, at, callers) => read(search, filter, at, null, callers));

  return {
    open() {
      let own: string | null = null;
      let end = () => {};

      function take(id: string): void {
        own = id;
        offered.set(id, new Promise((resolve) => (end = resolve)));
      }

      function giveBack(): void {
        if (own !== null) offered.delete(own);
        own = null;
        end();
      }

      /** Takes the first of the candidates that is ready and has the filter's text. `others`: gets the offers in its way. */
      async function takeFrom(
        { store }: ProjectRoute,
        places: readonly ReadyPlace[],
        { filter, at, others }: { filter: TaskFilter; at: string; others: Promise<void>[] },
      ): Promise<Task | null> {
        for await (const { id } of filter.text ? withText(store, places, filter) : places) {
          const other = offered.get(id);
          if (other) {
            others.push(other);
            continue;
          }
          take(id);
          const [task] = await store.collection(tasks).get([id]);
          const fits = task && !task.deletedAt && hasText(task, filter);
          if (fits && !(await findObstacle(store, task, null, at))) return task;
          giveBack();
        }
        return null;
      }

      return {
        async next(route, filter, at, caller) {
          const { search } = route.repositories;
          let lost = own;
          giveBack();
          for (;;) {
            const others: Promise<void>[] = [];
            let candidates: Candidates = await readFirst(search, filter, at);
            for (;;) {
              const task = await takeFrom(route, inTurn(candidates.places, lost), { filter, at, others });
              if (task) return task;
              if (caller?.isGone?.()) throw new GoneError();
              const last = candidates.places.at(-1);
              if (!candidates.hasMore || !last) break;
              await nextTurn();
              candidates = await read(search, filter, at, last, 1);
            }
            if (others.length === 0) throw nothingReady();
            // What others are being offered is ready again if they don't take it.
            await Promise.race(others);
            lost = null;
          }
        },
        close: giveBack,
      };
    },
  };
}

/** The order in which candidates are tried. `lost`: the last one that was tried, which may be gone. */
function inTurn(places: readonly ReadyPlace[], lost: string | null): readonly ReadyPlace[] {
  const isLost = lost !== null && places.every(({ id }) => id !== lost);
  const first = isLost ? Math.floor(Math.random() * places.length) : 0;
  return [...places.slice(first), ...places.slice(0, first)];
}

/** Those of the candidates that have the filter's text. Other work gets a turn between the reads. */
async function* withText(store: Store, places: readonly ReadyPlace[], filter: TaskFilter): AsyncGenerator<ReadyPlace> {
  const ids = places.map(({ id }) => id);
  let read = 0;
  for await (const found of inPages(ids, store.collection(tasks).getFirst)) {
    const page = places.slice(read, read + found.length);
    yield* page.filter((_, index) => found[index] && hasText(found[index], filter));
    read += found.length;
  }
}

function nothingReady(): NothingReadyError {
  return new NothingReadyError(
    'No task that passes the filter is ready: all are done, blocked or claimed.',
    'Wait for one with `waitSeconds`, or see `taskBoard`.',
  );
}

type ReadFirst = (search: ProjectSearch, filter: TaskFilter, at: string, callers: number) => Promise<Candidates>;

/** A read that begins after those who share it have asked for it: what was committed before is in it. */
interface SharedRead {
  /** How many share the next one. */
  callers: number;
  running: Promise<unknown>;
  next: Promise<Candidates> | null;
}

/** Callers that ask for the same while it is being read share the next read, so that many at once cost little more than one. */
function createSharedReads(readFor: ReadFirst) {
  const all = new WeakMap<ProjectSearch, Map<string, SharedRead>>();
  return (search: ProjectSearch, filter: TaskFilter, at: string): Promise<Candidates> => {
    const reads = all.get(search) ?? new Map<string, SharedRead>();
    all.set(search, reads);
    const key = JSON.stringify(filter);
    const shared = reads.get(key) ?? { callers: 0, running: Promise.resolve(), next: null };
    reads.set(key, shared);
    shared.callers += 1;
    shared.next ??= shared.running
      .catch(() => {})
      .then(() => {
        const { callers } = shared;
        const running = readFor(search, filter, at, callers).finally(() => {
          if (shared.next === null) reads.delete(key);
        });
        Object.assign(shared, { callers: 0, running, next: null });
        return running;
      });
    return shared.next;
  };
}
