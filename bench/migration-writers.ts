import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseId } from '../src/domain/id.js';
import { lookAt, type Move, type Place, startMove, tell, until } from '../test/migration/support/moves.js';
import { type Api, createApi } from '../test/support/api.js';
import { startMooring } from '../test/support/processes.js';
import { createWorkload } from '../test/support/workload.js';
import { socketTo } from '../test/support/workload-follow.js';
import { aMemory, aTask, fill, settled } from './fixtures.js';
import { type Bench, median, milliseconds, quantile, type Row } from './measure.js';

/** Moves under writers, of which the fence is taken. */
const MOVES = 20;
const WRITERS = 8;
/** Writes before the first move, which say what is normal. */
const NORMAL = 400;
/** So long before the flip is seen, in ms, writes may have waited for it. */
const ABOUT_FLIP_MS = 200;
const SUBSCRIBERS = 200;
/** Records of the project that they follow, half of them memories that share few contents. */
const RECORDS = 4_000;

/** What those who write, and those who follow, notice of moves between LOCAL and FILE; and what the moves notice of them. */
export const bench: Bench = async () => {
  const data = await mkdtemp(join(tmpdir(), 'mooring-bench-move-'));
  const server = await startMooring(data, { MOORING_LOG_LEVEL: 'info' });
  try {
    const api = createApi(server.url);
    return [...(await underWriters(api)), await followed(api, data)];
  } finally {
    await server.stop();
    await rm(data, { recursive: true, force: true });
  }
};

async function underWriters(api: Api): Promise<readonly Row[]> {
  const projectId = await api.createProject({ storageMode: 'LOCAL' });
  const people = { writers: WRITERS, before: 300, isSearched: false, sharesContents: true };
  const work = await createWorkload(api, projectId, people);
  await settled(api.url, projectId);
  work.start();
  await work.more(NORMAL);
  const normal = p99(work.waits.map(({ ms }) => ms));
  const fences: number[] = [];
  const rest: number[] = [];
  for (let n = 0; n < MOVES; n += 1) {
    const begin = performance.now();
    const move = await moved(api, projectId, { mode: n % 2 === 0 ? 'FILE' : 'LOCAL' });
    const flip = performance.now() - move.progress.fenceMs! - ABOUT_FLIP_MS;
    fences.push(move.progress.fenceMs!);
    rest.push(...work.waits.filter(({ at, ms }) => at > begin && at + ms < flip).map(({ ms }) => ms));
    await finalized(api, move);
  }
  await work.stop();
  const [fault, ...faults] = await work.check(api);
  const fence = median(fences);
  return [
    {
      ...{ work: `fence of a move, ${WRITERS} writers, p50 of ${MOVES}`, ours: milliseconds(fence), floor: '100 ms' },
      ...{ ratio: fence / 100, goal: { atMost: 1 } },
      note: `p90 ${milliseconds(quantile(fences, 0.9))}${fault ? `, ${faults.length + 1} FAULTS: ${fault}` : ', nothing lost'}`,
    },
    {
      ...{ work: `writes during a move, ${WRITERS} writers, p99, against normal`, ours: milliseconds(p99(rest)) },
      ...{ floor: milliseconds(normal), ratio: p99(rest) / normal, goal: { atMost: 2 } },
    },
  ];
}

/** Moves that 200 follow, against such that nobody does. */
async function followed(api: Api, data: string): Promise<Row> {
  const projectId = await filled(api, data);
  const times = { alone: [] as number[], followed: [] as number[] };
  for (let round = 0; round < 3; round += 1) {
    times.alone.push(await thereAndBack(api, projectId, 0));
    times.followed.push(await thereAndBack(api, projectId, SUBSCRIBERS));
  }
  const [alone, ours] = [median(times.alone), median(times.followed)];
  return {
    ...{ work: `a move there and back that ${SUBSCRIBERS} follow, against none`, ours: milliseconds(ours) },
    ...{ floor: milliseconds(alone), ratio: ours / alone, goal: { atMost: 1.1 } },
  };
}

async function filled(api: Api, data: string): Promise<string> {
  const projectId = await api.createProject({ storageMode: 'LOCAL' });
  const { projectKey } = parseId(projectId)!;
  const path = join(data, 'projects', projectId, 'store.db');
  const numbers = Array.from({ length: RECORDS / 2 }, (_, n) => n);
  const content = (n: number) => `We agreed on rule ${n % 50} of the harbour.`;
  await fill(
    path,
    'tasks',
    numbers.map((n) => aTask(n, projectKey)),
  );
  await fill(
    path,
    'memories',
    numbers.map((n) => aMemory(n, projectKey, { content: content(n) })),
  );
  await settled(api.url, projectId);
  return projectId;
}

async function thereAndBack(api: Api, projectId: string, subscribers: number): Promise<number> {
  let took = 0;
  for (const mode of ['FILE', 'LOCAL'] as const) {
    const clients = Array.from({ length: subscribers }, () => socketTo(api));
    const start = performance.now();
    const id = await startMove(api, projectId, { mode });
    const query = 'subscription ($id: ID!) { migrationProgress(id: $id) { cursor phase lag { entries } } }';
    interface Event extends Record<string, unknown> {
      readonly migrationProgress: { readonly phase: string };
    }
    const following = clients.map(async (client) => {
      for await (const { data } of client.iterate<Event>({ query, variables: { id } })) {
        if (data?.migrationProgress.phase === 'MOVED') return;
      }
    });
    const move = await until(api, id, ({ phase }) => phase === 'MOVED');
    took += performance.now() - start;
    await Promise.all(following);
    await Promise.all(clients.map((client) => client.dispose()));
    await finalized(api, move);
  }
  return took;
}

async function moved(api: Api, projectId: string, to: Place): Promise<Move> {
  return until(api, await startMove(api, projectId, to), ({ phase }) => phase === 'MOVED');
}

/** Removes the source, so that the project can be moved on. */
async function finalized(api: Api, { id }: Move): Promise<void> {
  const { finalization } = await lookAt(api, id);
  await tell(api, 'finalize', id, { token: finalization!.token });
  await until(api, id, ({ phase }) => phase === 'FINALIZED');
}

const p99 = (times: readonly number[]): number => quantile(times, 0.99);
