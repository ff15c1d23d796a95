import { isDeepStrictEqual } from 'node:util';
import { type AddressList, parseAddresses } from '../domain/access/addresses.js';
import type { ApiKey } from '../domain/access/api-key.js';
import { createEnding, type EndingControl, type Principal } from '../domain/access/principal.js';
import type { Store } from '../storage/store.js';
import type { AccountsWatch } from './accounts-watch.js';
import { RefusedKeyError, readKey, requireValid, type ValidKey } from './key-records.js';
import { includesRights } from './rights.js';

/** A key that was used, with its principal. */
export interface KnownKey {
  readonly key: ApiKey;
  readonly principal: Principal;
  /** Null: it may be used from everywhere. */
  readonly addresses: AddressList | null;
}

/** The keys that are used, and those that were refused, as long as they are what the catalog says. */
export interface KnownKeys {
  /** Null: it has to be read. @throws RefusedKeyError when it is known to be refused */
  get(hash: string): KnownKey | null;
  /** Reads it; requests for one key share that. @throws RefusedKeyError, StoreError */
  read(hash: string): Promise<KnownKey>;
  /** The key of a principal that was handed out; null when it has ended. */
  of(principal: Principal): KnownKey | null;
  /** Ends a principal whose key doesn't count any more, or counts for less. @throws RefusedKeyError, StoreError */
  refresh(principal: Principal): undefined | Promise<unknown>;
  /** Ends principals whose keys have expired, and reads those again that something runs for, if they may be stale. */
  recheck(): Promise<void>;
}

interface Entry extends KnownKey, ValidKey {
  readonly hash: string;
  readonly ending: EndingControl;
  /** Milliseconds since 1970. */
  readonly expires: number;
  /** Under which it was read last. */
  generation: number;
}

/** Keys that are kept, and refused ones. */
const MOST = 10_000;

/** Over a catalog's store. @param now - in milliseconds since 1970 */
export function createKnownKeys(store: Store, watch: AccountsWatch, now: () => number, most = MOST): KnownKeys {
  const entries = new Map<string, Entry>();
  const byPrincipal = new WeakMap<Principal, Entry>();
  const refused = new Map<string, RefusedKeyError>();
  let refusedIn = watch.generation();
  const reading = new Map<string, Promise<KnownKey>>();

  const isCurrent = ({ generation }: Entry): boolean => generation === watch.generation() && watch.isCurrent();

  /** What was refused under an earlier generation may be valid by now. */
  function refusals(): Map<string, RefusedKeyError> {
    if (refusedIn !== watch.generation()) refused.clear();
    refusedIn = watch.generation();
    return refused;
  }

  function end(entry: Entry, reason: string): void {
    if (entries.get(entry.hash) === entry) entries.delete(entry.hash);
    entry.ending.end(reason);
  }

  function refuse(hash: string, error: RefusedKeyError): void {
    const entry = entries.get(hash);
    if (entry) end(entry, error.message);
    if (refusals().size >= most) refused.clear();
    refused.set(hash, error);
  }

  /** @throws RefusedKeyError when it has expired */
  function requireUnexpired(entry: Entry): void {
    if (entry.expires > now()) return;
    try {
      requireValid(entry.key, now());
    } catch (error) {
      refuse(entry.hash, error as RefusedKeyError);
      throw error;
    }
  }

  function get(hash: string): Entry | null {
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
  async function readNow(hash: string): Promise<KnownKey> {
    for (;;) {
      if (!watch.isCurrent()) await watch.confirm();
      const known = get(hash);
      if (known) return known;
      const generation = watch.generation();
      const found = await readKey(store, hash, now()).catch((error: unknown) => {
        if (error instanceof RefusedKeyError) return error;
        throw error;
      });
      if (generation !== watch.generation()) continue;
      if (!(found instanceof RefusedKeyError)) return keep(hash, found, generation);
      refuse(hash, found);
      throw found;
    }
  }

  function read(hash: string): Promise<KnownKey> {
    const running = reading.get(hash) ?? readNow(hash).finally(() => reading.delete(hash));
    reading.set(hash, running);
    return running;
  }

  /** A principal stays the same as long as it loses no rights: what runs for it, such as a stream, goes on with those it gains. */
  function keep(hash: string, found: ValidKey, generation: number): Entry {
    const last = entries.get(hash);
    const isKept =
      last !== undefined &&
      includesRights(found.rights, last.rights) &&
      isDeepStrictEqual(last.key.allowedAddresses, found.key.allowedAddresses);
    if (isKept) {
      Object.assign(last.principal, found.rights);
      return Object.assign(last, found, limitsOf(found.key), { generation });
    }
    if (last) end(last, 'What the API key may do has changed.');
    if (entries.size >= most) evict();
    const entry = entryOf(hash, found, generation);
    entries.set(hash, entry);
    byPrincipal.set(entry.principal, entry);
    return entry;
  }

  /** Drops the key that was read first. What runs for it starts again. */
  function evict(): void {
    const [first] = entries.values();
    if (first) end(first, 'The server has too many API keys in use.');
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

function entryOf(hash: string, found: ValidKey, generation: number): Entry {
  const { key, userId, rights } = found;
  const ending = createEnding();
  const principal: Principal = { kind: 'KEY', userId, keyId: key.id, actor: key.id, ...rights, ending };
  return { ...found, ...limitsOf(key), hash, principal, ending, generation };
}

function limitsOf({ allowedAddresses, expiresAt }: ApiKey): Pick<Entry, 'addresses' | 'expires'> {
  return {
    addresses: allowedAddresses.length === 0 ? null : parseAddresses(allowedAddresses),
    expires: expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt),
  };
}
