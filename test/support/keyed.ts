import type { Authenticator } from '../../src/authentication/contract.js';
import { RateLimitedError, UnauthenticatedError } from '../../src/domain/access/errors.js';
import { createEnding, type EndingControl, localPrincipal, type Principal } from '../../src/domain/access/principal.js';

/** An authenticator of a few made-up keys, whose rights end when a test says so. */
export interface KeyedAuthenticator extends Authenticator {
  readonly principals: ReadonlyMap<string, Principal & { readonly ending: EndingControl }>;
  /** Refuses further operations on connections that are open. */
  isSpent: boolean;
}

/** @param names of keys, which are their secrets as well */
export function createKeyedAuthenticator(...names: readonly string[]): KeyedAuthenticator {
  const principals = new Map(
    names.map((name) => {
      const ending = createEnding();
      return [name, { ...localPrincipal(`key_${name}`, ending), ending }] as const;
    }),
  );
  const authenticator: KeyedAuthenticator = {
    principals,
    isSpent: false,
    async authenticate({ credential }) {
      const found = principals.get(credential ?? '');
      if (found && found.ending.reason === null) return found;
      throw new UnauthenticatedError('No such key.', 'Send another.');
    },
    confirm() {},
    again() {
      if (authenticator.isSpent) throw new RateLimitedError('Too many.', 'Wait.', 7);
    },
    close: async () => undefined,
  };
  return authenticator;
}
