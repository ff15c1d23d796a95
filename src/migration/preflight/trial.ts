import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { StoreError } from '../../domain/errors.js';
import { PROJECT_KEY_LENGTH, projectKeyOf, withProjectKey } from '../../domain/id.js';
import type { LogEntry } from '../../domain/log-entry.js';
import { DEFAULT_BATCH_SIZE } from '../../domain/migration.js';
import { type Place, projectAt } from '../../domain/place.js';
import type { Project } from '../../domain/project.js';
import type { RecordBase } from '../../domain/record.js';
import type { RepositoryFactory } from '../../repositories/factory.js';
import type { ImportBatch, Store } from '../../storage/store.js';
import { SPECS, specOf } from '../transfer/record-stream.js';

/** A little of a project, read as a move would read it. */
export interface Sample {
  readonly documents: ImportBatch['documents'];
  readonly entries: readonly LogEntry[];
  readonly read: Rates;
}

/** How many a second; infinite where there were none to measure with. */
export interface Rates {
  readonly documents: number;
  readonly entries: number;
}

/** What trying to write a sample somewhere gave. */
export interface Trial {
  readonly write: Rates;
  /** Of what was written there. */
  readonly read: Rates;
}

/** At how many places of a project it looks, and how much it reads at each: 200 documents and as many entries at most. */
const PLACES = 10;
const AT_A_PLACE = 20;
/** How much it reads of a collection that no place was in. */
const AT_LEAST = 5;
/** It looks at no further place once it has so much: a project's first pages tell enough of records so large. */
const ENOUGH_BYTES = 16_777_216;
/** The made-up project's epoch: nobody is routed by a negative one, and importing asks for one. */
const TRIAL_EPOCH = -1;

/**
 * Reads documents and entries at places spread evenly over the project's log, so that what was written early and late is
 * in it, and something of every collection. @throws StoreError
 */
export async function readSample(store: Store): Promise<Sample> {
  const { seq } = await store.log.head();
  const documents = createMeter();
  const logs = createMeter();
  const found = new Map<string, ImportBatch['documents'][number]>();
  const entries = new Map<number, LogEntry>();
  let bytes = 0;

  async function scan(collection: string, afterId: string | null, limit: number): Promise<void> {
    const spec = specOf(collection);
    if (!spec) return;
    const read = await documents.take(() => store.scan(spec, afterId, limit));
    for (const document of read) found.set(document.id, { collection, document });
    bytes += read.reduce((sum, document) => sum + bytesOf(document), 0);
  }

  for (let place = 0; place < PLACES && bytes < ENOUGH_BYTES; place += 1) {
    const read = await logs.take(() => store.log.read(Math.floor((seq * place) / PLACES), AT_A_PLACE));
    for (const entry of read) entries.set(entry.seq, entry);
    bytes += read.reduce((sum, entry) => sum + bytesOf(entry), 0);
    const [first] = read;
    if (first) await scan(first.collection, first.recordId, AT_A_PLACE);
  }
  for (const { name } of SPECS) {
    const isMissing = ![...found.values()].some(({ collection }) => collection === name);
    if (isMissing) await scan(name, null, AT_LEAST);
  }
  const read = { documents: documents.rate(), entries: logs.rate() };
  return { documents: [...found.values()], entries: [...entries.values()].sort((a, b) => a.seq - b.seq), read };
}

/** Bytes of a record, or an entry, as JSON: exactly, as a person reads them. */
export function bytesOf(value: RecordBase | LogEntry): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** Counts what was done in which time. */
function createMeter() {
  let count = 0;
  let ms = 0;
  return {
    async take<T extends readonly unknown[]>(work: () => Promise<T>): Promise<T> {
      const start = performance.now();
      const done = await work();
      ms += performance.now() - start;
      count += done.length;
      return done;
    },
    /** A second. */
    rate: () => (count === 0 ? Number.POSITIVE_INFINITY : (1_000 * count) / Math.max(ms, 0.001)),
  };
}

/**
 * The id of the made-up project that a migration tries its target with: always the same, so that whoever takes the
 * migration over removes what a crash left of it.
 */
export function trialIdOf(migrationId: string): string {
  // Of the alphabet of ids, as hex digits are; the time and the counter are the migration's own.
  const key = createHash('sha256').update(migrationId).digest('hex').slice(0, PROJECT_KEY_LENGTH);
  return withProjectKey(migrationId, key, 'project');
}

/**
 * Writes a sample to the place that a project is to be moved to, into the store of a made-up project, and reads it back. The
 * store is removed again, whatever happens. @throws StoreError when it can't be written, reads differently or can't be removed
 */
export async function tryPlace(
  factory: Pick<RepositoryFactory, 'at' | 'find' | 'create' | 'destroy'>,
  { project, to, trialId }: { readonly project: Project; readonly to: Place; readonly trialId: string },
  sample: Sample,
): Promise<Trial> {
  const trial = makeUp(projectAt(project, to), trialId);
  // What a crash left of an earlier try.
  await remove(factory, trial);
  try {
    await factory.create(trial);
    const { store } = await factory.at(trial);
    const tried = await writeAndRead(store, disguise(sample, trial.key));
    await factory.destroy(trial);
    return tried;
  } catch (error) {
    // What stood in the way is what is told, not what came of it.
    await remove(factory, trial).catch(() => undefined);
    throw error;
  }
}

/** Removes what a try left that was broken off. @throws StoreError */
export async function removeTrial(
  factory: Pick<RepositoryFactory, 'find' | 'destroy'>,
  { project, to, trialId }: { readonly project: Project; readonly to: Place; readonly trialId: string },
): Promise<void> {
  await remove(factory, makeUp(projectAt(project, to), trialId));
}

async function remove(factory: Pick<RepositoryFactory, 'find' | 'destroy'>, trial: Project): Promise<void> {
  if (await factory.find(trial)) await factory.destroy(trial);
}

function makeUp(project: Project, id: string): Project {
  return {
    ...project,
    ...{ id, key: projectKeyOf(id), epoch: TRIAL_EPOCH, externalId: null, path: null },
    name: 'Trial of a move',
    description: 'A few records of a project that may be moved here. They are removed within seconds.',
  };
}

/**
 * The sample as the made-up project's: its ids end with that one's key, since stores tell records apart by id alone. Every
 * document is deleted, so that no index embeds it, which may cost money.
 */
function disguise({ documents, entries }: Sample, key: string): Omit<Sample, 'read'> {
  const renamed = (id: string) => withProjectKey(id, key);
  return {
    documents: documents.map(({ collection, document }) => {
      const { id, deletedAt, updatedAt } = document;
      return { collection, document: { ...document, id: renamed(id), deletedAt: deletedAt ?? updatedAt } };
    }),
    // A purge would erase what is to be measured.
    entries: entries.map((entry, index) => {
      const operation = entry.operation === 'PURGE' ? 'DELETE' : entry.operation;
      return { ...entry, seq: index + 1, recordId: renamed(entry.recordId), operation };
    }),
  };
}

async function writeAndRead(store: Store, { documents, entries }: Omit<Sample, 'read'>): Promise<Trial> {
  const writes = { documents: createMeter(), entries: createMeter() };
  const reads = { documents: createMeter(), entries: createMeter() };
  for (const batch of batches(documents)) await writes.documents.take(() => write({ documents: batch }, batch));
  for (const batch of batches(entries)) await writes.entries.take(() => write({ entries: batch }, batch));
  for (const spec of SPECS) {
    const written = documents.filter(({ collection }) => collection === spec.name).map(({ document }) => document);
    const found = await reads.documents.take(() => store.scan(spec, null, written.length + 1));
    if (!isSame(written, found)) throw differs(spec.name);
  }
  const found = await reads.entries.take(() => store.log.read(0, entries.length + 1));
  if (!isDeepStrictEqual(found, entries)) throw differs('log');
  return { write: ratesOf(writes), read: ratesOf(reads) };

  async function write<T>(some: Partial<ImportBatch>, items: readonly T[]): Promise<readonly T[]> {
    await store.import({ documents: [], entries: [], removed: [], ...some }, TRIAL_EPOCH);
    return items;
  }
}

function* batches<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += DEFAULT_BATCH_SIZE)
    yield items.slice(from, from + DEFAULT_BATCH_SIZE);
}

function ratesOf({ documents, entries }: Record<keyof Rates, { rate(): number }>): Rates {
  return { documents: documents.rate(), entries: entries.rate() };
}

function isSame(written: readonly RecordBase[], found: readonly RecordBase[]): boolean {
  return isDeepStrictEqual([...written].sort(byId), found);
}

function byId(a: RecordBase, b: RecordBase): number {
  return a.id < b.id ? -1 : 1;
}

function differs(what: string): StoreError {
  return new StoreError(
    'STORE_DAMAGED',
    `What was written to the ${what} there, as a try, was read differently.`,
    'Nothing was moved. Look at the health of the storage mode, and at the disk or database behind it.',
  );
}
