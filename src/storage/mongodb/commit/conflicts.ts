import type { Document } from 'mongodb';
import { type AlreadyExistsError, ConflictError } from '../../../domain/errors.js';
import type { RecordBase } from '../../../domain/record.js';
import type { AnySpec } from '../../shared/collection-spec.js';
import { uniqueKeysOf } from '../../shared/unique-keys.js';
import type { Change } from '../../store.js';
import { alreadyExists } from '../../store-errors.js';
import { fromDocument } from '../bson.js';
import type { MongoConnection } from '../connection/connection.js';
import { MAX_TIME } from '../connection/timeouts.js';
import { LIVE } from '../schema.js';
import type { RecordCache } from './record-cache.js';
import type { Commit } from './write-plan.js';

/** Reads before commits are written: images of what they replace, and which commit caused a refusal. */
export interface ConflictFinder {
  /**
   * Each commit's conflict with the current records, null where there is none. Reads only what isn't cached, or with
   * `isThorough` everything that is written or checked.
   */
  findConflicts(commits: readonly Commit[], isThorough: boolean): Promise<readonly (ConflictError | null)[]>;
  /** The record at a version that a commit replaces, as `findConflicts` found it. */
  imageOf(id: string, version: number): RecordBase | null;
  /** A unique key of a commit's documents that another document holds; null when there is none. */
  findTaken(commit: Commit): Promise<AlreadyExistsError | null>;
}

export interface ConflictFinderOptions {
  readonly connection: MongoConnection;
  readonly project: string;
  readonly specs: readonly AnySpec[];
  readonly cache: RecordCache;
}

export const idOf = (change: Change): string => (change.kind === 'put' ? change.document.id : change.id);
const expectedBy = (change: Change): number => (change.kind === 'put' ? change.document.version - 1 : change.version);

export function createConflictFinder({ connection, project, specs, cache }: ConflictFinderOptions): ConflictFinder {
  const specOf = new Map(specs.map((spec) => [spec.name, spec]));
  let images = new Map<string, RecordBase>();
  const key = (id: string, version: number) => `${id} ${version}`;

  function isKnown(change: Change): boolean {
    const expected = expectedBy(change);
    // A check or a removal needs no image, and a creation has none: the write itself finds out.
    if (change.kind !== 'put' || expected === 0) return true;
    const found = cache.get(idOf(change), expected);
    if (found) images.set(key(found.id, expected), found);
    return found !== null;
  }

  async function findConflicts(
    commits: readonly Commit[],
    isThorough: boolean,
  ): Promise<readonly (ConflictError | null)[]> {
    images = new Map();
    const wanted = new Map<string, Set<string>>();
    for (const change of commits.flatMap(({ changes }) => changes)) {
      const isRead = isThorough || !isKnown(change);
      if (!isRead) continue;
      const ids = wanted.get(change.collection) ?? new Set();
      wanted.set(change.collection, ids.add(idOf(change)));
    }
    const current = await readCurrent(wanted);
    return commits.map(({ changes }) => conflictOf(changes, current));
  }

  /** The current records; null for those that don't exist. */
  async function readCurrent(wanted: ReadonlyMap<string, ReadonlySet<string>>) {
    const current = new Map<string, RecordBase | null>();
    await Promise.all(
      [...wanted].map(async ([collection, ids]) => {
        for (const id of ids) current.set(id, null);
        const filter: Document = { _id: { $in: [...ids] } };
        const found = await connection.run(() =>
          connection.reads.collection<Document>(collection).find(filter, { maxTimeMS: MAX_TIME }).toArray(),
        );
        const ours = found.filter((document) => document.project === project);
        for (const record of ours.map((each) => fromDocument<RecordBase>(each))) {
          current.set(record.id, record);
          images.set(key(record.id, record.version), record);
        }
      }),
    );
    return current;
  }

  /** Applies a commit's changes in their order: one may replace what another of them wrote. */
  function conflictOf(
    changes: readonly Change[],
    current: ReadonlyMap<string, RecordBase | null>,
  ): ConflictError | null {
    const written = new Map<string, RecordBase | null>();
    for (const change of changes) {
      const id = idOf(change);
      const now = written.has(id) ? written.get(id) : current.get(id);
      if (now !== undefined && (now?.version ?? 0) !== expectedBy(change))
        return new ConflictError(id, now, change.collection);
      if (change.kind === 'put') written.set(id, change.document);
      else if (change.kind === 'remove') written.set(id, null);
    }
    return null;
  }

  async function findTaken({ changes }: Commit): Promise<AlreadyExistsError | null> {
    for (const change of changes) {
      const spec = specOf.get(change.collection);
      const taken =
        change.kind === 'put' && spec && (await findHolder(connection, project, spec, change.document, [idOf(change)]));
      if (taken) return taken;
    }
    return null;
  }

  return { findConflicts, imageOf: (id, version) => images.get(key(id, version)) ?? null, findTaken };
}

/** A unique key of a document that another one holds, those of the ids `except` aside; null when there is none. */
export async function findHolder(
  connection: MongoConnection,
  project: string,
  spec: AnySpec,
  document: RecordBase,
  except: readonly string[],
): Promise<AlreadyExistsError | null> {
  const { name } = spec;
  for (const { fields, values, among } of uniqueKeysOf(spec, document)) {
    const filter: Document = {
      project,
      ...Object.fromEntries(fields.map((field, index) => [field, values[index]])),
      _id: { $nin: except },
      ...(among === 'live' ? LIVE : {}),
    };
    const holder = await connection.run(() => connection.reads.collection<Document>(name).findOne(filter));
    if (holder) return alreadyExists(name, fields, String(holder._id));
  }
  return null;
}
