import { RateLimitedError } from '../../domain/access/errors.js';
import { AlreadyExistsError, ConflictError, MooringError, StoreError } from '../../domain/errors.js';
import type { FaultCodec } from './peer.js';

/** Errors that the other side tells apart. */
const CLASSES = [ConflictError, AlreadyExistsError, RateLimitedError, StoreError, MooringError] as const;

interface Fault {
  /** Index of its class; -1: another error. */
  readonly of: number;
  readonly message: string;
  readonly stack: string | undefined;
  readonly own: object;
}

export const faults: FaultCodec = {
  encode(error): Fault {
    const given = error instanceof Error ? error : new Error(String(error));
    const { message, stack, cause: _, ...own } = given as Error & Record<string, unknown>;
    return { of: CLASSES.findIndex((each) => given instanceof each), message, stack, own: cloneable(own) };
  },
  decode(fault) {
    const { of, message, stack, own } = fault as Fault;
    const error = new Error(message);
    const known = CLASSES[of];
    if (known) Object.setPrototypeOf(error, known.prototype);
    return Object.assign(error, own, { stack });
  },
};

/** Without what can't be cloned. */
const cloneable = (own: object): object =>
  Object.fromEntries(
    Object.entries(own).filter(([, value]) => typeof value !== 'function' && typeof value !== 'symbol'),
  );
