import { createEnding, type EndingControl, localPrincipal, type Principal } from '../domain/access/principal.js';
import { users } from '../storage/account-collections.js';
import type { Store } from '../storage/store.js';
import type { AccountsWatch } from './accounts-watch.js';

/** Everyone's access while there are no users. */
export interface OpenAccess {
  /** Whether there are users, disabled and deleted ones included. Synchronous when it is known. @throws StoreError */
  hasUsers(): boolean | Promise<boolean>;
  /** Everyone: with all rights, until there are users. */
  everyone(): Principal;
  /** Ends everyone's access if something runs for it and there are users by now. */
  recheck(): Promise<void>;
}

/** Over a catalog's store. */
export function createOpenAccess(store: Store, watch: AccountsWatch): OpenAccess {
  let known: { readonly isSo: boolean; readonly generation: number } | null = null;
  let ending: EndingControl = createEnding();
  let principal = localPrincipal(null, ending);

  function hasUsers(): boolean | Promise<boolean> {
    return known && known.generation === watch.generation() && watch.isCurrent() ? known.isSo : read();
  }

  async function read(): Promise<boolean> {
    for (;;) {
      if (!watch.isCurrent()) await watch.confirm();
      const generation = watch.generation();
      if (known?.generation === generation) return known.isSo;
      const order = { field: 'createdAt', direction: 'ASC' } as const;
      const { items } = await store.collection(users).list({ deleted: 'INCLUDE', order, limit: 1 });
      if (generation !== watch.generation()) continue;
      known = { isSo: items.length > 0, generation };
      if (known.isSo) ending.end('The server has users now: every request needs a credential.');
      return known.isSo;
    }
  }

  return {
    hasUsers,
    everyone() {
      if (ending.reason !== null) {
        ending = createEnding();
        principal = localPrincipal(null, ending);
      }
      return principal;
    },
    async recheck() {
      if (!ending.hasListeners()) return;
      try {
        await hasUsers();
      } catch (error) {
        ending.end(error instanceof Error ? error.message : String(error));
      }
    },
  };
}
