import { randomUUID } from 'node:crypto';
import { InvalidInputError } from '../domain/errors.js';
import { CATALOG_KEY, type IdGenerator } from '../domain/id.js';
import { newBase, stampAfter } from '../domain/record.js';
import type { Usage } from '../domain/usage.js';
import { usage } from '../storage/collections.js';
import type { Condition, Store } from '../storage/store.js';
import { createMutex } from '../util/mutex.js';
import { listAll } from './records/queries.js';
import type { Router } from './records/store-router.js';
import { put, type Transact } from './records/transaction.js';

/**
 * What projects spend on paid embeddings. It is kept when a project is purged: the money was spent, and the record shows
 * nothing of what was embedded.
 */
export interface UsageService {
  /** Adds to what a project used today. Collected, and written within a second. */
  record(spent: Spent): void;
  /** Writes what was collected so far. What can't be written now stays pending. @throws StoreError */
  flush(): Promise<void>;
  /** What a project used, by day and model, oldest first. */
  ofProject(projectId: string, range: DayRange): Promise<readonly Usage[]>;
}

export interface Spent {
  readonly projectId: string;
  readonly model: string;
  readonly requests: number;
  /** As the provider counted them. */
  readonly tokens: number;
  /** Null when the model's price isn't known. */
  readonly dollars: number | null;
}

/** Days in UTC such as `2026-01-31`, both included. */
export interface DayRange {
  /** Left out: 30 days before the last one. */
  readonly from?: string | null | undefined;
  /** Left out: today. */
  readonly to?: string | null | undefined;
}

/** How long usage is collected before it is written, in milliseconds. */
const COLLECT_MS = 1_000;
const DAY_MS = 86_400_000;
/** Days of usage that are read when no range is given, and the most. */
export const DEFAULT_DAYS = 30;
export const MAX_DAYS = 366;
/** Days of earlier years are written with a sign. */
const FIRST_DAY = Date.parse('0000-01-01');
const ACTOR = 'usage';
/** Entries of a record's log that are searched for a commit of unknown outcome: at most one a second is written. */
const RECENT = 100;

type Amounts = Pick<Usage, 'requests' | 'tokens' | 'dollars'>;
type Slot = Pick<Usage, 'projectId' | 'day' | 'model'>;

/** What is written in one commit. */
interface Batch {
  readonly items: readonly (Slot & Amounts)[];
  /** Identifies the commit in the log. */
  readonly requestId: string;
  /** Whether an attempt failed that may have been written nevertheless. */
  isUncertain: boolean;
}

export function createUsageService(
  router: Router,
  transact: Transact,
  newId: IdGenerator,
  now: () => number,
): UsageService {
  let collected = new Map<string, Slot & Amounts>();
  let batch: Batch | null = null;
  let isScheduled = false;
  const exclusively = createMutex();
  const inCatalog = () => router.toCatalog(CATALOG_KEY);

  const flush = (): Promise<void> => exclusively(writeAll);

  function writeLater(): void {
    if (isScheduled) return;
    isScheduled = true;
    setTimeout(() => {
      isScheduled = false;
      // What failed is retried; `flush` rejects for those that wait for it.
      flush().catch(writeLater);
    }, COLLECT_MS).unref();
  }

  async function writeAll(): Promise<void> {
    for (batch ??= nextBatch(); batch; batch = nextBatch()) {
      await writeBatch(batch);
    }
  }

  function nextBatch(): Batch | null {
    if (collected.size === 0) return null;
    const items = [...collected.values()];
    collected = new Map();
    return { items, requestId: `usage-${randomUUID()}`, isUncertain: false };
  }

  async function writeBatch(pending: Batch): Promise<void> {
    const { items, requestId, isUncertain } = pending;
    pending.isUncertain = true;
    await transact({ actor: ACTOR, requestId }, inCatalog, async ({ store }, at) => {
      const before = await Promise.all(items.map((item) => find(store, item)));
      if (isUncertain && (await isWritten(store, before, requestId))) return { changes: [], result: undefined };
      const changes = items.map((item, index) => {
        const known = before[index];
        return put(usage, known ? 'UPDATE' : 'CREATE', known ? increased(known, item, at) : created(item, at));
      });
      return { changes, result: undefined };
    });
  }

  function created({ projectId, day, model, requests, tokens, dollars }: Slot & Amounts, at: string): Usage {
    return { ...newBase(newId('usage', CATALOG_KEY), at), projectId, day, model, requests, tokens, dollars };
  }

  return {
    record({ projectId, model, ...amounts }) {
      const day = toDay(now());
      const key = JSON.stringify([projectId, day, model]);
      collected.set(key, { projectId, day, model, ...sum(collected.get(key), amounts) });
      writeLater();
    },

    flush,

    async ofProject(projectId, range) {
      const { from, to } = toRange(range, now());
      // What can't be written now is missing from the result, not lost.
      await flush().catch(() => undefined);
      const { store } = await inCatalog();
      const where = [
        { field: 'projectId', is: projectId },
        // `T` sorts after the day itself; the day after 9999-12-31 would sort before all others.
        { field: 'day', gte: from, lt: `${to}T` },
      ];
      const found = await listAll(store, usage, { where, deleted: 'EXCLUDE', field: 'day' });
      return found.sort((a, b) => a.day.localeCompare(b.day) || a.model.localeCompare(b.model));
    },
  };
}

async function find(store: Store, { projectId, day, model }: Slot): Promise<Usage | null> {
  const where: Condition[] = Object.entries({ projectId, day, model }).map(([field, is]) => ({ field, is }));
  const order = { field: 'day', direction: 'ASC' } as const;
  const { items } = await store.collection(usage).list({ where, order, limit: 1 });
  return items[0] ?? null;
}

/** Whether the batch's commit is in the log: one of its entries stands for all. */
async function isWritten(store: Store, records: readonly (Usage | null)[], requestId: string): Promise<boolean> {
  const known = records.find((record) => record !== null);
  if (!known) return false;
  const { items } = await store.log.list({ recordId: known.id, direction: 'DESC', limit: RECENT });
  return items.some(({ entry }) => entry.requestId === requestId);
}

function increased(before: Usage, amounts: Amounts, at: string): Usage {
  return { ...before, ...sum(before, amounts), ...stampAfter(before, at) };
}

/** The dollars of a sum are known when all of its parts' are. */
function sum(a: Amounts | undefined, { requests, tokens, dollars }: Amounts): Amounts {
  if (!a) return { requests, tokens, dollars };
  return {
    requests: a.requests + requests,
    tokens: a.tokens + tokens,
    dollars: a.dollars === null || dollars === null ? null : a.dollars + dollars,
  };
}

function toRange(range: DayRange, now: number): { readonly from: string; readonly to: string } {
  const to = range.to ?? toDay(now);
  requireDay(to, 'to');
  const from = range.from ?? toDay(Math.max(Date.parse(to) - DEFAULT_DAYS * DAY_MS, FIRST_DAY));
  requireDay(from, 'from');
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  if (days >= 1 && days <= MAX_DAYS) return { from, to };
  throw new InvalidInputError(
    days < 1 ? '`from` is after `to`.' : `From \`from\` to \`to\` are ${days} days.`,
    days < 1 ? 'Swap the two.' : `Ask for at most ${MAX_DAYS} days at a time.`,
    'from',
  );
}

function requireDay(day: string, field: string): void {
  const time = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(day) : Number.NaN;
  // `Date` reads 30 February as 2 March.
  if (!Number.isNaN(time) && toDay(time) === day) return;
  throw new InvalidInputError(`\`${field}\` isn't a day.`, 'Give a day in UTC, such as 2026-01-31.', field);
}

function toDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
