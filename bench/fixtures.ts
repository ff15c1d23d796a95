import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { createIdGenerator, parseId } from '../src/domain/id.js';
import type { Memory } from '../src/domain/memory.js';
import type { RecordBase } from '../src/domain/record.js';
import type { Task } from '../src/domain/task.js';
import { PROJECT_COLLECTIONS } from '../src/storage/collections.js';
import { createSqliteStore } from '../src/storage/sqlite/store.js';
import { createWriter } from '../src/storage/sqlite/writer.js';
import type { Change } from '../src/storage/store.js';
import { askServer } from '../test/support/api.js';
import { AT, aMemory, aTask } from '../test/support/records.js';

/** Records to measure with. */

const newId = createIdGenerator();
const FIRST = Date.parse(AT);

/** The id of a session in a project. */
export const newSessionId = (projectKey: string): string => newId('session', projectKey);

/** Times a second apart, so that orders have no ties. */
export const at = (index: number): string => new Date(FIRST + index * 1_000).toISOString();

/** The times of the record of this number. */
const timesOf = (index: number) => ({ createdAt: at(index), updatedAt: at(index) });

export function benchTask(index = 0, projectKey = 'abcdefgh'): Task {
  return aTask({
    id: newId('task', projectKey),
    ...timesOf(index),
    title: `Parse the config file ${index}`,
    description: 'It must say which line is wrong. '.repeat(8),
    type: 'BUG',
    priority: 'HIGH',
  });
}

export function benchMemory(index: number, projectKey: string, own: Partial<Memory> = {}): Memory {
  return aMemory({
    id: newId('memory', projectKey),
    ...timesOf(index),
    role: 'ASSISTANT',
    content: `Note ${index}: ${'the build passes after the change to the parser. '.repeat(6)}`,
    occurredAt: at(index),
    ...own,
  });
}

/** A project made over the API, and where its database is. */
export async function createProject(
  url: string,
  data: string,
): Promise<{ readonly id: string; readonly key: string; readonly path: string }> {
  const made = await askServer<{ createProject: { project: { id: string } } }>(
    url,
    'mutation { createProject(input: { name: "bench" }) { ... on CreateProjectPayload { project { id } } } }',
  );
  const { id } = made.createProject.project;
  return { id, key: parseId(id)!.projectKey, path: `${data}/projects/${id}/store.db` };
}

/** Writes documents straight into a store, 1,000 a commit: what came before the measured run. */
export async function fill(path: string, collection: string, documents: readonly RecordBase[]): Promise<void> {
  const writer = createWriter();
  const store = await createSqliteStore({ path, collections: PROJECT_COLLECTIONS, writer });
  for (let start = 0; start < documents.length; start += 1_000) {
    const changes = documents
      .slice(start, start + 1_000)
      .map((document): Change => ({ kind: 'put', collection, operation: 'CREATE', document }));
    await store.commit(changes, { epoch: 1, actor: 'bench', requestId: 'fill', at: at(0) });
  }
  await store.close();
  await writer.close();
}

/** Resolves when all that a project's store holds is in its index of words, which the server doesn't report. */
export async function indexed(path: string): Promise<void> {
  const store = new Database(path, { readonly: true });
  const index = new Database(path.replace(/store\.db$/, 'search.db'), { readonly: true });
  const last = store.prepare('select max(seq) from log').pluck();
  const applied = index.prepare("select value from meta where key = 'applied'").pluck();
  while (Number.parseInt(String(applied.get()), 10) < Number(last.get())) await delay(100);
  store.close();
  index.close();
}

/** Resolves when the project's index has nothing to do. What is pending is asked for cheaply; the index is counted at the end. */
export async function settled(url: string, id: string, everyMs = 200): Promise<void> {
  for (;;) {
    const { project } = await askServer<{ project: { searchMemories: { pending: number } } }>(
      url,
      'query P($id: ID!) { project(by: { id: $id }) { searchMemories(query: "") { pending } } }',
      { id },
    );
    if (project.searchMemories.pending === 0 && (await isSettled(url, id))) return;
    await delay(everyMs);
  }
}

async function isSettled(url: string, id: string): Promise<boolean> {
  const { project } = await askServer<{ project: { searchIndex: { pending: number; isBuilding: boolean } } }>(
    url,
    'query I($id: ID!) { project(by: { id: $id }) { searchIndex { pending isBuilding } } }',
    { id },
  );
  return project.searchIndex.pending === 0 && !project.searchIndex.isBuilding;
}
