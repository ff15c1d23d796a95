import DataLoader from 'dataloader';
import type { ApiKey } from '../domain/access/api-key.js';
import { NotFoundError } from '../domain/errors.js';
import { PREFIXES, parseCatalogId, parseId, prefixOf, projectKeyOf, type RecordKind } from '../domain/id.js';
import type { Memory } from '../domain/memory.js';
import type { Migration } from '../domain/migration.js';
import type { Project } from '../domain/project.js';
import type { RecordBase } from '../domain/record.js';
import type { Session } from '../domain/session.js';
import type { State } from '../domain/state.js';
import type { Task } from '../domain/task.js';
import type { Repositories } from '../repositories/project-repositories.js';
import { accountKindOf, type VisibleAccounts } from './visible/accounts.js';
import type { VisibleCatalog } from './visible/catalog.js';

/** The batched and cached reads of one request. */
export interface Loaders {
  /** The record of any well-formed id, deleted ones included; null when there is none, or its project is deleted. */
  record(id: string): Promise<RecordBase | null>;
  /** The same for an id known to be of this kind. */
  find<K extends RecordKind>(kind: K, id: string): Promise<RecordOf[K] | null>;
  /** The user, role, grant or key of an id, without a check of rights: for fields that decide themselves what to show of it. */
  account(id: string): Promise<RecordBase | null>;
  /** The live session that a memory's key names; null when it names none. */
  sessionOf(memory: Memory): Promise<Session | null>;
  /** Number of live memories in a session, and the time of the latest. */
  memoryTotals(session: Session): Promise<MemoryTotals>;
  /** The project's migration that has not ended; null when there is none. */
  activeMigrationOf(project: Project): Promise<Migration | null>;
  clear(): void;
}

/** The record of each kind of id. */
export interface RecordOf {
  readonly project: Project;
  readonly task: Task;
  readonly memory: Memory;
  readonly session: Session;
  readonly state: State;
}

export interface MemoryTotals {
  readonly count: number;
  readonly lastAt: string | null;
}

/** The loaders of one request. */
export function createLoaders(
  catalog: VisibleCatalog,
  accounts: VisibleAccounts,
  keys: (ids: readonly string[]) => Promise<readonly (ApiKey | null)[]>,
  repositories: (id: string) => Promise<Repositories>,
): Loaders {
  const people = new DataLoader<string, RecordBase | null>((ids) => inGroups(ids, groupOfId, accounts.get));
  const records = new DataLoader<string, RecordBase | null>((ids) =>
    inGroups(ids, groupOfId, async (group) => {
      const kind = parseId(group[0]!)?.kind;
      if (kind === 'project') return catalog.projects.get(group);
      if (parseCatalogId(group[0]!) === 'migration') return catalog.migrations.get(group);
      if (parseCatalogId(group[0]!) === 'apiKey') return keys(group);
      const project = await unlessMissing(repositories(group[0]!));
      return project && kind ? byKind(project, kind, group) : group.map(() => null);
    }),
  );
  const totals = new DataLoader<Session, MemoryTotals, string>(
    (sessions) =>
      inGroups(
        sessions,
        (session) => groupOfId(session.id),
        async (group) => (await repositories(group[0]!.id)).sessions.memoryTotals(group.map((each) => each.key)),
      ),
    { cacheKeyFn: (session) => session.id },
  );
  const sessions = new DataLoader<Memory, Session | null, string>(
    (memories) =>
      inGroups(
        memories,
        (memory) => groupOfId(memory.id),
        async (group) => {
          const { sessions } = await repositories(group[0]!.id);
          const keys = group.map((memory) => memory.sessionId ?? '');
          const pages = await sessions.listByParents('key', keys, {
            filter: {},
            deleted: 'EXCLUDE',
            order: { field: 'startedAt', direction: 'DESC' },
            limit: 1,
          });
          return pages.map(({ items }) => items[0] ?? null);
        },
      ),
    { cacheKeyFn: (memory) => projectKeyOf(memory.id) + memory.sessionId },
  );
  const active = new DataLoader<string, Migration | null>(async (ids) => {
    const order = { field: 'activeFor', direction: 'ASC' } as const;
    const query = { filter: { activeFor: ids }, deleted: 'EXCLUDE', order, limit: ids.length } as const;
    const { items } = await catalog.migrations.list(query);
    return ids.map((id) => items.find(({ activeFor }) => activeFor === id) ?? null);
  });
  const record = async (id: string) => {
    const kind = accountKindOf(id);
    // Which keys somebody sees, their service knows.
    if (kind === null || kind === 'apiKey') return records.load(id);
    const found = await people.load(id);
    return found && accounts.isVisible(found) ? found : null;
  };
  return {
    record,
    find: <K extends RecordKind>(_kind: K, id: string) => record(id) as Promise<RecordOf[K] | null>,
    account: (id) => people.load(id),
    sessionOf: (memory) => (memory.sessionId === null ? Promise.resolve(null) : sessions.load(memory)),
    memoryTotals: (session) => totals.load(session),
    activeMigrationOf: ({ id }) => active.load(id),
    clear: () => {
      records.clearAll();
      people.clearAll();
      active.clearAll();
      totals.clearAll();
      sessions.clearAll();
    },
  };
}

/** Hits of a search with their records. Records deleted since the index was searched are left out. */
export async function withNodes<K extends RecordKind, H extends { readonly id: string }>(
  loaders: Loaders,
  kind: K,
  hits: readonly H[],
): Promise<(H & { readonly node: RecordOf[K] })[]> {
  const nodes = await Promise.all(hits.map(({ id }) => loaders.find(kind, id)));
  return hits.flatMap((hit, index) => {
    const node = nodes[index];
    return node && !node.deletedAt ? [{ ...hit, node }] : [];
  });
}

/** Returns the result of a lookup, or null instead of a `NotFoundError`. */
export async function unlessMissing<T>(lookup: Promise<T>): Promise<T | null> {
  try {
    return await lookup;
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}

/** Loads keys group by group and returns the results in the keys' order. An error of a group affects only its own keys. */
export async function inGroups<K, V>(
  keys: readonly K[],
  groupOf: (key: K) => string,
  answer: (group: readonly K[]) => Promise<readonly (V | Error)[]>,
): Promise<(V | Error)[]> {
  const groups = new Map<string, number[]>();
  for (const [index, key] of keys.entries()) {
    const group = groupOf(key);
    const members = groups.get(group);
    if (members) members.push(index);
    else groups.set(group, [index]);
  }
  const results = new Array<V | Error>(keys.length);
  await Promise.all(
    [...groups.values()].map(async (members) => {
      try {
        const answers = await answer(members.map((index) => keys[index]!));
        for (const [position, index] of members.entries()) results[index] = answers[position]!;
      } catch (error) {
        for (const index of members) results[index] = error instanceof Error ? error : new Error(String(error));
      }
    }),
  );
  return results;
}

/** Batches ids by kind and project. Projects are one batch, and so are the catalog's other records. */
function groupOfId(id: string): string {
  const prefix = prefixOf(id);
  return prefix === PREFIXES.project ? prefix : prefix + projectKeyOf(id);
}

function byKind(
  repositories: Repositories,
  kind: Exclude<RecordKind, 'project'>,
  ids: readonly string[],
): Promise<readonly (RecordBase | null)[]> {
  switch (kind) {
    case 'task':
      return repositories.tasks.get(ids);
    case 'memory':
      return repositories.memories.get(ids);
    case 'session':
      return repositories.sessions.get(ids);
    case 'state':
      return repositories.states.get(ids);
  }
}
