import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { RateLimitedError } from '../../domain/access/errors.js';

/**
 * Hashes passwords by scrypt, in the form that the library for signing in reads: `salt:key`, in hexadecimal. Each takes 32 MB
 * and a tenth of a second of one of the few threads that reading files needs as well: so few are hashed at once, few wait, and
 * more are refused.
 */
export interface PasswordHashing {
  /** @throws RateLimitedError when too many wait */
  hash(password: string): Promise<string>;
  /** Whether a password is the one with this hash. @throws RateLimitedError when too many wait */
  verify(hash: string, password: string): Promise<boolean>;
}

export type HashPassword = PasswordHashing['hash'];

const AT_ONCE = 2;
const WAITING = 20;
/** In seconds. */
const RETRY_AFTER = 2;

const SALT_BYTES = 16;
const KEY_BYTES = 64;
/** Those of the library: N is the cost, r the size of a block, p how many in parallel. */
const COST: ScryptOptions = { N: 16_384, r: 16, p: 1, maxmem: 128 * 16_384 * 16 * 2 };

export function createPasswordHashing(): PasswordHashing {
  let running = 0;
  const waiting: (() => void)[] = [];

  async function inTurn<R>(work: () => Promise<R>): Promise<R> {
    if (running >= AT_ONCE) {
      if (waiting.length >= WAITING) throw tooMany();
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      // Its place is passed on.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  }

  return {
    hash: (password) =>
      inTurn(async () => {
        const salt = randomBytes(SALT_BYTES).toString('hex');
        return `${salt}:${(await derive(password, salt)).toString('hex')}`;
      }),
    verify: (hash, password) =>
      inTurn(async () => {
        const [salt = '', key = ''] = hash.split(':');
        const expected = Buffer.from(key, 'hex');
        const derived = await derive(password, salt);
        return expected.length === derived.length && timingSafeEqual(expected, derived);
      }),
  };
}

/** People type one character in more than one way, which Unicode calls equal. The salt is taken as text. */
function derive(password: string, salt: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, COST, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

function tooMany(): RateLimitedError {
  return new RateLimitedError(
    'Many people sign in or set passwords at this moment, and the server checks few passwords at once.',
    `Try again in ${RETRY_AFTER} s.`,
    RETRY_AFTER,
  );
}
