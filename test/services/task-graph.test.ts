import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '../../src/domain/errors.js';
import type { Task } from '../../src/domain/task.js';
import { amount } from '../support/extent.js';
import { randomOf } from '../support/workload/writer.js';
import { author, makeProject, startBench } from './support.js';

const GRAPHS = amount({ quick: 100, all: 1_000 });
const TASKS = 7;

type Edges = ReadonlyMap<string, readonly string[]>;

/** Whether a path along the edges leads back to where it began. */
function hasCycle(edges: Edges): boolean {
  const reaches = (from: string, to: string, seen: Set<string>): boolean =>
    (edges.get(from) ?? []).some((next) => {
      if (next === to) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return reaches(next, to, seen);
    });
  return [...edges.keys()].some((id) => reaches(id, id, new Set()));
}

describe('the tasks of a project', () => {
  it(`never depend on themselves or are parts of themselves: ${GRAPHS} random graphs`, async () => {
    const bench = await startBench();
    const { tasks } = bench.services;
    const { id: projectId } = await makeProject(bench);
    for (let seed = 1; seed <= GRAPHS; seed += 1) {
      const random = randomOf(seed);
      const below = (limit: number) => Math.floor(random() * limit);
      const all = new Map<string, Task>();
      const titles = Array.from({ length: TASKS }, (_, index) => ({ title: `${seed} ${index}` }));
      for (const task of await tasks.createMany(author, { projectId, tasks: titles })) all.set(task.id, task);
      const ids = [...all.keys()];
      for (let edit = 0; edit < 12; edit += 1) {
        const task = all.get(ids[below(TASKS)]!)!;
        const change =
          below(2) === 0
            ? { parentId: below(4) === 0 ? null : ids[below(TASKS)]! }
            : { dependsOn: ids.filter(() => below(4) === 0) };
        const after = new Map(all).set(task.id, { ...task, ...change });
        const edgesOf = (read: (of: Task) => readonly string[]): Edges =>
          new Map([...after].map(([id, each]) => [id, read(each)]));
        const isRefused =
          hasCycle(edgesOf(({ dependsOn }) => dependsOn)) ||
          hasCycle(edgesOf(({ parentId }) => (parentId === null ? [] : [parentId])));
        const outcome = await tasks
          .update(author, { id: task.id, version: task.version, ...change })
          .catch((error: unknown) => error as Task);
        if (isRefused) expect(outcome, `seed ${seed}`).toBeInstanceOf(InvalidInputError);
        else all.set(task.id, outcome);
        if (!isRefused) expect(outcome, `seed ${seed}`).toMatchObject(change);
      }
    }
  });

  it('don’t come to depend on each other by updates that race', async () => {
    const bench = await startBench();
    const { tasks } = bench.services;
    const { id: projectId } = await makeProject(bench);
    for (let round = 0; round < 20; round += 1) {
      const [one, two] = (await tasks.createMany(author, {
        projectId,
        tasks: [{ title: 'one' }, { title: 'two' }],
      })) as readonly [Task, Task];
      for (const link of [(id: string) => ({ dependsOn: [id] }), (id: string) => ({ parentId: id })]) {
        const { tasks: stored } = await bench.factory.of(projectId);
        const [first, second] = (await stored.get([one.id, two.id])) as readonly [Task, Task];
        const outcomes = await Promise.allSettled([
          tasks.update(author, { id: one.id, version: first.version, ...link(two.id) }),
          tasks.update(author, { id: two.id, version: second.version, ...link(one.id) }),
        ]);
        expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      }
    }
  });
});
