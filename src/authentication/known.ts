import { UnauthenticatedError } from '../domain/access/errors.js';
import { createEnding, type EndingControl, type Principal } from '../domain/access/principal.js';
import type { AccountsWatch } from './accounts-watch.js';
import { includesRights, type Rights } from './rights.js';

/** Whose credential is valid, and what they may do. */
export interface Valid {
  readonly identity: Omit<Principal, keyof Rights | 'ending'>;
  readonly rights: Rights;
  /** Milliseconds since 1970; infinite if never. */
  readonly expires: number;
}

/** A kind of credentials. */
export interface CredentialKind<V extends Valid> {
  /** Reads one by its hash. @throws RefusedError when there is no such credential, or it doesn't count any more; StoreError */
  read(hash: string, now: number): Promise<V>;
  /** Why one that has expired is refused. */
  expired(valid: V): RefusedError;
  /** Whether a principal goes on with what was read again, beyond its rights. Left out: yes. */
  isSame?(one: V, other: V): boolean;
  /** What people call it, such as `API key`. */
  readonly noun: string;
}

/** A credential that doesn't count: unknown, or not any more. */
export class RefusedError extends UnauthenticatedError {
  constructor(
    message: string,
    hint: string,
    /** For the audit: the same for all of the kind. */
    readonly detail: string,
    /** Id of its record; null: there is none. */
    readonly recordId: string | null = null,
  ) {
    super(message, hint);
  }
}

/** A credential that was used, with its principal. */
export interface Known<V extends Valid> {
  readonly valid: V;
  readonly principal: Principal;
}

/** The credentials that are used, and those that were refused, as long as they are what the catalog says. */
export interface KnownCredentials<V extends Valid> {
  /** Null: it has to be read. @throws RefusedError when it is known to be refused */
  get(hash: string): Known<V> | null;
  /** Reads it; requests with one credential share that. @throws RefusedError, StoreError */
  read(hash: string): Promise<Known<V>>;
  /** That of a principal that was handed out; null when it has ended, or is another's. */
  of(principal: Principal): Known<V> | null;
  /** Ends a principal whose credential doesn't count any more, or counts for less. @throws RefusedError, StoreError */
  refresh(principal: Principal): undefined | Promise<unknown>;
  /** Ends principals whose credentials have expired, and reads those again that something runs for, if they may be stale. */
  recheck(): Promise<void>;
}

interface Entry<V extends Valid> {
  readonly hash: string;
  valid: V;
  readonly principal: Principal;
  readonly ending: EndingControl;
  /** Under which it was read last. */
  generation: number;
}

/** Credentials that are kept, and refused ones. */
const MOST = 10_000;

/** Over what a catalog's store says. @param now - in milliseconds since 1970 */
export function createKnownCredentials<V extends Valid>(
  kind: CredentialKind<V>,
  watch: AccountsWatch,
  now: () => number,
  most = MOST,
): KnownCredentials<V> {
  const entries = new Map<string, Entry<V>>();
  const byPrincipal = new WeakMap<Principal, Entry<V>>();
  const refused = new Map<string, RefusedError>();
  let refusedIn = watch.generation();
  const reading = new Map<string, Promise<Known<V>>>();

  const isCurrent = ({ generation }: Entry<V>): boolean => generation === watch.generation() && watch.isCurrent();

  /** What was refused under an earlier generation may be valid by now. */
  function refusals(): Map<string, RefusedError> {
    if (refusedIn !== watch.generation()) refused.clear();
    refusedIn = watch.generation();
    return refused;
  }

  function end(entry: Entry<V>, reason: string): void {
    if (entries.get(entry.hash) === entry) entries.delete(entry.hash);
    entry.ending.end(reason);
  }

  function refuse(hash: string, error: RefusedError): void {
    const entry = entries.get(hash);
    if (entry) end(entry, error.message);
    if (refusals().size >= most) refused.clear();
    refused.set(hash, error);
  }

  /** @throws RefusedError when it has expired */
  function requireUnexpired(entry: Entry<V>): void {
    if (entry.valid.expires > now()) return;
    const error = kind.expired(entry.valid);
    refuse(entry.hash, error);
    throw error;
  }

  function get(hash: string): Entry<V> | null {
    const entry = entries.get(hash);
    if (entry && isCurrent(entry)) {
      requireUnexpired(entry);
      return entry;
    }
    const error = watch.isCurrent() ? refusals().get(hash) : undefined;
    if (error) throw error;
    return null;
  }

  /** Reads until nothing was changed meanwhile: what is kept is what the catalog says. */
  async function readNow(hash: string): Promise<Known<V>> {
    for (;;) {
      if (!watch.isCurrent()) await watch.confirm();
      const known = get(hash);
      if (known) return known;
      const generation = watch.generation();
      const found = await kind.read(hash, now()).catch((error: unknown) => {
        if (error instanceof RefusedError) return error;
        throw error;
      });
      if (generation !== watch.generation()) continue;
      if (!(found instanceof RefusedError)) return keep(hash, found, generation);
      refuse(hash, found);
      throw found;
    }
  }

  function read(hash: string): Promise<Known<V>> {
    const running = reading.get(hash) ?? readNow(hash).finally(() => reading.delete(hash));
    reading.set(hash, running);
    return running;
  }

  /** A principal stays the same as long as it loses no rights: what runs for it, such as a stream, goes on with those it gains. */
  function keep(hash: string, valid: V, generation: number): Entry<V> {
    const last = entries.get(hash);
    const isKept =
      last && includesRights(valid.rights, last.valid.rights) && (kind.isSame?.(last.valid, valid) ?? true);
    if (isKept) {
      Object.assign(last.principal, valid.rights);
      return Object.assign(last, { valid, generation });
    }
    if (last) end(last, `What the ${kind.noun} may do has changed.`);
    if (entries.size >= most) evict();
    const ending = createEnding();
    const principal: Principal = { ...valid.identity, ...valid.rights, ending };
    const entry = { hash, valid, principal, ending, generation };
    entries.set(hash, entry);
    byPrincipal.set(principal, entry);
    return entry;
  }

  /** Drops the one that was read first. What runs for it starts again. */
  function evict(): void {
    const [first] = entries.values();
    if (first) end(first, `The server has too many credentials of this kind in use: ${kind.noun}.`);
  }

  return {
    get,
    read,

    of: (principal) => byPrincipal.get(principal) ?? null,

    refresh(principal) {
      const entry = byPrincipal.get(principal);
      if (!entry) return;
      return get(entry.hash) ? undefined : read(entry.hash);
    },

    async recheck() {
      for (const entry of [...entries.values()]) {
        try {
          requireUnexpired(entry);
          if (!entry.ending.hasListeners()) continue;
          if (!watch.isCurrent()) await watch.confirm();
          if (entry.generation !== watch.generation()) await read(entry.hash);
        } catch (error) {
          end(entry, error instanceof Error ? error.message : String(error));
        }
      }
    },
  };
}
