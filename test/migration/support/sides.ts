import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { StoreError } from '../../../src/domain/errors.js';
import { createIdGenerator } from '../../../src/domain/id.js';
import type { LogEntry } from '../../../src/domain/log-entry.js';
import { LOG_START, type LogPosition, positionAfter } from '../../../src/domain/log-position.js';
import type { Memory } from '../../../src/domain/memory.js';
import type { RecordBase } from '../../../src/domain/record.js';
import type { Reject } from '../../../src/migration/errors.js';
import type { CopyOptions, CopyStep } from '../../../src/migration/transfer/copy.js';
import { copy } from '../../../src/migration/transfer/copy.js';
import { replay } from '../../../src/migration/transfer/replay.js';
import type { OpenProject } from '../../../src/modes/contract.js';
import { createProjectSearch } from '../../../src/search/create-search.js';
import { memories, PROJECT_COLLECTIONS, sessions, states, tasks } from '../../../src/storage/collections.js';
import type { Change, CollectionSpec, Store } from '../../../src/storage/store.js';
import type { StoreFactory } from '../../contract/store.js';
import { cases } from '../../support/extent.js';
import { fileFactory } from '../../support/files/files.js';
import { freshDatabase, mongoUnavailable, sharedMongo } from '../../support/mongodb/mongodb.js';
import { mongoFactory } from '../../support/mongodb/stores.js';
import { AT, aMemory, aSession, aTask } from '../../support/records.js';
import { createWordEmbedder } from '../../support/search/search.js';
import { sqliteFactory } from '../../support/sqlite.js';

/** Epochs of both sides of a move. */
export const SOURCE_EPOCH = 3;
export const TARGET_EPOCH = -7;

export type Kind = 'SQLite' | 'files' | 'MongoDB';
/** Every kind is a source and a target. */
export const PAIRS = cases<readonly [Kind, Kind]>(
  [
    ['SQLite', 'MongoDB'],
    ['MongoDB', 'files'],
    ['files', 'SQLite'],
  ],
  [
    ['SQLite', 'files'],
    ['files', 'MongoDB'],
    ['MongoDB', 'SQLite'],
  ],
).map(([from, to]) => ({ from, to, isSkipped: (from === 'MongoDB' || to === 'MongoDB') && mongoUnavailable !== null }));

export type TestSide = OpenProject & { readonly indexPath: string };

const FACTORIES: { readonly [K in Kind]: () => StoreFactory } = {
  SQLite: sqliteFactory,
  files: fileFactory,
  MongoDB: () => mongoFactory(sharedMongo(), freshDatabase()),
};

/** Stores and searches of a test, closed when it ends. */
export const sides = {
  /** A source, or a target when the epoch says so. */
  async store(kind: Kind, epoch: number = SOURCE_EPOCH): Promise<Store> {
    const factory = FACTORIES[kind]();
    onTestFinished(() => factory.cleanUp());
    return factory.open(await factory.place(), epoch);
  },
  /** The same with a search; a donor makes its vectors those of another side. */
  async side(
    store: Store,
    { donor, model }: { readonly donor?: OpenProject; readonly model?: string } = {},
  ): Promise<TestSide> {
    const folder = await mkdtemp(join(tmpdir(), 'mooring-sides-'));
    const indexPath = join(folder, 'search.db');
    const embedder = createWordEmbedder(model);
    const vectors = donor?.search.vectors;
    const giver = vectors && { model: vectors.model.name, read: (hashes: readonly string[]) => vectors.read(hashes) };
    const search = createProjectSearch({ store, embedder, path: indexPath, retryMs: 1, donor: giver });
    onTestFinished(async () => {
      await search.close();
      await rm(folder, { recursive: true });
    });
    return { store, search, indexPath };
  },
};

// — writing —

const newId = createIdGenerator();

/** Somebody who works on a project: writes of every kind, the same ones each time. */
export interface Scribe {
  write(count: number): Promise<void>;
}

export function createScribe(store: Store, name = 'n'): Scribe {
  const live: { collection: string; document: RecordBase }[] = [];
  let turn = 0;
  const commit = (...changes: Change[]) =>
    store.commit(changes, { epoch: SOURCE_EPOCH, actor: 'scribe', requestId: `r${turn}`, at: AT });

  async function create(): Promise<void> {
    const key = `${name}${turn}`;
    const made = [
      { collection: memories.name, document: aMemory({ content: `words of ${key} and more`, externalId: key }) },
      { collection: tasks.name, document: aTask({ title: `Task ${key}` }) },
      { collection: sessions.name, document: aSession({ key }) },
      {
        collection: states.name,
        document: {
          ...aMemory(),
          id: newId('state', 'abcdefgh'),
          ownerId: 'o',
          key,
          value: { deep: [turn, null] },
        },
      },
    ][turn % 4]!;
    await commit({ kind: 'put', operation: 'CREATE', ...made });
    live.push(made);
  }

  async function change(operation: 'UPDATE' | 'DELETE' | 'RESTORE', own: object): Promise<void> {
    const record = live[(turn * 7) % live.length]!;
    record.document = { ...record.document, ...own, version: record.document.version + 1 };
    await commit({ kind: 'put', operation, ...record });
  }

  async function purge(): Promise<void> {
    const [{ collection, document }] = live.splice((turn * 5) % live.length, 1) as [(typeof live)[number]];
    await commit({ kind: 'remove', collection, id: document.id, version: document.version });
  }

  return {
    async write(count) {
      for (const end = turn + count; turn < end; turn += 1) {
        const kind = turn % 11;
        if (live.length < 8 || kind < 5) await create();
        else if (kind < 7) await change('UPDATE', { title: `changed in ${turn}`, metadata: { turn } });
        else if (kind === 7) await change('DELETE', { deletedAt: AT });
        else if (kind === 8) await change('RESTORE', { deletedAt: null });
        else if (kind === 9) await purge();
        else await change('UPDATE', { externalId: `handed ${name}${turn}` });
      }
    },
  };
}

/** Writes the next version of a memory into a source. */
export async function edit(store: Store, document: Memory, own: Partial<Memory>): Promise<Memory> {
  const next = { ...document, ...own, version: document.version + 1 };
  await write(store, { kind: 'put', collection: memories.name, operation: 'UPDATE', document: next });
  return next;
}

/** Creates memories in a source. */
export async function create(store: Store, ...documents: readonly Memory[]): Promise<void> {
  const changes = documents.map(
    (document) => ({ kind: 'put', collection: memories.name, operation: 'CREATE', document }) as const,
  );
  await write(store, ...changes);
}

export const write = (store: Store, ...changes: readonly Change[]) =>
  store.commit(changes, { epoch: SOURCE_EPOCH, actor: 'tester', requestId: 'r', at: AT });

// — moving —

export const noRejects = async ({ collection, recordId, reason }: Reject): Promise<never> => {
  throw new Error(`${recordId} of ${collection} was rejected: ${reason}`);
};

export async function copyOptions(source: Store, target: Store, own: Partial<CopyOptions> = {}): Promise<CopyOptions> {
  const until = (await source.log.head()).seq;
  return { source, target, epoch: TARGET_EPOCH, batchSize: 10, from: null, until, onReject: noRejects, ...own };
}

export async function copyAll(options: CopyOptions): Promise<readonly CopyStep[]> {
  const steps: CopyStep[] = [];
  for await (const step of copy(options)) steps.push(step);
  return steps;
}

/** Where a store's log has an entry. */
export async function positionIn({ log }: Store, seq: number): Promise<LogPosition> {
  const [entry] = seq > 0 ? await log.read(seq - 1, 1) : [];
  return entry ? positionAfter(entry) : LOG_START;
}

/** Replays everything that the source's log has so far. */
export async function replayAll(
  source: Store,
  target: Store,
  after: LogPosition,
  onReject = noRejects,
): Promise<LogPosition> {
  let position = after;
  for (const { seq } = await source.log.head(); position.seq < seq; ) {
    const done = await replay({ source, target, epoch: TARGET_EPOCH, after: position, limit: 20, onReject });
    if (done.mismatches.length > 0) throw new Error(JSON.stringify(done.mismatches));
    position = done.end;
  }
  return position;
}

// — reading —

/** All that a store holds. */
export async function contents(store: Store): Promise<{ [collection: string]: readonly (RecordBase | LogEntry)[] }> {
  const found: { [collection: string]: readonly (RecordBase | LogEntry)[] } = {};
  for (const spec of PROJECT_COLLECTIONS as readonly unknown[] as readonly CollectionSpec<RecordBase>[])
    found[spec.name] = await store.scan(spec, null, 100_000);
  return { ...found, log: await store.log.read(0, 100_000) };
}

/** A target that takes no record or entry of more characters. */
export function limited(target: Store, most: number): Store {
  return {
    ...target,
    async import(batch, epoch) {
      for (const each of [...batch.documents.map(({ document }) => document), ...batch.entries])
        if (JSON.stringify(each).length > most) throw new StoreError('RECORD_TOO_LARGE', 'It is too large.', 'Cut it.');
      await target.import(batch, epoch);
    },
  };
}
