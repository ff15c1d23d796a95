import { AlreadyExistsError, InvalidInputError } from '../../../domain/errors.js';
import type { Memory } from '../../../domain/memory.js';
import { memories } from '../../../storage/collections.js';
import type { Change, Store } from '../../../storage/store.js';
import { findByValues } from '../queries.js';
import { comesAlive, type RecordDraft } from './contract.js';
import { refuseCycle } from './references.js';

/**
 * Makes sure that no two live memories supersede the same one, and that none supersedes itself through others.
 * @returns checks of the memories that this depends on
 * @throws AlreadyExistsError, InvalidInputError
 */
export async function checkSuperseding(store: Store, drafts: readonly RecordDraft<Memory>[]): Promise<Change[]> {
  const checks: Change[] = [];
  for (const draft of drafts) {
    checks.push(
      ...(await refuseCycle(
        store,
        memories,
        draft,
        ({ supersedes }) => supersedes,
        () => cycle(draft),
      )),
    );
  }
  const isNew = (draft: RecordDraft<Memory>) =>
    comesAlive(draft) || draft.after.supersedes !== draft.before?.supersedes;
  await requireFirst(store, drafts.filter(isNew));
  return checks;
}

/** Makes sure that what these supersede isn't superseded by another live memory. @throws AlreadyExistsError, InvalidInputError */
export async function requireFirst(
  store: Store,
  drafts: readonly Pick<RecordDraft<Memory>, 'after' | 'field'>[],
): Promise<void> {
  const live = drafts.filter(({ after }) => after.supersedes !== null && after.deletedAt === null);
  const named = new Map<string, string>();
  for (const { after, field } of live) {
    const first = named.get(after.supersedes!);
    if (first !== undefined) throw twice(first, `${field}supersedes`);
    named.set(after.supersedes!, `${field}supersedes`);
  }
  const holders = await findByValues(store, memories, 'supersedes', [...named.keys()], 'EXCLUDE');
  for (const { after, field } of live) {
    const holder = holders.get(after.supersedes!);
    if (holder && holder.id !== after.id) throw superseded(after.supersedes!, holder, field);
  }
}

function superseded(id: string, holder: Memory, field: string): AlreadyExistsError {
  return new AlreadyExistsError(
    `${field}supersedes names ${id}, which ${holder.id} supersedes already. Nothing was written.`,
    `Read ${holder.id}: supersede that one instead, or delete it first.`,
    holder.id,
    ['supersedes'],
    false,
  );
}

function twice(first: string, second: string): InvalidInputError {
  return new InvalidInputError(
    `${second} names the same memory as ${first}. Nothing was written.`,
    'A memory is superseded by one other: leave out one of the two.',
    second,
  );
}

function cycle({ after: { id }, field }: RecordDraft<Memory>): InvalidInputError {
  return new InvalidInputError(
    `${field}supersedes would make ${id} supersede itself.`,
    'Choose a memory that neither is this one nor supersedes it, directly or through others.',
    `${field}supersedes`,
  );
}
