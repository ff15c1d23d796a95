import type { Api } from '../api.js';

/** What was acknowledged to writers, and whether a server still has it: nothing lost, duplicated or resurrected. */

export type Kind = 'task' | 'memory' | 'session' | 'state';

/** The state of a record after a write. */
export interface Outcome {
  readonly version: number;
  /** What distinguishes it: a task's title, a memory's note, a state's value; nothing of a session. */
  readonly text: string;
  readonly state: 'LIVE' | 'DELETED' | 'PURGED';
}

/** A record that somebody wrote. Only its writer changes what is expected of it. */
export interface Tracked {
  readonly id: string;
  readonly kind: Kind;
  is: Outcome;
  /** What it may be instead, since the answer to the last write was lost. */
  orElse: Outcome | null;
  readonly firstText: string;
}

export interface Oracle {
  readonly records: ReadonlyMap<string, Tracked>;
  /** Registers a created record; repeating it changes nothing. */
  track(kind: Kind, id: string, is: Outcome): Tracked;
  /** Everything that isn't as it was acknowledged, a line each; empty when all is well. Nobody may write meanwhile. */
  check(api: Api): Promise<readonly string[]>;
}

export const live = (version: number, text: string): Outcome => ({ version, text, state: 'LIVE' });

export function createOracle(projectId: string): Oracle {
  const records = new Map<string, Tracked>();

  return {
    records,
    track(kind, id, is) {
      const known = records.get(id);
      if (known) return known;
      const tracked: Tracked = { id, kind, is, orElse: null, firstText: is.text };
      records.set(id, tracked);
      return tracked;
    },
    async check(api) {
      const faults: string[] = [];
      const tracked = [...records.values()];
      const found = await readOutcomes(
        api,
        tracked.map(({ id }) => id),
      );
      for (const [index, each] of tracked.entries()) {
        const now = found[index]!;
        const isAs = (outcome: Outcome) => isSame(now, { ...outcome, version: expectedVersion(each, outcome, now) });
        if (!isAs(each.is) && !(each.orElse && isAs(each.orElse))) faults.push(describe(each, now));
      }
      return [...faults, ...(await listed(api, projectId, records))];
    },
  };
}

/** Memories raise the version of their session: it is at least the acknowledged one. */
function expectedVersion({ kind }: Tracked, { version }: Outcome, now: Outcome): number {
  return kind === 'session' ? Math.max(version, now.version) : version;
}

export function isSame(one: Outcome, other: Outcome): boolean {
  if (one.state === 'PURGED' || other.state === 'PURGED') return one.state === other.state;
  return one.version === other.version && one.text === other.text && one.state === other.state;
}

function describe({ id, kind, is }: Tracked, now: Outcome): string {
  const hasComeBack = (is.state === 'PURGED' || is.state === 'DELETED') && now.state === 'LIVE';
  const isLost = now.state === 'PURGED' || now.version < is.version;
  const what = hasComeBack ? 'came back' : isLost ? 'lost a write' : 'differs';
  return `${kind} ${id} ${what}: acknowledged ${say(is)}, found ${say(now)}`;
}

const say = ({ version, text, state }: Outcome): string => `v${version} ${state} "${text}"`;

interface Found {
  readonly id: string;
  readonly version: number;
  readonly deletedAt: string | null;
  readonly taskTitle?: string;
  readonly metadata?: { readonly note?: string };
  readonly value?: unknown;
}

/** The states of records on the server, in the order of the ids. */
export async function readOutcomes({ ask }: Api, ids: readonly string[]): Promise<readonly Outcome[]> {
  const all: Outcome[] = [];
  for (let start = 0; start < ids.length; start += 200) {
    const { nodes } = await ask<{ nodes: readonly (Found | null)[] }>(
      `query ($ids: [ID!]!) { nodes(ids: $ids) { id
        ... on StoredRecord { version deletedAt } ... on Task { taskTitle: title } ... on Memory { metadata } ... on State { value }
      } }`,
      { ids: ids.slice(start, start + 200) },
    );
    all.push(...nodes.map(toOutcome));
  }
  return all;
}

function toOutcome(found: Found | null): Outcome {
  if (!found) return { version: 0, text: '', state: 'PURGED' };
  const { version, deletedAt, taskTitle, metadata, value } = found;
  const text = taskTitle ?? metadata?.note ?? (typeof value === 'string' ? value : '');
  return { version, text, state: deletedAt === null ? 'LIVE' : 'DELETED' };
}

/** What the project's lists hold that nobody created, and what they hold twice. */
async function listed(api: Api, projectId: string, records: ReadonlyMap<string, Tracked>): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const list of ['tasks', 'memories', 'sessions', 'states']) {
    const seen = new Set<string>();
    const names = new Set<string>();
    for await (const { id, externalId } of pages(api, projectId, list)) {
      if (seen.has(id)) faults.push(`${list} list ${id} twice`);
      if (externalId !== null && names.has(externalId)) faults.push(`${list} hold "${externalId}" twice`);
      if (!records.has(id)) faults.push(`${list} hold ${id}, which nobody was told of`);
      seen.add(id);
      if (externalId !== null) names.add(externalId);
    }
  }
  return faults;
}

interface Listed {
  readonly id: string;
  readonly externalId: string | null;
}

async function* pages({ ask }: Api, id: string, list: string): AsyncGenerator<Listed> {
  interface Answer {
    readonly project: {
      readonly list: {
        readonly nodes: readonly Listed[];
        readonly pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    };
  }
  const query = `query ($id: ID!, $after: String) { project(by: { id: $id }) {
    list: ${list}(first: 200, after: $after, deleted: INCLUDE) { nodes { id externalId } pageInfo { hasNextPage endCursor } } } }`;
  for (let after: string | null = null; ; ) {
    const { project }: Answer = await ask<Answer>(query, { id, after });
    yield* project.list.nodes;
    if (!project.list.pageInfo.hasNextPage) return;
    after = project.list.pageInfo.endCursor;
  }
}
