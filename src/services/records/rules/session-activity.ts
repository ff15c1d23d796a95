import type { IdGenerator } from '../../../domain/id.js';
import type { Memory } from '../../../domain/memory.js';
import { newBase, stampAfter } from '../../../domain/record.js';
import { SESSION_DEFAULTS, type Session, titleOf } from '../../../domain/session.js';
import { memories, sessions } from '../../../storage/collections.js';
import type { Change, Store } from '../../../storage/store.js';
import { findByValues } from '../queries.js';
import type { StoreRoute } from '../store-router.js';
import { check, put } from '../transaction.js';
import type { RecordDraft } from './contract.js';

/**
 * How long a session's `activeAt` may be behind, in milliseconds, while it is the one that was active last, or memories are
 * saved concurrently, which have no order. Its writers would otherwise all write it, and of those that do so at once only one
 * succeeds; and each message would raise its version.
 */
const BEHIND_MS = 1_000;

interface Joining {
  /** Time of the commit. */
  readonly at: string;
  readonly newId: IdGenerator;
  /** Whether other memories are being saved in the project. */
  readonly isBusy: boolean;
}

/** What the memories of one commit mean for a session that they join. */
interface Arrival {
  readonly key: string;
  /** The earliest `occurredAt`. */
  readonly startedAt: string;
  /** The latest one, unless it is later than the commit. */
  readonly activeAt: string;
  /** The title that the first message of a user gives, if it is new. */
  readonly title: string | null;
  /** Whether an answer is among them, which ends streaming. */
  readonly isAnswered: boolean;
}

/**
 * The sessions that memories join: puts of those that begin or change, and checks of the others, so that none is deleted
 * meanwhile without them.
 */
export async function joinSessions(
  { store, projectKey }: StoreRoute,
  drafts: readonly RecordDraft<Memory>[],
  { at, newId, isBusy }: Joining,
): Promise<Change[]> {
  if (drafts.length === 0) return [];
  const arrivals = arrivalsOf(drafts, at);
  const [live, last] = await Promise.all([
    findByValues(store, sessions, 'key', [...arrivals.keys()], 'EXCLUDE'),
    isBusy ? null : findLastActive(store),
  ]);
  const now = after(last?.activeAt ?? null, at);
  return Promise.all(
    [...arrivals.values()].map(async (arrival) => {
      const activeAt = arrival.activeAt === at ? now : arrival.activeAt;
      const session = live.get(arrival.key);
      if (!session) return put(sessions, 'CREATE', begin(newId('session', projectKey), { ...arrival, activeAt }, at));
      const mayBeBehind = isBusy || session.id === last?.id;
      const changed = await changes(store, session, { ...arrival, activeAt }, mayBeBehind);
      return changed === session
        ? check(sessions, session)
        : put(sessions, 'UPDATE', { ...changed, ...stampAfter(session, at) });
    }),
  );
}

function arrivalsOf(drafts: readonly RecordDraft<Memory>[], at: string): ReadonlyMap<string, Arrival> {
  const arrivals = new Map<string, Arrival>();
  const inOrder = drafts.toSorted((a, b) => Date.parse(a.after.occurredAt) - Date.parse(b.after.occurredAt));
  for (const {
    operation,
    after: { sessionId, occurredAt, role, content },
  } of inOrder) {
    const known = arrivals.get(sessionId!);
    const isNew = operation === 'CREATE';
    arrivals.set(sessionId!, {
      key: sessionId!,
      startedAt: known?.startedAt ?? occurredAt,
      activeAt: occurredAt < at ? occurredAt : at,
      title: known?.title ?? (isNew && role === 'USER' ? titleOf(content) : null),
      isAnswered: known?.isAnswered || (isNew && role === 'ASSISTANT'),
    });
  }
  return arrivals;
}

/** The live session that was active last. */
async function findLastActive(store: Store): Promise<Session | null> {
  const order = { field: 'activeAt', direction: 'DESC' } as const;
  const { items } = await store.collection(sessions).list({ order, limit: 1 });
  return items[0]?.activeAt ? items[0] : null;
}

/** The time of a commit as that of an activity: after the last one, even if both are in one millisecond. */
function after(last: string | null, at: string): string {
  const ahead = last === null ? -1 : Date.parse(last) - Date.parse(at);
  // A clock that is right again doesn't follow one that was wrong.
  return ahead >= 0 && ahead < BEHIND_MS ? new Date(Date.parse(at) + ahead + 1).toISOString() : at;
}

function begin(id: string, { key, startedAt, activeAt, title }: Arrival, at: string): Session {
  return { ...newBase(id, at), ...SESSION_DEFAULTS, key, title, startedAt, activeAt };
}

/** A session with what arrives in it. It is the same one if nothing changes, or only by how much its `activeAt` may be behind. */
async function changes(store: Store, session: Session, arrival: Arrival, mayBeBehind: boolean): Promise<Session> {
  const activeAt = laterActivity(session, arrival);
  const streamingStatus = arrival.isAnswered ? null : session.streamingStatus;
  const title = session.title ?? (await titleBy(store, arrival));
  const isSame = streamingStatus === session.streamingStatus && title === session.title;
  if (isSame && (activeAt === session.activeAt || (mayBeBehind && isNear(session.activeAt, activeAt)))) return session;
  return { ...session, activeAt, streamingStatus, title };
}

/** That of a session of an earlier version isn't known, so only what happens now is later. */
function laterActivity({ activeAt, updatedAt }: Session, arrival: Arrival): string | null {
  return arrival.activeAt > (activeAt ?? updatedAt) ? arrival.activeAt : activeAt;
}

function isNear(known: string | null, activeAt: string | null): boolean {
  return known !== null && activeAt !== null && Date.parse(activeAt) - Date.parse(known) < BEHIND_MS;
}

/** The title that a message gives an existing session; null if it isn't the first one of a user, unless that one gave none. */
async function titleBy(store: Store, { key, title }: Arrival): Promise<string | null> {
  if (title === null) return null;
  const { items } = await store.collection(memories).list({
    where: [
      { field: 'sessionId', is: key },
      { field: 'role', is: 'USER' },
    ],
    order: { field: 'occurredAt', direction: 'ASC' },
    limit: 1,
  });
  return items.every(({ content }) => titleOf(content) === null) ? title : null;
}
