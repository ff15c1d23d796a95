import { InvalidInputError } from '../../../domain/errors.js';
import { parseId, type RecordKind } from '../../../domain/id.js';
import type { RecordBase } from '../../../domain/record.js';
import { memories, tasks } from '../../../storage/collections.js';
import type { Change, CollectionSpec, Store } from '../../../storage/store.js';
import type { StoreRoute } from '../store-router.js';
import { check } from '../transaction.js';
import type { RecordDraft } from './contract.js';

/** A task or memory that an author names, and where. */
export interface Reference {
  readonly id: string;
  readonly field: string;
}

/** The records that a record names in one of its fields. */
export type NamedBy<T> = (record: T) => string | null | readonly string[];

/** Makes sure that ids are those of live tasks and memories of the project. @throws InvalidInputError naming the field */
export async function requireRecords(
  { store, projectKey }: StoreRoute,
  references: readonly Reference[],
): Promise<void> {
  for (const { id, field } of references) {
    const parsed = parseId(id);
    if (parsed?.projectKey !== projectKey) {
      throw new InvalidInputError(
        `${field} names ${id}, a ${parsed?.kind} of another project.`,
        `Name a ${parsed?.kind} of the same project.`,
        field,
      );
    }
  }
  await requireLiveOf('task', store, tasks, references);
  await requireLiveOf('memory', store, memories, references);
}

/** The same for those of one kind. */
async function requireLiveOf<T extends RecordBase>(
  kind: RecordKind,
  store: Store,
  spec: CollectionSpec<T>,
  references: readonly Reference[],
): Promise<void> {
  const named = references.filter(({ id }) => parseId(id)?.kind === kind);
  const found = named.length === 0 ? [] : await store.collection(spec).get(named.map(({ id }) => id));
  for (const [index, { id, field }] of named.entries()) {
    const record = found[index];
    if (record && !record.deletedAt) continue;
    const why = record ? 'which is deleted' : 'which does not exist';
    throw new InvalidInputError(
      `${field} names the ${kind} ${id}, ${why}.`,
      `Check the id, or restore the ${kind} first.`,
      field,
    );
  }
}

/** The records that an author adds to a field. Earlier ones may have been deleted since; a reversion restores what was. */
export function addedReferences<T extends RecordBase>(
  { operation, before, after, field }: RecordDraft<T>,
  name: string,
  namedBy: NamedBy<T>,
): readonly Reference[] {
  if (operation !== 'CREATE' && operation !== 'UPDATE') return [];
  const known = before === null ? [] : idsOf(namedBy(before));
  const named = namedBy(after);
  const pathOf = (index: number) => (Array.isArray(named) ? `${field}${name}.${index}` : `${field}${name}`);
  return idsOf(named)
    .map((id, index) => ({ id, field: pathOf(index) }))
    .filter(({ id }) => !known.includes(id));
}

/**
 * Follows the records that a record names, deleted ones included (they may be restored), and refuses a cycle.
 * @returns checks of all records on the path, so that none adds the missing link meanwhile
 * @throws `cycle()`
 */
export async function refuseCycle<T extends RecordBase>(
  store: Store,
  spec: CollectionSpec<T>,
  { before, after }: RecordDraft<T>,
  namedBy: NamedBy<T>,
  cycle: () => InvalidInputError,
): Promise<Change[]> {
  // Nothing can name a record that is only being created.
  if (before === null) return [];
  const checks: Change[] = [];
  const seen = new Set<string>();
  const known = idsOf(namedBy(before));
  let next = idsOf(namedBy(after)).filter((id) => !known.includes(id));
  while (next.length > 0) {
    if (next.includes(after.id)) throw cycle();
    for (const id of next) seen.add(id);
    const found = (await store.collection(spec).get(next)).filter((record) => record !== null);
    checks.push(...found.map((record) => check(spec, record)));
    next = [...new Set(found.flatMap((record) => idsOf(namedBy(record))))].filter((id) => !seen.has(id));
  }
  return checks;
}

const idsOf = (named: ReturnType<NamedBy<unknown>>): readonly string[] =>
  named === null ? [] : typeof named === 'string' ? [named] : named;
