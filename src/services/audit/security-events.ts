import { randomUUID } from 'node:crypto';
import { networkOf } from '../../domain/access/addresses.js';
import type { SecurityEvent } from '../../domain/access/security-event.js';
import { SERVER_ACTORS } from '../../domain/author.js';
import { CATALOG_KEY, type IdGenerator } from '../../domain/id.js';
import { latest, newBase, stampAfter } from '../../domain/record.js';
import { securityEvents } from '../../storage/account-collections.js';
import type { Store } from '../../storage/store.js';
import { createMutex } from '../../util/mutex.js';
import { plainLine } from '../../util/text/plain.js';
import type { Router } from '../records/store-router.js';
import { put, type Transact } from '../records/transaction.js';
import type { AuditService, SecurityNote } from './contract.js';

/** Different ones of a kind that are told apart within an hour. The others are counted together. */
export const MOST_TOLD_APART = 50;
/** In place of an address, for those. */
export const OTHERS = 'others';
/** How often at most what was noted is written, and how soon when nothing was for so long, in milliseconds. */
const WRITE_EVERY_MS = 60_000;
const FIRST_WRITE_MS = 1_000;
/** Characters of a detail that are kept. */
const MAX_DETAIL = 100;
/** Who writes what has no actor of its own. */
const ACTOR = SERVER_ACTORS.audit;

type Key = Pick<SecurityEvent, 'kind' | 'hour' | 'address' | 'actor' | 'projectId' | 'detail'>;
const KEYS = ['kind', 'hour', 'address', 'actor', 'projectId', 'detail'] as const satisfies readonly (keyof Key)[];

/** What this process noted of one event. */
interface Tally extends Key {
  count: number;
  firstAt: string;
  lastAt: string;
  /** How many of them are written, or about to be. */
  taken: number;
}

/** What is written in one commit, again and again until it is. */
interface Batch {
  readonly actor: string;
  readonly items: readonly { readonly tally: Tally; readonly added: number }[];
  /** Identifies the commit in the log. */
  readonly requestId: string;
}

/**
 * Counts events by kind, hour, address, actor and project, and writes the counts: soon when an event is new, and then each
 * time that its count has doubled and when its hour is over. So ten thousand failures from one address are some fifteen
 * entries in the log, and those from a thousand addresses not many more than those from `MOST_TOLD_APART`.
 */
export function createSecurityEvents(
  router: Router,
  transact: Transact,
  newId: IdGenerator,
  now: () => number,
): Pick<AuditService, 'note' | 'flush'> {
  const tallies = new Map<string, Tally>();
  let batches: readonly Batch[] = [];
  let isScheduled = false;
  let lastWrite = Number.NEGATIVE_INFINITY;
  const exclusively = createMutex();

  function tallyOf(key: Key, at: string): Tally {
    const known = tallies.get(nameOf(key));
    if (known) return known;
    const apart = [...tallies.values()].filter(({ kind, hour }) => kind === key.kind && hour === key.hour).length;
    if (apart >= MOST_TOLD_APART && key.address !== OTHERS)
      return tallyOf({ ...key, address: OTHERS, actor: '', projectId: '', detail: '' }, at);
    const tally = { ...key, count: 0, firstAt: at, lastAt: at, taken: 0 };
    tallies.set(nameOf(key), tally);
    return tally;
  }

  function note({ kind, address = '', actor = '', projectId = '', detail }: SecurityNote): void {
    const at = new Date(now()).toISOString();
    const tally = tallyOf(
      {
        ...{ kind, hour: hourOf(at), actor, projectId },
        address: networkOf(address),
        detail: plainLine(detail).slice(0, MAX_DETAIL),
      },
      at,
    );
    tally.count += 1;
    tally.lastAt = latest(at, tally.lastAt);
    writeLater();
  }

  function writeLater(): void {
    if (isScheduled) return;
    isScheduled = true;
    setTimeout(
      () => {
        isScheduled = false;
        // What failed is written with what comes next; `flush` rejects for those that wait for it.
        write((tally) => isDue(tally, hourOf(new Date(now()).toISOString())))
          .catch(() => undefined)
          .then(() => {
            if (batches.length > 0 || [...tallies.values()].some(isPending)) writeLater();
          });
      },
      Math.max(FIRST_WRITE_MS, lastWrite + WRITE_EVERY_MS - performance.now()),
    ).unref();
  }

  const write = (isWanted: (tally: Tally) => boolean): Promise<void> =>
    exclusively(async () => {
      lastWrite = performance.now();
      batches = [...batches, ...take([...tallies.values()].filter((tally) => isPending(tally) && isWanted(tally)))];
      for (let [batch] = batches; batch; [batch] = batches) {
        await writeBatch(batch);
        batches = batches.slice(1);
      }
      const hour = hourOf(new Date(now()).toISOString());
      for (const [name, tally] of tallies) if (tally.hour < hour && !isPending(tally)) tallies.delete(name);
    });

  async function writeBatch({ actor, items, requestId }: Batch): Promise<void> {
    const inCatalog = () => router.toCatalog(CATALOG_KEY);
    await transact({ actor, requestId }, inCatalog, async ({ store }, at) => {
      // An earlier attempt may have been committed although it failed.
      const [written] = await store.log.listHeaders({ requestId, direction: 'ASC', limit: 1 });
      if (written) return { changes: [], result: undefined };
      const changes = await Promise.all(
        items.map(async ({ tally, added }) => {
          const known = await find(store, tally);
          return known
            ? put(securityEvents, 'UPDATE', increased(known, tally, added, at))
            : put(securityEvents, 'CREATE', created(newId('securityEvent', CATALOG_KEY), tally, added, at));
        }),
      );
      return { changes, result: undefined };
    });
  }

  return { note, flush: () => write(() => true) };
}

const nameOf = (key: Key): string => JSON.stringify(KEYS.map((field) => key[field]));
const hourOf = (at: string): string => at.slice(0, 'yyyy-mm-ddThh'.length);
const isPending = ({ count, taken }: Tally): boolean => count > taken;
const isDue = ({ count, taken, hour }: Tally, current: string): boolean => count >= 2 * taken || hour < current;

/** Batches of what isn't written yet, one for each actor: it is who wrote them, in the log. */
function take(pending: readonly Tally[]): readonly Batch[] {
  const byActor = new Map<string, Tally[]>();
  for (const tally of pending) {
    const actor = tally.actor || ACTOR;
    byActor.set(actor, [...(byActor.get(actor) ?? []), tally]);
  }
  return [...byActor].map(([actor, tallies]) => ({
    actor,
    requestId: `audit-${randomUUID()}`,
    items: tallies.map((tally) => {
      const added = tally.count - tally.taken;
      tally.taken = tally.count;
      return { tally, added };
    }),
  }));
}

async function find(store: Store, tally: Tally): Promise<SecurityEvent | null> {
  const where = KEYS.map((field) => ({ field, is: tally[field] }));
  const order = { field: 'hour', direction: 'ASC' } as const;
  const { items } = await store.collection(securityEvents).list({ where, order, limit: 1 });
  return items[0] ?? null;
}

function created(id: string, { taken: _, ...tally }: Tally, added: number, at: string): SecurityEvent {
  return { ...newBase(id, at), ...tally, count: added };
}

function increased(before: SecurityEvent, { lastAt }: Tally, added: number, at: string): SecurityEvent {
  const count = before.count + added;
  return { ...before, count, lastAt: latest(lastAt, before.lastAt), ...stampAfter(before, at) };
}
