import { isDeepStrictEqual } from 'node:util';
import type { Author, VersionedId } from '../../domain/author.js';
import { ConflictError, InvalidInputError, NotFoundError } from '../../domain/errors.js';
import type { IdGenerator } from '../../domain/id.js';
import { type RecordBase, stampAfter } from '../../domain/record.js';
import { upgradeOf } from '../../storage/upgrades.js';
import type { JsonObject } from '../../util/json/json.js';
import { findOrPlan, type NewRecord, planCreation } from './creation.js';
import type { RecordDraft, Rules } from './rules/contract.js';
import type { Router, StoreRoute } from './store-router.js';
import { type Plan, put, type Transact } from './transaction.js';
import type { ScreenedRoute } from './write-screen.js';

/** The operations of any kind of record, each one commit by the rules of its kind. */
export interface Lifecycle {
  /**
   * Creates records, all or none, in the order given. One whose `externalId` exists isn't created again: the record that
   * has it is returned in its place, as it is.
   * @param findRoute - to where they are created; called again for each attempt
   * @throws AlreadyExistsError when that record is deleted
   * @throws InvalidInputError when two that differ have the same `externalId`
   */
  create<T extends RecordBase>(
    rules: Rules<T>,
    author: Author,
    findRoute: () => Promise<StoreRoute>,
    items: readonly NewRecord<T>[],
  ): Promise<readonly T[]>;
  /**
   * Updates the live record that `find` finds, or creates one, in one commit: of upserts that race, one creates, and the others
   * update what it created.
   * @throws AlreadyExistsError when `find` finds a deleted record, or a unique value is held by another
   */
  upsert<T extends RecordBase, S extends StoreRoute>(
    rules: Rules<T>,
    author: Author,
    findRoute: () => Promise<S>,
    upsert: Upsert<T, S>,
  ): Promise<Upserted<T>>;
  /** Updates a live record's content. An update that changes nothing writes nothing. */
  update<T extends RecordBase>(
    rules: Rules<T>,
    author: Author,
    target: VersionedId,
    change: (current: T, at: string) => T,
  ): Promise<T>;
  /** Deletes a live record; it stays stored, hidden. */
  delete<T extends RecordBase>(rules: Rules<T>, author: Author, target: VersionedId): Promise<T>;
  /** Undoes a deletion. A live record stays as it is. */
  restore<T extends RecordBase>(rules: Rules<T>, author: Author, id: string): Promise<T>;
  /** Writes the record as it was at a version, deleted or live as it was then, as a new version. */
  revert<T extends RecordBase>(rules: Rules<T>, author: Author, target: VersionedId, toVersion: number): Promise<T>;
}

/** What an upsert finds, creates and changes. */
export interface Upsert<T extends RecordBase, S extends StoreRoute> {
  /** What identifies the record among those of its kind, in all projects. */
  readonly key: string;
  readonly find: (route: S) => Promise<T | null>;
  /** The record to create. @throws InvalidInputError when the input doesn't suffice for one */
  readonly create: () => NewRecord<T>;
  readonly change: (current: T, at: string) => T;
}

export interface Upserted<T extends RecordBase> {
  readonly record: T;
  /** Whether it didn't exist before. */
  readonly created: boolean;
}

export function createLifecycle(router: Router, transact: Transact, newId: IdGenerator): Lifecycle {
  return {
    create: (rules, author, findRoute, items) =>
      transact(author, findRoute, (route, at) => planCreation(rules, route, items, at, newId)),

    upsert: <T extends RecordBase, S extends StoreRoute>(
      rules: Rules<T>,
      author: Author,
      findRoute: () => Promise<S>,
      upsert: Upsert<T, S>,
    ) =>
      transact<S, Upserted<T>>(
        author,
        findRoute,
        async (route, at) => {
          const planned = await findOrPlan(rules, route, upsert, at, newId);
          if ('creation' in planned) {
            const { changes, result } = planned.creation;
            return { changes, result: { record: result[0]!, created: true } };
          }
          const { found: before } = planned;
          const draft = { operation: 'UPDATE', before, after: upsert.change(before, at), field: '' } as const;
          const { changes, result } = await planWrite(rules, route, draft, at);
          return { changes, result: { record: result, created: false } };
        },
        `${rules.kind} ${upsert.key}`,
      ),

    update: (rules, author, { id, version }, change) =>
      transact(
        author,
        () => router.toRecord(id),
        async (route, at) => {
          const before = requireLive(await getAt(rules, route, id, version));
          return planWrite(rules, route, { operation: 'UPDATE', before, after: change(before, at), field: '' }, at);
        },
      ),

    delete: (rules, author, { id, version }) =>
      transact(
        author,
        () => router.toRecord(id),
        async (route, at) => {
          const before = requireLive(await getAt(rules, route, id, version));
          return planWrite(
            rules,
            route,
            { operation: 'DELETE', before, after: { ...before, deletedAt: at }, field: '' },
            at,
          );
        },
      ),

    restore: (rules, author, id) =>
      transact(
        author,
        () => router.toRecord(id),
        async (route, at) => {
          const before = await getRecord(rules, route, id);
          return planWrite(
            rules,
            route,
            { operation: 'RESTORE', before, after: { ...before, deletedAt: null }, field: '' },
            at,
          );
        },
      ),

    revert: (rules, author, { id, version }, toVersion) =>
      transact(
        author,
        () => router.toRecord(id),
        async (route, at) => {
          const before = await getAt(rules, route, id, version);
          const image = toVersion === version ? before : await getImage(rules, route, before, toVersion);
          const after = revertedTo(before, image, at);
          return planWrite(rules, route, { operation: 'REVERT', before, after, field: '' }, at);
        },
      ),
  };
}

/** Applies the rules to one existing record and plans its next version, unless nothing would change. */
export async function planWrite<T extends RecordBase>(
  rules: Rules<T>,
  route: ScreenedRoute,
  wanted: RecordDraft<T> & { readonly before: T },
  at: string,
): Promise<Plan<T>> {
  const { before, operation } = wanted;
  const isSame = ({ after }: RecordDraft<T>) => isDeepStrictEqual(before, after);
  if (isSame(wanted)) return { changes: [], result: before };
  const [draft = wanted] = await route.screen.drafts(rules, route, [wanted]);
  // The same secret again: it was redacted before.
  if (isSame(draft)) return { changes: [], result: before };
  const after = { ...draft.after, ...stampAfter(before, at) };
  const { documents, also } = await rules.apply(route, [{ ...draft, after }], at);
  const document = documents[0]!;
  return { changes: [...also, put(rules.spec, operation, document)], result: document };
}

/** A record with the content of an image of it, and deleted or live as that is. */
export function revertedTo<T extends RecordBase>(record: T, image: T, at: string): T {
  const { id, version, createdAt, updatedAt, externalId } = record;
  // Deleted now rather than then: retention counts from here.
  const deletedAt = image.deletedAt && (record.deletedAt ?? at);
  return { ...record, ...image, id, version, createdAt, updatedAt, externalId, deletedAt };
}

/** An image from the log, with what its version of Mooring didn't have. */
export function upgraded<T extends RecordBase>(collection: string, image: JsonObject): T {
  const stored = image as unknown as T;
  return upgradeOf<T>(collection)?.(stored) ?? stored;
}

/** The record, deleted or not. @throws NotFoundError */
export async function getRecord<T extends RecordBase>(
  { spec }: Pick<Rules<T>, 'spec'>,
  { store }: Pick<StoreRoute, 'store'>,
  id: string,
): Promise<T> {
  const [record] = await store.collection(spec).get([id]);
  if (!record) throw new NotFoundError(id);
  return record;
}

/** The record if it is at the version that was read. @throws NotFoundError, ConflictError with the current one */
export async function getAt<T extends RecordBase>(
  rules: Pick<Rules<T>, 'spec'>,
  route: Pick<StoreRoute, 'store'>,
  id: string,
  version: number,
): Promise<T> {
  const record = await getRecord(rules, route, id);
  if (record.version !== version) throw new ConflictError(id, record, rules.spec.name);
  return record;
}

/** The record if it is live. @throws NotFoundError */
export function requireLive<T extends RecordBase>(record: T): T {
  if (record.deletedAt) {
    throw new NotFoundError(
      record.id,
      `${record.id} is deleted.`,
      'Restore it first, then repeat with its new version.',
    );
  }
  return record;
}

async function getImage<T extends RecordBase>(
  { spec }: Rules<T>,
  { store }: StoreRoute,
  record: T,
  version: number,
): Promise<T> {
  if (version > record.version) {
    throw new InvalidInputError(
      `${record.id} has no version ${version} yet: it is at version ${record.version}.`,
      'Choose a version from its history.',
      'toVersion',
    );
  }
  const image = await store.log.image(record.id, version);
  if (!image) {
    throw new InvalidInputError(
      `The content of ${record.id} at version ${version} is no longer kept.`,
      'Choose a newer version: its history shows which still have their content.',
      'toVersion',
    );
  }
  return upgraded(spec.name, image);
}

/** A record with the given fields set; those that are undefined stay as they are. */
export function patched<T extends object>(current: T, patch: { readonly [K in keyof T]?: T[K] | undefined }): T {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  return given.length === 0 ? current : { ...current, ...Object.fromEntries(given) };
}
