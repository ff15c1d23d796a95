import { randomUUID } from 'node:crypto';
import type { KeyUse } from '../../domain/access/key-use.js';
import { SERVER_ACTORS } from '../../domain/author.js';
import { parseInput } from '../../domain/fields/parse.js';
import { CATALOG_KEY, type IdGenerator } from '../../domain/id.js';
import { newBase, stampAfter } from '../../domain/record.js';
import { keyUse } from '../../storage/account-collections.js';
import { createMutex } from '../../util/mutex.js';
import { useDays } from '../input/api-key.js';
import { isOneOf, listAll } from '../records/queries.js';
import type { Router } from '../records/store-router.js';
import { put, type Transact } from '../records/transaction.js';

/** A day on which a key was used. */
export type DayOfUse = Pick<KeyUse, 'day' | 'requests' | 'refused' | 'lastAt' | 'lastAddress'>;

/**
 * How API keys are used. Requests are counted in memory, and written as one record for each key and day: soon after a key's
 * first use, then once an hour, and at the end. What a process that is killed had not written is lost.
 */
export interface KeyUseService {
  /** Counts a request. `refused`: because of the key's own limits. */
  count(keyId: string, address: string, outcome: 'served' | 'refused'): void;
  /**
   * How each key was used in these last days, today included, newest first: on this server up to now, on others as far as
   * they have written it. @throws InvalidInputError
   */
  of(keyIds: readonly string[], days: number): Promise<readonly (readonly DayOfUse[])[]>;
  /** The last day on which each key was used, likewise; null for one that never was. */
  lastOf(keyIds: readonly string[]): Promise<readonly (DayOfUse | null)[]>;
  /** Writes what was counted so far. What can't be written now stays pending. @throws StoreError */
  flush(): Promise<void>;
}

type Slot = Pick<KeyUse, 'keyId' | 'day'>;
interface Counted extends Slot {
  requests: number;
  refused: number;
  /** Milliseconds since 1970. */
  last: number;
  lastAddress: string;
}

const DAY_MS = 86_400_000;
/** After a key's first use: uses of other keys within this time are written in the same commit. */
const SOON_MS = 1_000;
const HOUR_MS = 3_600_000;
const ACTOR = SERVER_ACTORS.keyUse;
const NEWEST_FIRST = { field: 'day', direction: 'DESC' } as const;

export function createKeyUseService(
  router: Router,
  transact: Transact,
  newId: IdGenerator,
  now: () => number,
): KeyUseService {
  /** By key: what isn't written yet, of the current day. */
  let counted = new Map<string, Counted>();
  /** Of earlier days, and what is being written. */
  let closed: readonly Counted[] = [];
  /** Keys whose use was written before: they can wait. */
  const written = new Set<string>();
  let due = Number.POSITIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  const exclusively = createMutex();
  const inCatalog = () => router.toCatalog(CATALOG_KEY);

  const flush = (): Promise<void> => exclusively(write);

  /** Writes within this time, unless it is done earlier. */
  function writeWithin(ms: number): void {
    const at = performance.now() + ms;
    if (at >= due) return;
    due = at;
    clearTimeout(timer);
    timer = setTimeout(() => {
      // What failed is retried.
      flush().catch(() => writeWithin(HOUR_MS));
    }, ms).unref();
  }

  async function write(): Promise<void> {
    clearTimeout(timer);
    due = Number.POSITIVE_INFINITY;
    closed = [...closed, ...counted.values()];
    counted = new Map();
    if (closed.length === 0) return;
    const batch = closed;
    const author = { actor: ACTOR, requestId: `key-use-${randomUUID()}` };
    await transact(author, inCatalog, async ({ store }, at) => {
      const keyIds = [...new Set(batch.map(({ keyId }) => keyId))];
      const days = [...new Set(batch.map(({ day }) => day))];
      const where = [isOneOf('keyId', keyIds), isOneOf('day', days)];
      const before = await listAll(store, keyUse, { where, deleted: 'EXCLUDE', field: 'day' });
      const changes = [...sumBySlot(batch)].map((each) => {
        const record = before.find(({ keyId, day }) => keyId === each.keyId && day === each.day);
        return record
          ? put(keyUse, 'UPDATE', { ...record, ...added(record, each), ...stampAfter(record, at) })
          : put(keyUse, 'CREATE', created(each, at));
      });
      return { changes, result: undefined };
    });
    closed = closed.slice(batch.length);
    for (const { keyId } of batch) written.add(keyId);
  }

  function created(each: Counted, at: string): KeyUse {
    const { keyId, day, requests, refused, lastAddress } = each;
    const base = newBase(newId('keyUse', CATALOG_KEY), at);
    const lastAt = new Date(each.last).toISOString();
    return { ...base, keyId, day, requests, refused, lastAt, lastAddress };
  }

  /** What isn't written yet. */
  function pendingByKey(): ReadonlyMap<string, readonly Counted[]> {
    const byKey = new Map<string, Counted[]>();
    for (const each of sumBySlot([...closed, ...counted.values()])) {
      byKey.set(each.keyId, [...(byKey.get(each.keyId) ?? []), each]);
    }
    return byKey;
  }

  return {
    count(keyId, address, outcome) {
      const last = now();
      let slot = counted.get(keyId);
      if (!slot || Math.floor(slot.last / DAY_MS) !== Math.floor(last / DAY_MS)) {
        if (slot) closed = [...closed, slot];
        slot = {
          keyId,
          day: dayOf(last),
          requests: 0,
          refused: 0,
          last,
          lastAddress: '',
        };
        counted.set(keyId, slot);
        writeWithin(written.has(keyId) ? HOUR_MS : SOON_MS);
      }
      if (outcome === 'served') slot.requests += 1;
      else slot.refused += 1;
      slot.last = last;
      slot.lastAddress = address;
    },
    async of(keyIds, wantedDays) {
      const days = parseInput(useDays, wantedDays, 'days');
      const { store } = await inCatalog();
      const first = dayOf(now() - (days - 1) * DAY_MS);
      const query = { where: [{ field: 'day', gte: first }], order: NEWEST_FIRST, limit: days };
      const pages = await store.collection(keyUse).listByParents('keyId', keyIds, query);
      const pending = pendingByKey();
      return pages.map(({ items }, index) => {
        const own = pending.get(keyIds[index]!) ?? [];
        return withPending(
          items,
          own.filter(({ day }) => day >= first),
        );
      });
    },
    async lastOf(keyIds) {
      const { store } = await inCatalog();
      const pages = await store.collection(keyUse).listByParents('keyId', keyIds, { order: NEWEST_FIRST, limit: 1 });
      const pending = pendingByKey();
      return pages.map(({ items }, index) => withPending(items, pending.get(keyIds[index]!) ?? [])[0] ?? null);
    },
    flush,
  };
}

/** One for each key and day. */
function sumBySlot(all: readonly Counted[]): readonly Counted[] {
  const sums = new Map<string, Counted>();
  for (const each of all) {
    const slot = `${each.keyId} ${each.day}`;
    const sum = sums.get(slot);
    if (!sum) sums.set(slot, { ...each });
    else Object.assign(sum, each, { requests: sum.requests + each.requests, refused: sum.refused + each.refused });
  }
  return [...sums.values()];
}

/** The counts and the last use of a day, with what was counted since. */
function added(day: DayOfUse, { requests, refused, last, lastAddress }: Counted): DayOfUse {
  const at = new Date(last).toISOString();
  const isLater = at >= day.lastAt;
  return {
    day: day.day,
    requests: day.requests + requests,
    refused: day.refused + refused,
    lastAt: isLater ? at : day.lastAt,
    lastAddress: isLater ? lastAddress : day.lastAddress,
  };
}

/** The stored days with what isn't written yet, newest first. */
function withPending(stored: readonly DayOfUse[], pending: readonly Counted[]): readonly DayOfUse[] {
  const days = new Map(stored.map((each) => [each.day, each]));
  for (const each of pending) {
    const none = { day: each.day, requests: 0, refused: 0, lastAt: '', lastAddress: '' };
    days.set(each.day, added(days.get(each.day) ?? none, each));
  }
  return [...days.values()].sort((a, b) => b.day.localeCompare(a.day));
}

/** A day in UTC. */
const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);
