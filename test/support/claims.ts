import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { StorageMode } from '../../src/domain/project.js';
import { type Api, createApi, Refusal, repeatOnConflict } from './api.js';
import { type Running, startMooring } from './machine/processes.js';
import { dropDatabase, freshDatabase, sharedMongo } from './mongodb/mongodb.js';

/** A claim's task and token. */
export interface Held {
  readonly id: string;
  readonly token: number;
}

/** Two servers on one data directory, each a process of its own, and a project with tasks. */
export interface Pair {
  readonly servers: readonly [Running, Running];
  readonly projectId: string;
  /** Of the tasks, in the order in which they are claimed. */
  readonly ids: readonly string[];
}

/** Longer than any test takes, in seconds. */
export const LONG_LEASE = 86_400;

/** Starts them; what remains of them is removed when the test ends. */
export async function startPair(storageMode: StorageMode, taskCount: number): Promise<Pair> {
  const data = await mkdtemp(join(tmpdir(), 'mooring-claims-'));
  onTestFinished(() => rm(data, { recursive: true }));
  const env: Record<string, string> = {};
  if (storageMode === 'MONGODB') {
    const database = freshDatabase();
    onTestFinished(() => dropDatabase(database));
    Object.assign(env, { MONGODB_CONNECTION_STRING: sharedMongo(), MONGODB_DATABASE: database });
  }
  const start = async () => {
    const server = await startMooring(data, env);
    onTestFinished(() => server.stop());
    return server;
  };
  // One after the other: the second finds an existing catalog.
  const servers = [await start(), await start()] as const;
  const api = createApi(servers[0].url);
  const projectId = await api.createProject({ storageMode });
  const tasks = Array.from({ length: taskCount }, (_, index) => ({ title: `task ${index}` }));
  const made = await api.mutate<{ tasks: { id: string }[] }>('createTasks', { projectId, tasks }, 'tasks { id }');
  return { servers, projectId, ids: made.tasks.map(({ id }) => id) };
}

/** Claims the next task, or the named one, for long unless the input says otherwise; null when none is ready. */
export async function claim(api: Api, input: object): Promise<Held | null> {
  try {
    const claimed = await repeatOnConflict(() =>
      api.mutate<{ task: { id: string }; claim: { token: number } }>(
        'claimTask',
        { leaseSeconds: LONG_LEASE, ...input },
        'task { id } claim { token }',
      ),
    );
    return { id: claimed.task.id, token: claimed.claim.token };
  } catch (error) {
    if (error instanceof Refusal && error.code === 'NOTHING_READY') return null;
    throw error;
  }
}

/** Completes a task; false when the claim was lost. */
export async function complete(api: Api, held: Held, result: string): Promise<boolean> {
  try {
    await api.mutate('completeTask', { ...held, result }, 'task { id }');
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'CLAIM_LOST') return false;
    throw error;
  }
}

/** A task after a write. */
export interface TaskImage {
  readonly status: string;
  readonly result: string | null;
  readonly claim: { readonly agent: string } | null;
  readonly claimToken: number;
}

interface LogPage {
  readonly nodes: readonly { readonly recordId: string; readonly collection: string; readonly after: TaskImage }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

/** Every task of a project after each of its writes, in their order, by its id. */
export async function readHistories({ ask }: Api, id: string): Promise<ReadonlyMap<string, readonly TaskImage[]>> {
  const query = `query ($id: ID!, $after: String) { project(by: { id: $id }) { log(first: 200, after: $after, direction: ASC) {
    nodes { recordId collection after } pageInfo { hasNextPage endCursor } } } }`;
  const histories = new Map<string, TaskImage[]>();
  for (let after: string | null = null, hasMore = true; hasMore; ) {
    const { project }: { project: { log: LogPage } } = await ask(query, { id, after });
    for (const { recordId, collection, after: image } of project.log.nodes) {
      if (collection === 'tasks') histories.set(recordId, [...(histories.get(recordId) ?? []), image]);
    }
    after = project.log.pageInfo.endCursor;
    hasMore = project.log.pageInfo.hasNextPage;
  }
  return histories;
}

/** How many tasks of a project aren't done. */
export async function countOpen({ ask }: Api, projectId: string): Promise<number> {
  const query = 'query ($id: ID!) { taskBoard(projectId: $id) { byStatus { status count } } }';
  const { taskBoard } = await ask<{ taskBoard: { byStatus: readonly { status: string; count: number }[] } }>(query, {
    id: projectId,
  });
  return taskBoard.byStatus.reduce((open, { status, count }) => open + (status === 'DONE' ? 0 : count), 0);
}
