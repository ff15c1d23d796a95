import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Memory } from '../../../src/domain/memory.js';
import type { RecordBase } from '../../../src/domain/record.js';
import type { Task } from '../../../src/domain/task.js';
import type { Embedder } from '../../../src/embedding/embedder.js';
import type { MemoryAnswer, MemoryQuery, ProjectSearch } from '../../../src/search/contract.js';
import { createProjectSearch, type ProjectSearchOptions } from '../../../src/search/create-search.js';
import { PROJECT_COLLECTIONS } from '../../../src/storage/collections.js';
import { createSqliteStore } from '../../../src/storage/sqlite/store.js';
import type { Change, Store } from '../../../src/storage/store.js';
import { borrowWriter } from '../machine/threads.js';
import { AT, aMemory, aTask } from '../records.js';

export const memory = (content: string, own: Partial<Memory> = {}): Memory => aMemory({ content, ...own });
export const task = (title: string, own: Partial<Task> = {}): Task => aTask({ title, ...own });

/** Memories that differ in their last word. */
export function notes(count: number): readonly Memory[] {
  return Array.from({ length: count }, (_, n) => memory(`note number ${n}`));
}

const DIMENSIONS = 256;

/** A word embedder that records its calls and can be made to fail. */
export interface WordEmbedder extends Embedder {
  readonly asked: string[];
  /** Throws what this returns for a text. */
  refuse: (text: string) => Error | null;
  /** Documents wait for this before they are embedded. */
  gate: Promise<void>;
}

/** An embedder whose texts are as similar as the words they share. A blank line begins a passage. */
export function createWordEmbedder(name = 'words'): WordEmbedder {
  const embed = (text: string): Float32Array => {
    const refusal = embedder.refuse(text);
    if (refusal) throw refusal;
    const vector = new Float32Array(DIMENSIONS);
    for (const word of text.toLowerCase().match(/\w+/g) ?? ['']) {
      let hash = 7;
      for (const character of word) hash = (hash * 31 + character.charCodeAt(0)) % 999_983;
      vector[hash % DIMENSIONS]! += 1;
    }
    const norm = Math.hypot(...vector);
    return vector.map((value) => value / norm);
  };
  const embedder: WordEmbedder = {
    model: { name, dimensions: DIMENSIONS, maxBatch: 8, maxBatchBytes: 65_536, lanes: 2 },
    asked: [],
    refuse: () => null,
    gate: Promise.resolve(),
    passages: async (text) =>
      [...text.matchAll(/\S(?:(?!\n\n)[\s\S])*/g)].map(({ 0: passage, index }) => ({
        start: index,
        end: index + passage.length,
      })),
    async embedDocuments(texts) {
      await embedder.gate;
      embedder.asked.push(...texts);
      return texts.map(embed);
    },
    embedQuery: async (text) => embed(text),
    close: async () => {},
  };
  return embedder;
}

/** A project's store with a search, in a folder of its own. */
export interface Bench {
  readonly store: Store;
  readonly search: ProjectSearch;
  readonly embedder: WordEmbedder;
  readonly indexPath: string;
  readonly storePath: string;
  create(...documents: readonly (Memory | Task)[]): Promise<void>;
  /** Writes the next version of a record, and returns it. */
  update<T extends Memory | Task>(document: T, change: Partial<T>): Promise<T>;
  delete<T extends Memory | Task>(document: T): Promise<T>;
  restore<T extends Memory | Task>(document: T): Promise<T>;
  purge(document: Memory | Task): Promise<void>;
  /** Ids of the memories that a query finds. */
  find(text: string, query?: Partial<MemoryQuery>): Promise<readonly string[]>;
  ask(text: string, query?: Partial<MemoryQuery>): Promise<MemoryAnswer>;
  /** Another process's search of the same project: its own connections to both files. */
  join(options?: Partial<ProjectSearchOptions>): Promise<ProjectSearch>;
  /** Closes the search; a new one opens the file again. */
  reopen(options?: Partial<ProjectSearchOptions>): Promise<ProjectSearch>;
}

/** Makes benches and cleans up after them. */
export function createBenches() {
  const closers: (() => Promise<unknown>)[] = [];

  async function openStore(path: string, epoch: number): Promise<Store> {
    const writer = borrowWriter();
    const store = await createSqliteStore({ path, collections: PROJECT_COLLECTIONS, writer, create: { epoch } });
    closers.push(async () => {
      await store.close();
      await writer.close();
    });
    return store;
  }

  function openSearch(options: ProjectSearchOptions): ProjectSearch {
    const search = createProjectSearch({ retryMs: 1, ...options });
    closers.push(() => search.close());
    return search;
  }

  /** `epoch`: of the store; a negative one is a migration's, under which it takes imports and no commits. */
  async function open(options: Partial<ProjectSearchOptions> = {}, epoch = 1): Promise<Bench> {
    const folder = await mkdtemp(join(tmpdir(), 'mooring-search-'));
    closers.push(() => rm(folder, { recursive: true }));
    const indexPath = join(folder, 'search.db');
    const storePath = join(folder, 'store.db');
    const store = await openStore(storePath, epoch);
    const embedder = createWordEmbedder();
    const settings = { store, embedder, path: indexPath };
    let search = openSearch({ ...settings, ...options });

    const commit = (changes: readonly Change[]) =>
      store.commit(changes, { epoch, actor: 'tester', requestId: 'test', at: AT });
    const collectionOf = ({ id }: RecordBase) => (id.startsWith('tsk') ? 'tasks' : 'memories');
    const put = (document: RecordBase, operation: 'CREATE' | 'UPDATE' | 'DELETE' | 'RESTORE'): Change => ({
      ...{ kind: 'put', collection: collectionOf(document), operation, document },
    });
    async function write<T extends RecordBase>(
      document: T,
      operation: 'UPDATE' | 'DELETE' | 'RESTORE',
      own: Partial<T>,
    ) {
      const next = { ...document, ...own, version: document.version + 1 };
      await commit([put(next, operation)]);
      return next;
    }
    const ask = (text: string, query: Partial<MemoryQuery> = {}) =>
      search.memories({ text, mode: 'HYBRID', limit: 10, filter: {}, ...query });

    return {
      store,
      embedder,
      indexPath,
      storePath,
      get search() {
        return search;
      },
      create: async (...documents) => {
        await commit(documents.map((document) => put(document, 'CREATE')));
      },
      update: (document, change) => write(document, 'UPDATE', change),
      delete: (document) => write<typeof document>(document, 'DELETE', { deletedAt: AT } as Partial<typeof document>),
      restore: (document) =>
        write<typeof document>(document, 'RESTORE', { deletedAt: null } as Partial<typeof document>),
      purge: async (document) => {
        const { id, version } = document;
        await commit([{ kind: 'remove', collection: collectionOf(document), id, version }]);
      },
      ask,
      find: async (text, query) => (await ask(text, query)).hits.map(({ id }) => id),
      join: async (own = {}) => openSearch({ ...settings, store: await openStore(storePath, epoch), ...own }),
      reopen: async (own = {}) => {
        await search.close();
        search = openSearch({ ...settings, ...own });
        return search;
      },
    };
  }

  return {
    open,
    async cleanUp() {
      for (const close of closers.splice(0).reverse()) await close();
    },
  };
}

/** A promise and how to resolve it. */
export function gate(): { readonly passed: Promise<void>; open(): void } {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

/** Gives another process the lease to embed, until this time in ms. */
export function lendLease(indexPath: string, until: number): void {
  const lease = JSON.stringify({ owner: 'another process', until });
  inspect(indexPath, (db) => db.prepare("INSERT OR REPLACE INTO meta VALUES ('lease', ?)").run(lease));
}

/** Opens an index file from outside. */
export function inspect<T>(path: string, look: (db: Database.Database) => T): T {
  const db = new Database(path);
  const close = () => void db.close();
  try {
    const seen = look(db);
    if (seen instanceof Promise) void seen.finally(close);
    else close();
    return seen;
  } catch (error) {
    close();
    throw error;
  }
}
