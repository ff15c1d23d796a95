import { parseInput } from '../../domain/fields/parse.js';
import { LOG_START, type LogPosition, positionAfter } from '../../domain/log-position.js';
import { type Migration, shownPhase } from '../../domain/migration.js';
import type { Repository } from '../../repositories/repository.js';
import { migrations } from '../../storage/collections.js';
import type { LogImage, LogQuery, Page, Store } from '../../storage/store.js';
import { upgradeMigration } from '../../storage/upgrades.js';
import { migrationTarget } from '../input/migration.js';
import type { ChangeEvent } from '../subscriptions/change-event.js';
import { type ChangeFeed, createChangeFeed } from '../subscriptions/change-feed.js';
import { cursorAt, positionOf } from '../subscriptions/log-cursor.js';
import { throttle } from '../subscriptions/throttle.js';
import { noMigration } from './active.js';
import type { MigrationEvent, MigrationFilter, MigrationService } from './contract.js';
import { interruptible } from './interruptible.js';

/** The least time between two events of one subscriber, in ms: ten a second. */
const PACE_MS = 100;
/** How many missed versions of a record are read at once. */
const PAGE_SIZE = 200;

/** Every version of a migration's record is an event of its progress: the catalog's log has all of them. */
export function createMigrationProgress(
  catalog: Store,
  all: Repository<Migration, MigrationFilter>,
): Pick<MigrationService, 'cursorOf' | 'progress'> {
  let feed: ChangeFeed | null = null;
  /** The version of each change, shared by all subscribers, so that it is read once. */
  const versionsOf = new WeakMap<ChangeEvent, Promise<Version | null>>();

  /** All followers of migrations share one feed, as long as there are any. */
  function follow(after: LogPosition): AsyncIterableIterator<ChangeEvent> {
    if (!feed || feed.isOver()) {
      const collections = { [migrations.name]: all };
      feed = createChangeFeed({
        name: 'the progress of migrations',
        store: catalog,
        collections,
        onIdle: () => undefined,
      });
    }
    return feed.follow(after);
  }

  /** The last version of each phase that was written after this position, in order. */
  async function* missed(id: string, position: LogPosition): AsyncGenerator<Version> {
    let held: Version | null = null;
    for (let after = position.seq, hasMore = true; hasMore; ) {
      const page = await readLog({ recordId: id, direction: 'ASC', after, limit: PAGE_SIZE });
      for (const { entry, after: image } of page.items) {
        if (!image) continue;
        const version = versionAt(positionAfter(entry), migrationOf(image));
        if (held && !isSamePhase(version, held)) yield held;
        held = version;
      }
      after = page.items.at(-1)?.entry.seq ?? after;
      hasMore = page.hasMore;
    }
    if (held) yield held;
  }

  /** The missed versions, or the current one, then every version as it is written; ends with the migration. */
  async function* versions(id: string, from: LogPosition, isResumed: boolean, live: Live): AsyncGenerator<Version> {
    let last: Version | null = null;
    for await (const version of isResumed ? missed(id, from) : []) {
      last = version;
      yield version;
    }
    if (!last) {
      last = versionAt(from, await get(id));
      yield last;
    }
    if (last.event.migration.endedAt !== null || !live.isOpen) return;
    live.changes = follow(last.at);
    for await (const change of live.changes) {
      const { entry } = change;
      if (entry.recordId !== id) continue;
      if (entry.operation === 'PURGE') return;
      if (entry.version <= last.event.migration.version) continue;
      const version = await versionIn(change);
      if (!version) continue;
      last = version;
      yield last;
      if (last.event.migration.endedAt !== null) return;
    }
  }

  async function* shown(throttled: AsyncIterable<Version>): AsyncGenerator<MigrationEvent> {
    for await (const { event } of throttled) yield event;
  }

  function versionIn(change: ChangeEvent): Promise<Version | null> {
    let version = versionsOf.get(change);
    if (!version) {
      version = versionOf(change);
      versionsOf.set(change, version);
      version.catch(() => versionsOf.delete(change));
    }
    return version;
  }

  function readLog(query: LogQuery): Promise<Page<LogImage>> {
    return catalog.log.list(query);
  }

  /** The oldest position that a cursor can have. */
  async function atFloor(floor: number): Promise<LogPosition> {
    const [entry] = floor > 0 ? await catalog.log.read(floor - 1, 1) : [];
    return entry ? positionAfter(entry) : LOG_START;
  }

  async function get(id: string): Promise<Migration> {
    const [found] = await all.get([id]);
    if (found) return found;
    throw noMigration(id);
  }

  return {
    async cursorOf({ id, version }) {
      const { floor } = await catalog.log.head();
      for (let after: number | null = null; ; ) {
        const { items, hasMore } = await readLog({ recordId: id, direction: 'DESC', limit: 10, after });
        const entry = items.find((item) => item.entry.version <= version)?.entry;
        if (entry && entry.seq >= floor) return cursorAt(nameOf(id), positionAfter(entry));
        if (entry || !hasMore) return cursorAt(nameOf(id), await atFloor(floor));
        after = items.at(-1)?.entry.seq ?? null;
      }
    },

    async progress(given, after) {
      const { id } = parseInput(migrationTarget, { id: given });
      // Read before the record, so that no later version is missed.
      const position = await positionOf(catalog, nameOf(id), after);
      await get(id);
      const live: Live = { isOpen: true, changes: null };
      const interrupt = () => {
        live.isOpen = false;
        void live.changes?.return?.();
      };
      const all = versions(id, position, after !== null, live);
      return interruptible(shown(throttle(all, PACE_MS, isSamePhase)), interrupt);
    },
  };
}

/** A version of the record, and the position of the log entry that wrote it. */
interface Version {
  readonly at: LogPosition;
  readonly event: MigrationEvent;
}

function versionAt(at: LogPosition, migration: Migration): Version {
  return { at, event: { cursor: cursorAt(nameOf(migration.id), at), migration } };
}

/** What a subscriber follows after the missed versions. */
interface Live {
  isOpen: boolean;
  changes: AsyncIterableIterator<ChangeEvent> | null;
}

function nameOf(id: string): string {
  return `progress of ${id}`;
}

/** The record as the entry left it; null when that isn't kept. */
async function versionOf({ entry, record, after }: ChangeEvent): Promise<Version | null> {
  const image = record?.version === entry.version ? record : await after();
  return image && versionAt(positionAfter(entry), migrationOf(image));
}

/** A record as the log or the catalog has it, in the shape of this version. */
function migrationOf(image: object): Migration {
  return upgradeMigration(image as Migration);
}

function isSamePhase({ event: { migration: a } }: Version, { event: { migration: b } }: Version): boolean {
  return (
    shownPhase(a) === shownPhase(b) &&
    a.isRollingBack === b.isRollingBack &&
    (a.endedAt === null) === (b.endedAt === null)
  );
}
