import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { sendCommand, startMove, until } from '../migration/support/moves.js';
import { liesIn, PAIRS, type Surroundings, targetOf } from '../migration/support/places.js';
import type { Api, Refusal } from '../support/api.js';
import { differences, readHeld, untilNothingRemains } from '../support/compare.js';
import { amount } from '../support/extent.js';
import { type Fate, startVictim, type Victim } from '../support/migration/victim.js';
import { freshDatabase, mongoUnavailable, sharedMongo } from '../support/mongodb/mongodb.js';
import { createWorkload, type Workload } from '../support/workload/workload.js';
import { randomOf } from '../support/workload/writer.js';

/** How many times a server is killed, over all pairs and phases. */
const POINTS = amount({ quick: 1, all: 200 });
const RECORDS = 60;

/** What the server does when it is killed; `cancel`: the next one gets the command. Each ends with the project whole in one place. */
type Course = 'there' | 'back' | 'cancel';

/** Steps that are few and matter most: each is killed at by name; the others by number, and by the clock. */
const NAMED = ['create', 'copy', 'replay', 'verify', 'fence', 'fenced', 'target-epoch', 'flip', 'flipped'];

interface Plan {
  readonly pair: (typeof PAIRS)[number];
  readonly course: Course;
  readonly fate: Fate | { readonly afterMs: number };
}

function plans(): readonly Plan[] {
  const random = randomOf(7);
  return Array.from({ length: POINTS }, (_, n): Plan => {
    const pair = PAIRS[n % PAIRS.length]!;
    const round = Math.floor(n / PAIRS.length);
    const course: Course = (['there', 'there', 'back', 'there', 'cancel'] as const)[(n + round) % 5]!;
    // Across rounds each pair gets each named step, a numbered one and a random moment.
    const kind = (n * 5 + round) % (NAMED.length + 3);
    const at = NAMED[kind];
    if (at !== undefined) return { pair, course, fate: { at } };
    if (kind === NAMED.length) return { pair, course, fate: { at: 2 + Math.floor(random() * 12) } };
    return { pair, course, fate: { afterMs: Math.floor(random() * 2_500) } };
  });
}

const say = ({ pair: [from, to], course, fate }: Plan) =>
  `${from} to ${to}, ${course}, killed ${'afterMs' in fate ? `after ${fate.afterMs} ms` : `at ${fate.at}`}`;

describe('a server that is killed while it moves a project', () => {
  let folder: string;
  let server: Victim | null = null;
  let work: Workload | null = null;
  const met: string[] = [];
  afterEach(async () => {
    work?.abandon();
    await server?.kill();
    await rm(folder, { recursive: true, force: true });
  });
  afterAll(() => {
    console.log(`Killed at ${met.length} points: ${JSON.stringify(count(met))}`);
  });

  it.each(plans().map((plan) => [say(plan), plan] as const))('%s, continues and ends as it should', async (_, plan) => {
    const { pair, course, fate } = plan;
    folder = await mkdtemp(join(tmpdir(), 'mooring-kill-'));
    const database = freshDatabase();
    const surroundings: Surroundings = { folder, database, otherDatabase: freshDatabase(), uri: mongoUri() };
    const env: Record<string, string> = mongoUnavailable
      ? {}
      : { MONGODB_URI: sharedMongo(), MONGODB_DATABASE: database };
    const from = { mode: pair[0] };
    const to = targetOf(surroundings, pair);

    const victim = await startVictim(folder, env);
    server = victim;
    const projectId = await victim.api.createProject({ storageMode: from.mode });
    const people = await createWorkload(victim.api, projectId, { before: RECORDS, restMs: 60 });
    work = people;
    let id: string | null = null;
    if (course === 'back') {
      id = await startMove(victim.api, projectId, to);
      await until(victim.api, id, ({ phase }) => phase === 'MOVED');
    }
    // — the server that is killed —
    await victim.doom('afterMs' in fate ? {} : fate);
    people.start();
    id ??= await startMove(victim.api, projectId, to);
    if (course === 'back') await sendCommand(victim.api, 'rollBack', id);
    if ('afterMs' in fate) setTimeout(() => victim.process.kill('SIGKILL'), fate.afterMs);
    // Some never reach their step, such as one that a roll-back doesn't have: they are killed at the end.
    await Promise.race([victim.gone, untilOver(victim, id, course === 'back' ? 'ROLLED_BACK' : 'MOVED')]);
    met.push(victim.steps.at(-1) ?? 'before');
    await victim.kill();

    // — the next server —
    server = await startVictim(folder, env);
    people.moveTo(server.api);
    const { api } = server;
    const hasCancelled = course === 'cancel' && (await cancelled(api, id));
    const end = course === 'back' ? 'ROLLED_BACK' : hasCancelled ? 'CANCELLED' : 'MOVED';
    await until(api, id, ({ phase }) => phase === end);
    await people.more(10);
    await people.stop();
    expect((await people.check(api)).join('\n')).toBe('');

    const [home, left] = end === 'MOVED' ? [to, from] : [from, to];
    const lies = (place: typeof from | typeof to) => liesIn(surroundings, place, projectId);
    const now = await readHeld(lies(home));
    expect(now.epoch).toBeGreaterThan(0);
    if (end === 'MOVED') {
      const source = await readHeld(lies(left));
      expect(differences(source, await readHeld(lies(home), source.seq))).toEqual([]);
    } else {
      await untilNothingRemains(lies(left));
    }
  });
});

/** Cancels it, unless it has moved already. */
async function cancelled(api: Api, id: string): Promise<boolean> {
  return sendCommand(api, 'cancel', id).then(
    () => true,
    (error: Refusal) => {
      expect(error.code).toBe('MIGRATION_STATE');
      return false;
    },
  );
}

async function untilOver({ api }: Victim, id: string, end: string): Promise<void> {
  await until(api, id, ({ phase }) => phase === end).catch(() => new Promise(() => {}));
}

const mongoUri = (): string => (mongoUnavailable ? '' : sharedMongo());

function count(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
