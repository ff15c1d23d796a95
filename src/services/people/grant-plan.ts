import type { Grant } from '../../domain/access/grant.js';
import type { IdGenerator } from '../../domain/id.js';
import { grants } from '../../storage/account-collections.js';
import type { Store } from '../../storage/store.js';
import { type Plan, put } from '../records/transaction.js';
import { newRecord, planNext } from './records.js';

/** The live grant of this access, whatever its level; null when there is none. */
export async function findGrant(
  store: Store,
  { subjectId, projectId }: Pick<Grant, 'subjectId' | 'projectId'>,
): Promise<Grant | null> {
  const where = [
    { field: 'subjectId', is: subjectId },
    { field: 'projectId', is: projectId },
  ];
  const order = { field: 'subjectId', direction: 'ASC' } as const;
  return (await store.collection(grants).list({ where, order, limit: 1 })).items[0] ?? null;
}

/** Plans the one grant that a subject has for a project, at this level. Whether it may be given is decided already. */
export async function planGrant(
  store: Store,
  newId: IdGenerator,
  access: Pick<Grant, 'subjectId' | 'projectId' | 'level'>,
  at: string,
): Promise<Plan<Grant>> {
  const before = await findGrant(store, access);
  if (!before) {
    const grant = newRecord<Grant>(newId, 'grant', at, access);
    return { changes: [put(grants, 'CREATE', grant)], result: grant };
  }
  if (before.level === access.level) return { changes: [], result: before };
  return planNext(grants, 'UPDATE', before, { ...before, level: access.level }, at);
}
