import { ended } from './errors.js';
import { LEVEL, type Levels } from './level.js';
import { ALL_PERMISSIONS, type Permission } from './permission.js';

/**
 * Who asks, with rights that were computed already. When it loses some, or its credential ends, it ends, and so does what runs
 * for it. Rights that it gains are added to the same object.
 */
export interface Principal extends Levels {
  /**
   * `LOCAL`: anyone, while there are no users; or the machine's owner. It has all rights. `PROGRAM`: one that a user let in,
   * with the rights of their consent.
   */
  readonly kind: 'LOCAL' | 'USER' | 'KEY' | 'PROGRAM';
  /** The user; of a key, its owner; of a program, who let it in. Null for `LOCAL` and for service keys. */
  readonly userId: string | null;
  /** Null when no key was used. */
  readonly keyId: string | null;
  /**
   * Who writes, in the log: the id of the key or user, or `local` for the machine's owner; for a program, the id of the consent
   * and the program's name. Null while there are no users: what clients say of themselves stands alone.
   */
  readonly actor: string | null;
  /** The sign-in of a user at a browser. Left out: there is none. */
  readonly signInId?: string | undefined;
  readonly permissions: ReadonlySet<Permission>;
  readonly ending: Ending;
}

/** Whether a principal's rights still hold. */
export interface Ending {
  /** Why they ended, as a sentence for the client; null while they hold. */
  readonly reason: string | null;
  /** Calls back once, when they end; at once when they have ended. @returns stops that */
  onEnd(listener: (reason: string) => void): () => void;
}

/** An ending, and what brings it about. */
export interface EndingControl extends Ending {
  /** Calling it again does nothing. */
  end(reason: string): void;
  /** Whether anybody waits for it. */
  hasListeners(): boolean;
}

export function createEnding(): EndingControl {
  const listeners = new Set<(reason: string) => void>();
  let reason: string | null = null;
  return {
    get reason() {
      return reason;
    },
    onEnd(listener) {
      if (reason !== null) listener(reason);
      else listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    end(why) {
      if (reason !== null) return;
      reason = why;
      const all = [...listeners];
      listeners.clear();
      for (const listener of all) listener(why);
    },
    hasListeners: () => listeners.size > 0,
  };
}

/** A principal with all rights. @param actor null: there are no users yet */
export function localPrincipal(actor: string | null, ending: Ending = createEnding()): Principal {
  return {
    kind: 'LOCAL',
    userId: null,
    keyId: null,
    actor,
    permissions: ALL_PERMISSIONS,
    everywhere: LEVEL.MANAGE,
    projects: new Map(),
    ending,
  };
}

/** @throws UnauthenticatedError when the rights of a principal have ended */
export function requireLasting({ ending: { reason } }: Pick<Principal, 'ending'>): void {
  if (reason !== null) throw ended(reason);
}

/** Whether a principal may do something on the server. */
export function may(principal: Principal, permission: Permission): boolean {
  return principal.permissions.has(permission);
}
