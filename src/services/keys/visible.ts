import { type ApiKey, isUnlimited } from '../../domain/access/api-key.js';
import type { Condition, Store } from '../../storage/store.js';
import { familyOf } from './family.js';
import { administersKeys, type Viewer } from './maker.js';

/** Which keys a caller sees. */
export interface Visible {
  /** What the store can tell of it. */
  readonly where: readonly Condition[];
  includes(key: ApiKey): boolean;
}

/** Those that `KeyService` says. */
export async function visibleTo(store: Store, viewer: Viewer): Promise<Visible> {
  if (administersKeys(viewer)) return { where: [], includes: () => true };
  const { key, principal } = viewer;
  // A limited key makes keys for its own owner only.
  const where = [{ field: 'ownerId', is: principal.userId }];
  if (!key || isUnlimited(key)) {
    // No owner is no caller.
    return { where, includes: ({ ownerId }) => ownerId !== null && ownerId === principal.userId };
  }
  const own = new Set((await familyOf(store, key)).map(({ id }) => id));
  return { where, includes: ({ id }) => own.has(id) };
}
