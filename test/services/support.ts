import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { MooringError } from '../../src/domain/errors.js';
import { createIdGenerator } from '../../src/domain/id.js';
import type { Memory } from '../../src/domain/memory.js';
import { type PlacedProject, placeKey, placeOf } from '../../src/domain/place.js';
import type { Project } from '../../src/domain/project.js';
import type { EmbeddingModel } from '../../src/embedding/embedder.js';
import type { ProjectStorage } from '../../src/modes/contract.js';
import { createRepositoryFactory, type RepositoryFactory } from '../../src/repositories/factory.js';
import type { ProjectSearch } from '../../src/search/contract.js';
import type { MemoryLinks } from '../../src/search/memory-links.js';
import type { Services } from '../../src/services/services.js';
import { createServices, type ServiceParts } from '../../src/services/services.js';
import { CATALOG_COLLECTIONS, memories, PROJECT_COLLECTIONS } from '../../src/storage/collections.js';
import { findHead } from '../../src/storage/sqlite/inspect.js';
import { createSqliteStore } from '../../src/storage/sqlite/store.js';
import type { Change, Store } from '../../src/storage/store.js';
import { borrowWriter } from '../support/machine/threads.js';
import { storageParts } from '../support/storage-control.js';
import { makeFolder } from '../support/temporary.js';

export const author = { actor: 'tester', requestId: 'request-1' };
export const START = Date.parse('2026-03-01T12:00:00.000Z');
const DAY = 86_400_000;

/** Services over real SQLite stores in a folder, with a clock that is moved by hand. */
export interface Bench {
  readonly services: Services;
  readonly factory: RepositoryFactory;
  readonly catalog: Store;
  readonly folder: string;
  readonly clock: { now: number; passDays(days: number): void };
  /** How often each project's search was asked to catch up. */
  readonly catchUps: Map<string, number>;
  readonly storage: ProjectStorage;
}

interface BenchOptions extends Partial<ServiceParts> {
  /** The folder of another bench, to work on the same data as a second process would. */
  readonly folder?: string;
  /** Called before each commit to a project's store, which waits for it. */
  readonly beforeCommit?: (changes: readonly Change[]) => Promise<void>;
  /** Of the server, for what depends on it. Left out: that of this machine. */
  readonly platform?: typeof process.platform;
}

export async function startBench({ beforeCommit, platform, ...options }: BenchOptions = {}): Promise<Bench> {
  const folder = options.folder ?? (await makeFolder());
  await mkdir(join(folder, 'catalog'), { recursive: true });
  const writer = borrowWriter();
  const catalog = await createSqliteStore({
    path: join(folder, 'catalog', 'store.db'),
    collections: CATALOG_COLLECTIONS,
    writer,
    create: { epoch: 1 },
  });
  const catchUps = new Map<string, number>();
  const place = (project: PlacedProject) => {
    const key = placeKey(placeOf(project));
    return join(folder, key === 'LOCAL' ? project.id : `${project.id}@${encodeURIComponent(key)}`);
  };
  const pathOf = (project: PlacedProject) => join(place(project), 'store.db');
  const openStore = (project: PlacedProject, create?: { epoch: number }) =>
    createSqliteStore({ path: pathOf(project), collections: PROJECT_COLLECTIONS, writer, create });
  const storage: ProjectStorage = {
    async open(project) {
      const opened = await openStore(project);
      const commit: Store['commit'] = async (changes, context) => {
        await beforeCommit?.(changes);
        return opened.commit(changes, context);
      };
      const store = { ...opened, commit };
      const onCatchUp = () => catchUps.set(project.id, (catchUps.get(project.id) ?? 0) + 1);
      return { store, search: createWordSearch(store, onCatchUp) };
    },
    async create(project) {
      await mkdir(place(project), { recursive: true });
      await (await openStore(project, { epoch: project.epoch })).close();
    },
    folderOf: place,
    async find(project) {
      const head = existsSync(pathOf(project)) ? findHead(pathOf(project)) : null;
      return head && { projectId: project.id, ...head };
    },
    destroy: (project) => rm(place(project), { recursive: true, force: true }),
    unavailable: (mode) => (mode === 'LOCAL' ? null : { why: `${mode} comes later.`, hint: 'Use LOCAL.' }),
  };
  const factory = createRepositoryFactory(catalog, storage, platform);
  const clock = {
    now: START,
    passDays(days: number) {
      clock.now += days * DAY;
    },
  };
  const services = createServices({
    factory,
    newId: createIdGenerator(),
    secret: Buffer.alloc(32, 7),
    retention: { deletedDays: 30, logDays: 90 },
    now: () => clock.now,
    storage: storageParts(),
    preflight: { run: notAsked },
    ...options,
  });
  onTestFinished(async () => {
    await factory.close();
    await catalog.close();
    await writer.close();
  });
  return { services, factory, catalog, folder, clock, catchUps, storage };
}

export function makeProject({ services }: Bench, input: { name?: string; path?: string } = {}): Promise<Project> {
  return services.projects.create(author, { name: 'Harbour', ...input });
}

/** What a promise is rejected with; fails when it isn't. */
export async function rejection<E extends MooringError>(promise: Promise<unknown>): Promise<E> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: E) => ({ error }),
  );
  if ('value' in outcome) throw new Error(`It should have been refused, and gave ${JSON.stringify(outcome.value)}`);
  return outcome.error;
}

const NO_MODEL: EmbeddingModel = { name: 'none', dimensions: 0, maxBatch: 1, maxBatchBytes: 1, lanes: 1 };
const notAsked = () => Promise.reject(new Error('not asked here'));

/** The links of these memories, written as simply as can be. */
function linksOf(all: readonly Memory[]): MemoryLinks {
  const live = all.filter(({ deletedAt }) => deletedAt === null);
  const isSuperseded = (id: string) => live.some(({ supersedes }) => supersedes === id);
  const newest = (passes: (memory: Memory) => boolean, limit: number) =>
    live
      .filter((memory) => passes(memory) && !isSuperseded(memory.id))
      .sort((a, b) => (a.occurredAt < b.occurredAt ? 1 : -1))
      .slice(0, limit)
      .map(({ id }) => id);
  const referencing = (target: string) => live.filter(({ references }) => references.includes(target));
  return {
    referencing: (id, _, limit) =>
      referencing(id)
        .map((memory) => memory.id)
        .slice(0, limit),
    countReferencing: (id) => referencing(id).length,
    pinned: (limit) => newest(({ pinned }) => pinned, limit),
    decisions: (limit) => newest(({ kind }) => kind === 'DECISION', limit),
  };
}

/** The least search: by words, straight from the store. It still finds deleted memories, like an index that lags a little. */
function createWordSearch(store: Store, onCatchUp: () => void): ProjectSearch {
  const words = (text: string) => text.toLowerCase().match(/\w+/g) ?? [];
  return {
    graph: notAsked,
    links: async (read) => read(linksOf(await store.scan(memories, null, 10_000))),
    async memories({ text, limit }) {
      const asked = new Set(words(text));
      const found = (await store.scan(memories, null, 10_000))
        .map((memory) => ({ memory, score: words(memory.content).filter((word) => asked.has(word)).length / 100 }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score)
        .slice(0, limit);
      const hits = found.map(({ memory, score }) => {
        const start = memory.content.toLowerCase().search(new RegExp([...asked].join('|')));
        return { id: memory.id, score, similarity: null, passage: { start, end: start + 1 } };
      });
      return { hits, answeredBy: 'TEXT', pending: 0 };
    },
    tasks: async () => [],
    embeddings: async (ids) => ids.map(() => null),
    counts: notAsked,
    vectors: {
      model: NO_MODEL,
      get: notAsked,
      read: notAsked,
      compare: notAsked,
    },
    outage: notAsked,
    copyIndex: notAsked,
    renew: notAsked,
    status: notAsked,
    repair: async () => ({ added: 1, removed: 2, retried: 3 }),
    catchUp: async () => onCatchUp(),
    settled: async () => undefined,
    close: async () => undefined,
  };
}
