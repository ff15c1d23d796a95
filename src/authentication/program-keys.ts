import { networkOf } from '../domain/access/addresses.js';
import { UnauthenticatedError } from '../domain/access/errors.js';
import { createEnding } from '../domain/access/principal.js';
import { COMMAND_LINES } from '../domain/sign-in/programs.js';
import type { Attempts } from '../services/attempts/attempts.js';
import type { KeyService } from '../services/keys/contract.js';
import type { SignInService } from '../services/sign-in/service.js';
import { storedToken } from '../storage/sign-in-collections.js';
import type { Store } from '../storage/store.js';
import type { ProgramKeys } from './contract.js';
import { RefusedError } from './known.js';
import { signInOf } from './sign-ins.js';

/** Tokens of one address that don't count, in ten minutes. */
const MOST_WRONG = 20;

/** Trades the token of a program, which its user has let in, for an API key. */
export function createProgramKeys(
  store: Store,
  keys: Pick<KeyService, 'create'>,
  signIns: Pick<SignInService, 'end'>,
  attempts: Attempts,
  now: () => number = Date.now,
): ProgramKeys {
  async function find(token: string) {
    try {
      const valid = await signInOf(store, storedToken(token), now());
      const { program } = valid.signIn;
      const limits = program && Object.hasOwn(COMMAND_LINES, program) ? COMMAND_LINES[program] : undefined;
      return limits && { ...valid, limits };
    } catch (error) {
      if (error instanceof RefusedError) return undefined;
      throw error;
    }
  }

  return {
    async trade({ token, name }, { address }, requestId) {
      const succeeded = attempts.begin([{ name: `program ${networkOf(address)}`, most: MOST_WRONG }]);
      const found = await find(token);
      if (!found) throw NO_SUCH_TOKEN;
      const { identity, rights, signIn, limits } = found;
      const principal = { ...identity, ...rights, ending: createEnding() };
      const author = { actor: identity.actor ?? '', requestId, principal };
      // First: of two at once, one ends it and gets a key.
      await signIns.end(author, { id: signIn.id });
      succeeded();
      const { apiKey, secret } = await keys.create(author, { name, ...limits });
      return { secret, apiKey: { id: apiKey.id, name: apiKey.name, level: apiKey.level } };
    },
  };
}

const NO_SUCH_TOKEN = new UnauthenticatedError(
  "This token lets no program in: it was used, has expired, or isn't one of a code that was let in.",
  'Start again with `mooring login`.',
);
