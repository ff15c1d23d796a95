import { delay } from '../../util/async.js';
import type { Call } from '../calls/call.js';
import { type Connection, runCall } from '../calls/create-call.js';
import { graphql } from '../gql/gql.js';
import { FIXED } from './resources.js';

const GetCursor = graphql(`
  query GetCursor($projectId: ID!) {
    project(by: { id: $projectId }) { cursor }
  }
`);

const GetChanges = graphql(`
  query GetChanges($projectId: ID!) {
    project(by: { id: $projectId }) { cursor log(first: 100) { nodes { seq recordId } } }
  }
`);

/** Follows a project while somebody subscribes to its resources. */
export interface Watcher {
  start(): void;
  stop(): void;
}

/** How often the position of the log is read while somebody subscribes, in ms. */
const EVERY_MS = 2_000;

/**
 * Tells which resources changed. The end of the log is asked for, as by any client that keeps no connection: over HTTP the
 * server may restart, or be another one, in between.
 */
export function createWatcher(
  connection: Connection,
  onChange: (uri: string) => void,
  { everyMs = EVERY_MS }: { readonly everyMs?: number } = {},
): Watcher {
  let running: AbortController | undefined;

  async function follow(signal: AbortSignal): Promise<void> {
    let seen: Seen | null = null;
    while (!signal.aborted) {
      const options = { clientName: undefined, signal };
      const before: Seen | null = seen;
      // What can't be read now is read the next time.
      const next: Seen | null = await runCall(connection, options, (call) => look(before, call), null).catch(
        () => before,
      );
      if (signal.aborted) return;
      if (next !== null && before !== null) for (const uri of urisOf(before, next)) onChange(uri);
      seen = next;
      await delay(everyMs, { signal, ref: false });
    }
  }

  return {
    start: () => {
      if (running) return;
      running = new AbortController();
      void follow(running.signal);
    },
    stop: () => {
      running?.abort();
      running = undefined;
    },
  };
}

/** How far a log was read. */
interface Seen {
  readonly cursor: string;
  readonly seq: number;
  readonly changed: readonly string[];
}

async function look(before: Seen | null, call: Call): Promise<Seen | null> {
  const { id: projectId } = await call.project();
  if (before !== null) {
    const { project } = await call.ask(GetCursor, { projectId });
    if (!project || project.cursor === before.cursor) return before;
  }
  const { project } = await call.ask(GetChanges, { projectId });
  if (!project) return before;
  const { cursor, log } = project;
  const changed = log.nodes.filter(({ seq }) => before !== null && seq > before.seq).map(({ recordId }) => recordId);
  return { cursor, seq: log.nodes[0]?.seq ?? 0, changed };
}

function urisOf(before: Seen, next: Seen): readonly string[] {
  if (next === before) return [];
  const records = [...new Set(next.changed)].flatMap((id) => {
    const kind = KINDS[id.slice(0, 3)];
    return kind === undefined ? [] : [`mooring://${kind}/${id}`];
  });
  return [...FIXED.map(({ uri }) => uri), ...records];
}

const KINDS: Readonly<Record<string, string>> = { mem: 'memory', tsk: 'task' };
