import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { ConflictError } from '../../domain/errors.js';
import type { Migration } from '../../domain/migration.js';
import { stampAfter } from '../../domain/record.js';
import { migrations } from '../../storage/collections.js';
import type { Change, Store } from '../../storage/store.js';
import { codeOf } from '../../util/errors.js';
import { createMutex } from '../../util/mutex.js';
import { SupersededError } from '../errors.js';

/**
 * The record of a migration that this process runs, under its lease. Taking the migration over increments its token; from
 * then on, writes of earlier runners are refused.
 */
export interface MigrationRecord {
  /** The record as last read or written. */
  readonly current: Migration;
  /** The record as it is now. @throws SupersededError when another runner has it */
  read(): Promise<Migration>;
  /**
   * Applies a change to the record as it is now, commands that came meanwhile included, and renews the lease. The changes in
   * `also` are part of the same commit.
   * @throws SupersededError when another runner has it
   * @throws ConflictError when a record in `also` has changed
   */
  write(change: (current: Migration) => Partial<Migration>, also?: readonly Change[]): Promise<Migration>;
  /** Releases the lease. */
  release(): Promise<void>;
}

/** The author of a migration's commits in the log. */
export const ACTOR = 'migration';
/** How long a lease lasts without renewal, in ms. Two runners at once do no harm: the later token wins everywhere. */
export const LEASE_MS = 15_000;
/** Enough for commands and progress that collide: each lost race means that another write succeeded. */
const MAX_ATTEMPTS = 100;

/** The runners of this process that haven't closed. */
const LIVING = new Set<string>();

/** A name for a runner, by which others on the machine can tell whether it is alive. */
export function newHolder(): { readonly name: string; close(): void } {
  const name = `${hostname()}:${process.pid}:${randomBytes(6).toString('hex')}`;
  LIVING.add(name);
  return { name, close: () => void LIVING.delete(name) };
}

export interface MigrationRecordParts {
  readonly catalog: Store;
  /** The name of the runner that takes it over. */
  readonly holder: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Takes a migration over; null when another runner holds it, or it no longer exists. */
export async function takeOver(parts: MigrationRecordParts, id: string): Promise<MigrationRecord | null> {
  const { catalog, holder, now } = parts;
  const found = await find(catalog, id);
  if (!found || (found.runner.holder !== holder && heldFor(found, now()) > 0)) return null;
  // An ended migration writes to no store: it keeps its tokens, and the next migration's are above them.
  const isKept = isFresh(found) || found.endedAt !== null;
  const token = isKept ? found.runner.token : found.runner.token + 1;
  // The pacing is measured again: until then, writes don't wait.
  const progress = { ...found.progress, pacing: 0 };
  const taken = { ...found, progress, runner: { ...found.runner, token, ...leased(holder, now()) } };
  try {
    return createMigrationRecord(parts, await commit(catalog, found, taken, [], now()));
  } catch (error) {
    if (error instanceof ConflictError) return null;
    throw error;
  }
}

/** How long another runner still holds the lease, in ms; 0 when it can be taken over. */
export function heldFor({ runner: { holder, until } }: Migration, now: number): number {
  if (holder === null || until === null || isDead(holder)) return 0;
  const left = Date.parse(until) - now;
  // A clock that was set back must not block anyone.
  return left > LEASE_MS ? 0 : Math.max(0, left);
}

function createMigrationRecord({ catalog, holder, now }: MigrationRecordParts, taken: Migration): MigrationRecord {
  const { id } = taken;
  const { token } = taken.runner;
  let current = taken;
  // One write at a time, each on top of the last.
  const exclusively = createMutex();

  async function read(): Promise<Migration> {
    const found = await find(catalog, id);
    if (!found || found.runner.token !== token || found.runner.holder !== holder) throw new SupersededError(id);
    if (found.version >= current.version) current = found;
    return found;
  }

  async function writeNow(change: (current: Migration) => Partial<Migration>, also: readonly Change[]) {
    for (let attempt = 1; ; attempt += 1) {
      const before = await read();
      const after = { ...before, runner: { ...before.runner, ...leased(holder, now()) }, ...change(before) };
      try {
        current = await commit(catalog, before, after, also, now());
        return current;
      } catch (error) {
        const isOurs = error instanceof ConflictError && error.recordId === id;
        if (!isOurs || attempt === MAX_ATTEMPTS) throw error;
      }
    }
  }

  function write(change: (current: Migration) => Partial<Migration>, also: readonly Change[] = []): Promise<Migration> {
    return exclusively(() => writeNow(change, also));
  }

  return {
    get current() {
      return current;
    },
    read,
    write,
    async release() {
      await write(({ runner }) => ({ runner: { ...runner, holder: null, until: null } }));
    },
  };
}

async function find(catalog: Store, id: string): Promise<Migration | null> {
  const [found] = await catalog.collection(migrations).get([id]);
  return found ?? null;
}

async function commit(catalog: Store, before: Migration, after: Migration, also: readonly Change[], now: number) {
  const at = new Date(now).toISOString();
  const document: Migration = { ...after, ...stampAfter(before, at) };
  const change: Change = { kind: 'put', collection: migrations.name, operation: 'UPDATE', document };
  const context = { epoch: await catalog.epoch(), actor: ACTOR, requestId: before.id, at: document.updatedAt };
  await catalog.commit([change, ...also], context);
  return document;
}

function leased(holder: string, now: number): { readonly holder: string; readonly until: string } {
  return { holder, until: new Date(now + LEASE_MS).toISOString() };
}

/** Whether it was never run. */
function isFresh({ runner: { holder, until, token, firstToken }, version }: Migration): boolean {
  return holder === null && until === null && token === firstToken && version === 1;
}

/** Whether the holder is a runner of this machine that ended. */
function isDead(holder: string): boolean {
  const [host, pid] = holder.split(':');
  if (host !== hostname()) return false;
  if (Number(pid) === process.pid) return !LIVING.has(holder);
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}
