import { isDeepStrictEqual } from 'node:util';
import { AlreadyExistsError, InvalidInputError } from '../../domain/errors.js';
import type { IdGenerator, RecordKind } from '../../domain/id.js';
import { type Content, newBase, type RecordBase } from '../../domain/record.js';
import { findByValues } from './queries.js';
import type { RecordDraft, Rules } from './rules/contract.js';
import type { StoreRoute } from './store-router.js';
import { type Plan, put } from './transaction.js';
import type { ScreenedRoute } from './write-screen.js';

/** A record to create. Its content is computed for the time of the commit and its project's key. */
export interface NewRecord<T extends RecordBase> {
  readonly externalId: string | null;
  readonly content: (at: string, projectKey: string) => Content<T>;
  /** Where in the input it came from, for errors: empty, or such as `tasks.2.` */
  readonly field: string;
}

/** A record to create, with its content. */
interface Wanted<T extends RecordBase> extends Omit<NewRecord<T>, 'content'> {
  readonly content: Content<T>;
}

/** A record to create whose `externalId` an existing record has. */
interface Known<T extends RecordBase> {
  readonly wanted: Wanted<T>;
  readonly record: T;
}

/**
 * Plans the creation of records, all or none. Where a live record, or an equal one of the same batch, has the `externalId`,
 * that one is the result.
 * @throws AlreadyExistsError when the record that has it is deleted
 * @throws InvalidInputError when two of the batch have the same `externalId` and differ
 */
export async function planCreation<T extends RecordBase>(
  rules: Rules<T>,
  route: ScreenedRoute,
  items: readonly NewRecord<T>[],
  at: string,
  newId: IdGenerator,
): Promise<Plan<readonly T[]>> {
  const wanted = items.map((item) => ({ ...item, content: item.content(at, route.projectKey) }));
  const firsts = firstOfEach(wanted);
  const existing = await findByValues(route.store, rules.spec, 'externalId', [...firsts.keys()], 'INCLUDE');
  refuseDeleted(rules, wanted, existing);

  const missing = wanted.filter((each) => each.externalId === null || isNew(each, firsts, existing));
  const { changes, result: documents } = await planNew(rules, route, missing, at, newId);
  const created = new Map(missing.map((each, index) => [each, documents[index]!]));
  const result = wanted.map((each) => {
    const known = each.externalId === null ? undefined : existing.get(each.externalId);
    return known ?? created.get(each) ?? created.get(firsts.get(each.externalId!)!)!;
  });
  return { changes, result };
}

/** Plans the creation of records whose `externalId` no other has. */
async function planNew<T extends RecordBase>(
  rules: Rules<T>,
  route: ScreenedRoute,
  wanted: readonly Wanted<T>[],
  at: string,
  newId: IdGenerator,
): Promise<Plan<readonly T[]>> {
  const drafts = wanted.map(({ externalId, content, field }): RecordDraft<T> => {
    const base = newBase(newId(rules.kind, route.projectKey), at, externalId);
    return { operation: 'CREATE', before: null, after: { ...content, ...base } as T, field };
  });
  const { documents, also } = await rules.apply(route, await route.screen.drafts(rules, route, drafts), at);
  return {
    changes: [...also, ...documents.map((document) => put(rules.spec, 'CREATE', document))],
    result: documents,
  };
}

/**
 * The live record that `find` finds, or else the plan of its creation. When another writer creates it between the two, it is
 * found after all.
 * @throws AlreadyExistsError when `find` finds a deleted record by its `externalId`
 */
export async function findOrPlan<T extends RecordBase, S extends StoreRoute>(
  rules: Rules<T>,
  route: ScreenedRoute<S>,
  source: { readonly find: (route: S) => Promise<T | null>; readonly create: () => NewRecord<T> },
  at: string,
  newId: IdGenerator,
): Promise<{ readonly found: T } | { readonly creation: Plan<readonly T[]> }> {
  const found = await source.find(route);
  if (found?.deletedAt) throw heldByDeleted(rules.kind, found, 'externalId');
  if (found) return { found };
  try {
    const item = source.create();
    const wanted = { ...item, content: item.content(at, route.projectKey) };
    return { creation: await planNew(rules, route, [wanted], at, newId) };
  } catch (error) {
    // The rules found what `find` was too early for.
    if (!(error instanceof AlreadyExistsError) || !(await source.find(route))) throw error;
    return findOrPlan(rules, route, source, at, newId);
  }
}

function isNew<T extends RecordBase>(
  wanted: Wanted<T>,
  firsts: ReadonlyMap<string, Wanted<T>>,
  existing: ReadonlyMap<string, T>,
): boolean {
  return firsts.get(wanted.externalId!) === wanted && !existing.has(wanted.externalId!);
}

/** The first of each `externalId`. @throws InvalidInputError when a later one differs */
function firstOfEach<T extends RecordBase>(wanted: readonly Wanted<T>[]): Map<string, Wanted<T>> {
  const firsts = new Map<string, Wanted<T>>();
  for (const each of wanted) {
    if (each.externalId === null) continue;
    const first = firsts.get(each.externalId);
    if (!first) firsts.set(each.externalId, each);
    else if (!isDeepStrictEqual(first.content, each.content)) throw twice(first, each);
  }
  return firsts;
}

function twice<T extends RecordBase>(first: Wanted<T>, second: Wanted<T>): InvalidInputError {
  const field = `${second.field}externalId`;
  return new InvalidInputError(
    `${field} is the same as ${first.field}externalId, and the two records differ. Nothing was written.`,
    'Give each record an externalId of its own, or leave out the wrong one.',
    field,
  );
}

/** The most ids that an error names. */
const MOST_NAMED = 20;

/** A deleted record is neither returned as if it were live nor restored unasked. */
function refuseDeleted<T extends RecordBase>(
  { kind }: Rules<T>,
  wanted: readonly Wanted<T>[],
  existing: ReadonlyMap<string, T>,
): void {
  const known = wanted.flatMap((each): Known<T>[] => {
    const record = each.externalId === null ? undefined : existing.get(each.externalId);
    return record?.deletedAt ? [{ wanted: each, record }] : [];
  });
  const [first] = known;
  if (!first) return;
  const { wanted: named, record } = first;
  const others = new Set(known.map(({ record: { id } }) => id).filter((id) => id !== record.id));
  const shown = [...others].slice(0, MOST_NAMED).join(', ');
  const more = `${others.size} more ${others.size === 1 ? 'is' : 'are'}, too: ${shown}${others.size > MOST_NAMED ? ', …' : ''}.`;
  throw heldByDeleted(kind, record, `${named.field}externalId`, others.size === 0 ? '' : ` ${more}`);
}

function heldByDeleted(kind: RecordKind, { id }: RecordBase, field: string, rest = ''): AlreadyExistsError {
  return new AlreadyExistsError(
    `${field} belongs to the ${kind} ${id}, which is deleted.${rest} Nothing was written.`,
    `Restore it with \`restore${kind[0]!.toUpperCase()}${kind.slice(1)}\` and use it, or give the new one another externalId.`,
    id,
    ['externalId'],
    true,
  );
}
