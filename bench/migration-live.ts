import { setTimeout as delay } from 'node:timers/promises';
import { parseId } from '../src/domain/id.js';
import { sendCommand, startMove, until, untilPhase } from '../test/migration/support/moves.js';
import { type Api, createApi } from '../test/support/api.js';
import { startMooring, temporaryFolder } from '../test/support/machine/processes.js';
import { socketTo } from '../test/support/workload/follow.js';
import { createWorkload } from '../test/support/workload/workload.js';
import { benchMemory, benchTask, fill, settled } from './fixtures.js';
import { type Bench, median, milliseconds, quantile, type Row } from './measure.js';

/** Projects that are moved there and back. */
const PROJECTS = 10;
const WRITERS = 8;
/** How long each writer rests after a write, in ms. */
const REST_MS = 40;
/** Records that exist before the writers begin. */
const BEFORE = 300;
/** How long the writers are watched before each move, in ms. */
const NORMAL_MS = 1_000;
const SUBSCRIBERS = 200;
const ROUNDS = 3;
/** Records of the move that is followed, half of them memories that share few contents. */
const FOLLOWED = 3_000;

/** What users of a project notice while it is moved, measured on a whole server over HTTP. */
export const bench: Bench = async () => {
  const folder = await temporaryFolder();
  const server = await startMooring(folder.path, { MOORING_LOG_LEVEL: 'info' });
  const rows = [...(await underWriters(createApi(server.url))), await followed(createApi(server.url), folder.path)];
  await server.stop();
  await folder.remove();
  return rows;
};

// — under writers —

/** What was measured of one move and its roll-back. */
interface Noticed {
  /** Waits of writes just before it, from its start until it could flip, and of those in flight during the flip. */
  readonly normal: readonly number[];
  readonly rest: readonly number[];
  readonly flip: readonly number[];
  readonly fences: readonly number[];
}

async function underWriters(api: Api): Promise<readonly Row[]> {
  const moves: Noticed[] = [];
  for (let n = 0; n < PROJECTS; n += 1) moves.push(await moveUnderWriters(api));
  const fences = moves.flatMap((each) => each.fences);
  const p50 = median(fences);
  const longest = moves.map(({ flip }) => Math.max(0, ...flip));
  const p99 = (of: (each: Noticed) => readonly number[]) => quantile(moves.flatMap(of), 0.99);
  const [rest, normal] = [p99((each) => each.rest), p99((each) => each.normal)];
  const notes = [
    `p90 ${milliseconds(quantile(fences, 0.9))}`,
    `a write's longest wait around the flip: p50 ${milliseconds(median(longest))}, most ${milliseconds(Math.max(...longest))}`,
  ];
  return [
    {
      work: `fence of ${fences.length} moves LOCAL ↔ FILE with ${WRITERS} writers, p50, against 100 ms`,
      ...{ ours: milliseconds(p50), floor: milliseconds(100), ratio: p50 / 100, goal: { atMost: 1 } },
      note: notes.join(', '),
    },
    {
      work: `writes of ${WRITERS} writers during the rest of a move, p99, against normal`,
      ...{ ours: milliseconds(rest), floor: milliseconds(normal), ratio: rest / normal, goal: { atMost: 2 } },
    },
  ];
}

/** Moves a project of its own to FILE, and rolls back. The flip to FILE waits for a command, which separates its time from the rest. */
async function moveUnderWriters(api: Api): Promise<Noticed> {
  const projectId = await api.createProject({ storageMode: 'LOCAL' });
  const options = { writers: WRITERS, before: BEFORE, restMs: REST_MS, pace: Number.POSITIVE_INFINITY };
  const work = await createWorkload(api, projectId, { ...options, isSearched: false });
  await settled(api.url, projectId);
  work.start();
  const begin = performance.now();
  await delay(NORMAL_MS);
  const start = performance.now();
  const id = await startMove(api, projectId, { mode: 'FILE' }, { autoCutOver: false });
  await until(api, id, ({ progress }) => progress.canCutOver);
  const told = performance.now();
  await sendCommand(api, 'cutOver', id);
  const there = await untilPhase(api, id, 'MOVED');
  const end = performance.now();
  await sendCommand(api, 'rollBack', id);
  const back = await untilPhase(api, id, 'ROLLED_BACK');
  await work.stop();
  const faults = await work.check(api);
  if (faults.length > 0) throw new Error(`Something went wrong under the writers: ${faults.slice(0, 3).join('; ')}`);
  const of = (isIt: (sent: number, answered: number) => boolean) =>
    work.waits.filter(({ at, ms }) => isIt(at, at + ms)).map(({ ms }) => ms);
  return {
    normal: of((sent, answered) => sent > begin && answered < start),
    rest: of((sent, answered) => sent > start && answered < told),
    flip: of((sent, answered) => answered > told && sent < end),
    fences: [there.progress.fenceMs!, back.progress.fenceMs!],
  };
}

// — with subscribers —

/** A move there and back with many followers on sockets of their own, against one without. */
async function followed(api: Api, data: string): Promise<Row> {
  const times: { readonly alone: number[]; readonly watched: number[] } = { alone: [], watched: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [side, subscribers] of [
      ['alone', 0],
      ['watched', SUBSCRIBERS],
    ] as const) {
      times[side].push(await timeMove(api, await aFilledProject(api, data), subscribers));
    }
  }
  const [alone, watched] = [median(times.alone), median(times.watched)];
  return {
    work: `a move LOCAL → FILE and back that ${SUBSCRIBERS} follow, against none`,
    ...{ ours: milliseconds(watched), floor: milliseconds(alone), ratio: watched / alone, goal: null },
  };
}

async function aFilledProject(api: Api, data: string): Promise<string> {
  const projectId = await api.createProject({ storageMode: 'LOCAL' });
  const { projectKey } = parseId(projectId)!;
  const path = `${data}/projects/${projectId}/store.db`;
  const half = Array.from({ length: FOLLOWED / 2 }, (_, index) => index);
  const contentOf = (index: number) => `We agreed on rule ${index % 50} of the harbour.`;
  await fill(
    path,
    'tasks',
    half.map((index) => benchTask(index, projectKey)),
  );
  await fill(
    path,
    'memories',
    half.map((index) => benchMemory(index, projectKey, { content: contentOf(index) })),
  );
  await settled(api.url, projectId);
  return projectId;
}

/** Milliseconds of a move to FILE and of its way back. Followers stay to its end. */
async function timeMove(api: Api, projectId: string, subscribers: number): Promise<number> {
  const clients = Array.from({ length: subscribers }, () => socketTo(api));
  const start = performance.now();
  const id = await startMove(api, projectId, { mode: 'FILE' });
  const query = `subscription ($id: ID!) { migrationProgress(id: $id) {
    cursor phase message lag { entries } collections { name done total verified } } }`;
  const following = clients.map(async (client) => {
    for await (const { errors } of client.iterate({ query, variables: { id } }))
      if (errors) throw new Error(JSON.stringify(errors));
  });
  await untilPhase(api, id, 'MOVED');
  await sendCommand(api, 'rollBack', id);
  await untilPhase(api, id, 'ROLLED_BACK');
  const took = performance.now() - start;
  await Promise.all(following);
  await Promise.all(clients.map((client) => client.dispose()));
  return took;
}
