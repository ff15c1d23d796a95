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

/** Some records and entries of a project, read as a move would read them. */
export interface Sample {
  readonly documents: ImportBatch['documents'];
  readonly entries: readonly LogEntry[];
  readonly read: Rates;
}

/** Items a second; infinite where there were none to measure. */
export interface Rates {
  readonly documents: number;
  readonly entries: number;
}

/** The rates measured by writing a sample to a place. */
export interface Trial {
  readonly write: Rates;
  /** Of reading it back. */
  readonly read: Rates;
}

/** Points of a project's log at which it is sampled, and how much is read at each: at most 200 documents and as many entries. */
const POINTS = 10;
const AT_A_POINT = 20;
/** How much is read of a collection that no point led to. */
const AT_LEAST = 5;
/** Sampling stops once it has read this much: of large records, the first ones tell enough. */
const ENOUGH_BYTES = 16_777_216;
/** The trial project's epoch: nothing is routed by a negative one, and importing requires one. */
const TRIAL_EPOCH = -1;

/**
 * Reads documents and entries at points spread evenly over the project's log, so that the sample has early and late ones,
 * and some of every collection. @throws StoreError
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

  for (let point = 0; point < POINTS && bytes < ENOUGH_BYTES; point += 1) {
    const read = await logs.take(() => store.log.read(Math.floor((seq * point) / POINTS), AT_A_POINT));
    for (const entry of read) entries.set(entry.seq, entry);
    bytes += read.reduce((sum, entry) => sum + bytesOf(entry), 0);
    const [first] = read;
    if (first) await scan(first.collection, first.recordId, AT_A_POINT);
  }
  for (const { name } of SPECS) {
    const isMissing = ![...found.values()].some(({ collection }) => collection === name);
    if (isMissing) await scan(name, null, AT_LEAST);
  }
  const read = { documents: documents.rate(), entries: logs.rate() };
  return { documents: [...found.values()], entries: [...entries.values()].sort((a, b) => a.seq - b.seq), read };
}

/** The exact bytes of a record, or an entry, as JSON, for people to read. */
export function bytesOf(value: RecordBase | LogEntry): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** Measures a rate: items by time. */
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
    /** Items a second. */
    rate: () => (count === 0 ? Number.POSITIVE_INFINITY : (1_000 * count) / Math.max(ms, 0.001)),
  };
}

/**
 * The id of the trial project by which a migration tries its target: always the same, so that the next runner removes what a
 * crash left of it.
 */
export function trialIdOf(migrationId: string): string {
  // Of the alphabet of ids, as hex digits are; the time and the counter are the migration's own.
  const key = createHash('sha256').update(migrationId).digest('hex').slice(0, PROJECT_KEY_LENGTH);
  return withProjectKey(migrationId, key, 'project');
}

/**
 * Writes a sample to the place that a project is to move to, into the store of a trial project, and reads it back. The store
 * is removed again, whatever happens. @throws StoreError when it can't be written, reads differently or can't be removed
 */
export async function tryPlace(
  factory: Pick<RepositoryFactory, 'at' | 'find' | 'create' | 'destroy'>,
  { project, to, trialId }: { readonly project: Project; readonly to: Place; readonly trialId: string },
  sample: Sample,
): Promise<Trial> {
  const trial = trialProject(projectAt(project, to), trialId);
  // What a crash left of an earlier trial.
  await remove(factory, trial);
  try {
    await factory.create(trial);
    const { store } = await factory.at(trial);
    const tried = await writeAndRead(store, asTrial(sample, trial.key));
    await factory.destroy(trial);
    return tried;
  } catch (error) {
    // The first error is reported, not one that it caused.
    await remove(factory, trial).catch(() => undefined);
    throw error;
  }
}

/** Removes what an interrupted trial left behind. @throws StoreError */
export async function removeTrial(
  factory: Pick<RepositoryFactory, 'find' | 'destroy'>,
  { project, to, trialId }: { readonly project: Project; readonly to: Place; readonly trialId: string },
): Promise<void> {
  await remove(factory, trialProject(projectAt(project, to), trialId));
}

async function remove(factory: Pick<RepositoryFactory, 'find' | 'destroy'>, trial: Project): Promise<void> {
  if (await factory.find(trial)) await factory.destroy(trial);
}

function trialProject(project: Project, id: string): Project {
  return {
    ...project,
    ...{ id, key: projectKeyOf(id), epoch: TRIAL_EPOCH, externalId: null, path: null },
    name: 'Trial of a move',
    description: 'A few records of a project that may be moved here. They are removed within seconds.',
  };
}

/**
 * The sample as the trial project's own: its ids end with that project's key, since stores tell records apart by id alone.
 * Every document is marked as deleted, so that no index embeds it, which may cost money.
 */
function asTrial({ documents, entries }: Sample, key: string): Omit<Sample, 'read'> {
  const renamed = (id: string) => withProjectKey(id, key);
  return {
    documents: documents.map(({ collection, document }) => {
      const { id, deletedAt, updatedAt } = document;
      return { collection, document: { ...document, id: renamed(id), deletedAt: deletedAt ?? updatedAt } };
    }),
    // A purge would erase what is measured.
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
    `The trial was read differently from what was written there, in: ${what}.`,
    'Nothing was moved. Check the health of the storage mode, and its disk or database.',
  );
}
