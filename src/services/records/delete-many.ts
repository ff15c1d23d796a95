import type { Author } from '../../domain/author.js';
import { InvalidInputError } from '../../domain/errors.js';
import { type RecordBase, stampAfter } from '../../domain/record.js';
import type { Condition, Store } from '../../storage/store.js';
import { nextTurn } from '../../util/async.js';
import { sizeOf } from '../../util/json/json.js';
import { grouped } from '../../util/text/grouped.js';
import { everyPage } from './queries.js';
import type { RecordDraft, Rules } from './rules/contract.js';
import type { ProjectRoute } from './store-router.js';
import { put, type Transact } from './transaction.js';

/** The most records that one call deletes, those that go with them included: they go in one commit. */
export const MAX_DELETED = 10_000;
/** The most that they may have, in characters as JSON: they are held in memory together. */
export const MAX_DELETED_BYTES = 64 * 2 ** 20;

/** Which records are deleted. */
export interface Selection<T extends RecordBase> {
  readonly where: readonly Condition[];
  /** Orders them: the order of the ids in the result. */
  readonly field: keyof T & string;
  /** Whether all that an empty filter matches, or one with nothing but nulls, are meant. */
  readonly all: boolean;
  /** Only finds them, and refuses what the deletion would. */
  readonly dryRun: boolean;
  /** How many other records go with them. Left out: none. */
  readonly countOthers?: (store: Store, found: readonly T[]) => Promise<number>;
}

/** What was, or would be, deleted, as it was before. */
export interface DeletedMany<T extends RecordBase = RecordBase> {
  readonly records: readonly T[];
}

/**
 * Deletes the live records that match a filter, all or none, by the rules of their kind.
 * @throws InvalidInputError when the filter is empty and `all` isn't set, or it matches more than `MAX_DELETED`, or too large ones
 */
export function deleteMany<T extends RecordBase>(
  rules: Rules<T>,
  transact: Transact,
  author: Author,
  findRoute: () => Promise<ProjectRoute>,
  { where, field, all, dryRun, countOthers }: Selection<T>,
): Promise<DeletedMany<T>> {
  if (!all && where.every(isNull)) throw empty(rules, where.length > 0);
  return transact(author, findRoute, async (route, at) => {
    const { store } = route;
    const count = await store.collection(rules.spec).count(where);
    if (count > MAX_DELETED) throw tooMany(rules, count);
    const found = await findAll(store, rules, where, field);
    const others = (await countOthers?.(store, found)) ?? 0;
    if (found.length + others > MAX_DELETED) throw tooMany(rules, count, others);
    const drafts = found.map((before): RecordDraft<T> => {
      const after = { ...before, ...stampAfter(before, at), deletedAt: at };
      return { operation: 'DELETE', before, after, field: '' };
    });
    const { documents, also } = await rules.apply(route, drafts, at);
    if (documents.length + also.length > MAX_DELETED) throw tooMany(rules, count, also.length);
    const changes = dryRun ? [] : [...also, ...documents.map((document) => put(rules.spec, 'DELETE', document))];
    return { changes, result: { records: found } };
  });
}

/** A client sends null for what it has no value for, too. */
const isNull = (condition: Condition): boolean => 'is' in condition && condition.is === null;

function empty<T extends RecordBase>({ kind }: Rules<T>, hasNulls: boolean): InvalidInputError {
  return new InvalidInputError(
    hasNulls
      ? `The filter has nothing but null, which may match every ${kind} of the project.`
      : `An empty filter matches every ${kind} of the project.`,
    'Give a condition, or say `all: true` if all that match are meant.',
    'filter',
  );
}

function tooLarge<T extends RecordBase>({ spec }: Rules<T>): InvalidInputError {
  return new InvalidInputError(
    `The ${spec.name} that match the filter have more than ${MAX_DELETED_BYTES / 2 ** 20} MB; one call deletes at most that much.`,
    'Narrow the filter, and repeat for the rest.',
    'filter',
  );
}

/** All that match, unless they are too large. @throws InvalidInputError */
async function findAll<T extends RecordBase>(
  store: Store,
  rules: Rules<T>,
  where: readonly Condition[],
  field: keyof T & string,
): Promise<readonly T[]> {
  const found: T[] = [];
  let size = 0;
  for await (const page of everyPage(store, rules.spec, { where, deleted: 'EXCLUDE', field })) {
    for (const record of page) size += sizeOf(record);
    if (size > MAX_DELETED_BYTES) throw tooLarge(rules);
    found.push(...page);
    await nextTurn();
  }
  return found;
}

function tooMany<T extends RecordBase>({ spec }: Rules<T>, count: number, more = 0): InvalidInputError {
  const others = more > 0 ? `, and ${grouped(more)} records go with them` : '';
  return new InvalidInputError(
    `The filter matches ${grouped(count)} ${spec.name}${others}; one call deletes at most ${grouped(MAX_DELETED)} records.`,
    'Narrow the filter, and repeat for the rest.',
    'filter',
  );
}
