import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Db, Document } from 'mongodb';
import { SHARED } from './writer.js';

/** What was acknowledged to writers, and whether the database agrees. */
export interface Acknowledged {
  /** Sessions of pairs. */
  readonly pairs: Set<string>;
  counts: number;
}

/** A process of writers: `mongodb-writer.ts`. */
export interface Writers {
  readonly process: ChildProcess;
  /** Commits that were acknowledged to it so far. */
  readonly total: number;
  /** The errors its writers received, each once. */
  readonly failures: ReadonlySet<string>;
  /** Resolves when this many were acknowledged. */
  until(total: number): Promise<void>;
  /** Lets them finish. */
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** Starts 8 writers, whose acknowledged commits are noted. */
export async function startWriters(
  { uri, database, project, counted }: { uri: string; database: string; project: string; counted: number },
  acknowledged: Acknowledged,
): Promise<Writers> {
  const script = join(process.cwd(), 'dist/test/support/mongodb/writer.js');
  const child = spawn(process.execPath, [script, uri, database, project, '8', String(counted)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const failures = new Set<string>();
  const waits = new Set<{ readonly total: number; readonly resolve: () => void }>();
  let total = 0;
  const lines = createInterface(child.stdout!);
  await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => Promise.reject(new Error('It ended.')))]);
  lines.on('line', (line) => {
    const [kind, ...rest] = line.split(' ');
    if (kind === 'failed') return void failures.add(rest.join(' '));
    if (kind === 'pair') acknowledged.pairs.add(rest[0]!);
    else acknowledged.counts += 1;
    total += 1;
    for (const each of waits) if (each.total <= total) each.resolve();
  });
  const exit = once(child, 'exit');
  child.stdin!.write('go\n');
  return {
    process: child,
    get total() {
      return total;
    },
    failures,
    async until(wanted) {
      if (total >= wanted) return;
      const met = new Promise<void>((resolve) => void waits.add({ total: wanted, resolve }));
      await Promise.race([met, exit.then(() => Promise.reject(new Error('The writers ended.')))]);
    },
    async stop() {
      child.stdin!.end();
      await exit;
    },
    async kill() {
      child.kill('SIGKILL');
      await exit;
    },
  };
}

/**
 * What is wrong with what the database holds: an acknowledged write that is lost, half a commit, a write that was done
 * twice, a gap in the log. Empty when all is well.
 */
export async function findFaults(db: Db, project: string, { pairs, counts }: Acknowledged): Promise<readonly string[]> {
  const memories = await db.collection<Document>('memories').find({ project }).toArray();
  const entries = await db.collection('log').find({ project }).sort({ seq: 1 }).toArray();
  const head = await db.collection<Document>('heads').findOne({ _id: project as never });
  const faults: string[] = [];
  const bySession = new Map<string, number>();
  for (const { sessionId } of memories) bySession.set(sessionId, (bySession.get(sessionId) ?? 0) + 1);
  bySession.delete('shared');
  for (const session of pairs) if (!bySession.has(session)) faults.push(`the acknowledged ${session} is lost`);
  for (const [session, count] of bySession) if (count !== 2) faults.push(`${session} has ${count} of 2 memories`);

  entries.forEach(({ seq }, index) => {
    if (seq !== index + 1) faults.push(`entry ${index + 1} of the log has the number ${seq}`);
  });
  if (head?.seq !== entries.length) faults.push(`the head is at ${head?.seq}, the log at ${entries.length}`);
  const written = entries.map(({ record, version }) => `${record} ${version}`);
  if (new Set(written).size !== written.length) faults.push('a version was written twice');
  const stored = new Set(memories.map(({ _id, version }) => `${_id} ${version}`));
  const last = new Map(entries.map(({ record, version }) => [record as string, version as number]));
  for (const [record, version] of last)
    if (!stored.has(`${record} ${version}`)) faults.push(`${record} isn't as logged`);
  if (last.size !== memories.length) faults.push(`${memories.length} memories, ${last.size} in the log`);

  const shared = memories.find(({ _id }) => String(_id) === SHARED);
  if (shared && shared.metadata.count !== shared.version - 1) faults.push('an update of the shared record is lost');
  if (shared && shared.metadata.count < counts) faults.push('an acknowledged update of the shared record is lost');
  return faults.slice(0, 10);
}
