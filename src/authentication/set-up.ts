import { networkOf, plainAddress } from '../domain/access/addresses.js';
import { ForbiddenError, RateLimitedError, UnauthenticatedError } from '../domain/access/errors.js';
import { type Author, SERVER_ACTORS } from '../domain/author.js';
import { AlreadyExistsError } from '../domain/errors.js';
import type { OnRefused, SetUp, SetUpInput, SetUpResult } from './contract.js';
import { createRateLimit } from './rate-limit.js';
import type { SetupToken } from './setup-token.js';

export interface SetUpOptions {
  readonly token: SetupToken;
  readonly hasUsers: () => boolean | Promise<boolean>;
  /** @throws AlreadyExistsError when there is a user */
  readonly createFirst: (author: Author, input: Omit<SetUpInput, 'token'>) => Promise<SetUpResult>;
  readonly onRefused?: OnRefused | undefined;
  /** In milliseconds, monotonic. Left out: the system's. */
  readonly clock?: () => number;
}

/** Wrong tokens of one address that are answered in full, in a minute. The right one always is: strangers lock nobody out. */
const WRONG_PER_MINUTE = 5;
/** Who creates the administrator, in the log. */
const ACTOR = SERVER_ACTORS.setUp;

export function createSetUp({ token, hasUsers, createFirst, onRefused = () => {}, clock }: SetUpOptions): SetUp {
  const wrong = createRateLimit(clock);

  function requireToken(given: string, address: string): void {
    if (token.matches(given)) return;
    onRefused({ kind: 'SETUP_REFUSED', address: plainAddress(address), detail: 'wrong token' });
    const wait = wrong.take(networkOf(address), WRONG_PER_MINUTE);
    throw wait === 0 ? WRONG_TOKEN : tooManyWrong(wait);
  }

  return {
    isNeeded: async () => !(await hasUsers()),
    async run({ token: given, ...input }, { address }, requestId) {
      if (await hasUsers()) throw DONE;
      requireToken(given, address);
      try {
        const { user, secret } = await createFirst({ actor: ACTOR, requestId }, input);
        return { user: { id: user.id, email: user.email }, secret };
      } catch (error) {
        throw error instanceof AlreadyExistsError ? DONE : error;
      }
    },
  };
}

const DONE = new ForbiddenError(
  'This server has users already: it is set up.',
  'Ask an administrator for a user or an API key. On the machine itself, `mooring admin reset` makes a link with which one of them sets a password.',
);

const WRONG_TOKEN = new UnauthenticatedError(
  "The set-up token isn't the one of this server.",
  'Copy it from what the server prints at its start.',
);

function tooManyWrong(wait: number): RateLimitedError {
  return new RateLimitedError(
    'Too many wrong set-up tokens came from this address within a minute, and this one is wrong too.',
    `Copy it from what the server prints at its start, and try again in ${wait} s.`,
    wait,
  );
}
