import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TASK_PRIORITIES, TASK_STATUSES, type TaskPriority, type TaskStatus } from '../../../src/domain/task.js';
import { silentLogger } from '../../../src/search/contract.js';
import { type IndexFile, openIndexFile } from '../../../src/search/index/index-file.js';
import { createRecordTable, type RecordTable } from '../../../src/search/index/record-table.js';
import { createTaskGraph } from '../../../src/search/index/task-table.js';
import type { TaskGraph } from '../../../src/search/task-graph.js';
import { randomOf } from '../../support/workload/writer.js';

interface ModelTask {
  readonly id: string;
  readonly status: TaskStatus;
  readonly priority: TaskPriority;
  readonly createdAt: string;
  readonly needs: readonly string[];
  readonly parent: string | null;
  readonly claim: { readonly agent: string; readonly until: string } | null;
}

const NOW = '2026-01-31T09:00:00.000Z';
const RANKS = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];

let folder: string;
let file: IndexFile;
let records: RecordTable;
let graph: TaskGraph;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mooring-graph-'));
  file = openIndexFile(join(folder, 'search.db'), silentLogger);
  records = createRecordTable(file, null);
  graph = createTaskGraph(file);
});
afterEach(async () => {
  await file.close();
  await rm(folder, { recursive: true });
});

function put({ id, status, priority, createdAt, needs, parent, claim }: ModelTask, version: number): void {
  const node = {
    parent,
    rank: RANKS.indexOf(priority),
    createdAt,
    holder: claim?.agent ?? null,
    claimUntil: claim?.until ?? null,
    needs,
  };
  const fields = { session: null, task: null, role: null, occurredAt: null, metadata: [], type: null, agent: null };
  const own = { node, memory: null, details: JSON.stringify(node) };
  records.put({
    collection: 'tasks',
    id,
    version,
    text: id,
    hash: id,
    digest: status,
    ...own,
    status,
    priority,
    ...fields,
  });
}

/** What the model says, written as simply as can be. */
function expected(tasks: ReadonlyMap<string, ModelTask>, agent: string | null) {
  const all = [...tasks.values()];
  const isOpen = (id: string) => tasks.has(id) && tasks.get(id)!.status !== 'DONE';
  const isFree = ({ claim }: ModelTask) => claim === null || claim.until <= NOW || claim.agent === agent;
  const ready = all
    .filter((task) => !['DONE', 'BLOCKED'].includes(task.status) && !task.needs.some(isOpen) && isFree(task))
    .sort(
      (a, b) =>
        RANKS.indexOf(a.priority) - RANKS.indexOf(b.priority) ||
        (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : a.id < b.id ? -1 : 1),
    );
  return {
    ready: ready.map(({ id }) => id),
    open: all.filter(({ id }) => isOpen(id)).map(({ id }) => id),
    blocks: all.map(({ id }) => [
      id,
      isOpen(id)
        ? all
            .filter(({ needs }) => needs.includes(id))
            .map((each) => each.id)
            .sort()
        : [],
    ]),
    progress: all.flatMap(({ id }) => {
      const parts = all.filter(({ parent }) => parent === id);
      const done = parts.filter(({ status }) => status === 'DONE').length;
      return parts.length === 0 ? [] : [[id, { total: parts.length, done }]];
    }),
    blocked: all.filter(({ status, needs }) => status !== 'DONE' && needs.some(isOpen)).length,
    claimed: all.filter(({ claim }) => claim !== null && claim.until > NOW).length,
    overdue: all.filter(({ claim }) => claim !== null && claim.until <= NOW).length,
  };
}

function found(tasks: ReadonlyMap<string, ModelTask>, agent: string | null) {
  const ids = [...tasks.keys()];
  const { blocked, claimed, overdue, ready, byStatus } = graph.board(NOW);
  expect(ready).toBe(graph.countReady({ agent: null, now: NOW, filter: {} }));
  expect([...byStatus.values()].reduce((sum, count) => sum + count, 0)).toBe(ids.length);
  const progress = graph.progress(ids);
  return {
    ready: graph.ready({ agent, now: NOW, filter: {}, after: null, limit: 100 }).map(({ id }) => id),
    open: ids.filter((id) => graph.open([...ids, 'tsk_none']).has(id)),
    blocks: ids.map((id) => [id, graph.blockedBy(id, null, 100)]),
    progress: ids.flatMap((id) => (progress.has(id) ? [[id, progress.get(id)]] : [])),
    ...{ blocked, claimed, overdue },
  };
}

describe('the graph of tasks', () => {
  it('agrees with a model after any changes, in any order', () => {
    for (let seed = 0; seed < 1_000; seed += 1) {
      const random = randomOf(seed + 1);
      const below = (limit: number) => Math.floor(random() * limit);
      const tasks = new Map<string, ModelTask>();
      const idOf = (number: number) => `tsk_${seed}_${number}`;
      const some = <T>(values: readonly T[]): T => values[below(values.length)]!;
      file.write(() => {
        for (let step = 1; step <= 30; step += 1) {
          const id = idOf(below(8));
          if (tasks.has(id) && below(5) === 0) {
            records.remove(id);
            tasks.delete(id);
            continue;
          }
          const others = Array.from({ length: 8 }, (_, number) => idOf(number)).filter((other) => other !== id);
          const task: ModelTask = {
            id,
            status: some(TASK_STATUSES),
            priority: some(TASK_PRIORITIES),
            createdAt: `2026-01-0${1 + below(3)}`,
            needs: others.filter(() => below(5) === 0),
            parent: below(2) === 0 ? null : some(others),
            claim:
              below(3) > 0
                ? null
                : { agent: some(['ada', 'bob']), until: some([NOW, '2026-01-31T08:00:00.000Z', '2026-02-01']) },
          };
          put(task, step);
          tasks.set(id, task);
        }
      });
      const agent = some([null, 'ada', 'bob']);
      expect(found(tasks, agent), `seed ${seed}`).toEqual(expected(tasks, agent));
      file.write(() => {
        for (const id of tasks.keys()) records.remove(id);
      });
    }
    expect(file.statement('SELECT count(*) FROM dependencies').pluck().get()).toBe(0);
  });
});
