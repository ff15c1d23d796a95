import type { Secret } from '../../domain/access/secret.js';
import type { Author } from '../../domain/author.js';
import { CATALOG_KEY, type IdGenerator } from '../../domain/id.js';
import type { RenewableVault } from '../../domain/vault.js';
import { secrets } from '../../storage/account-collections.js';
import type { Store } from '../../storage/store.js';
import { everyPage, findByValues } from '../records/queries.js';
import type { Router } from '../records/store-router.js';
import { put, remove, type Transact } from '../records/transaction.js';
import type { MoveSecrets, SecretRotation, VaultService } from './contract.js';
import { contextOf, isUnfinished, KEY_MARK, type KeyState, newSecret, planMark, planState } from './key-mark.js';

/** How long one call works, in ms: less than clients and proxies wait. */
const CALL_MS = 20_000;
/** Secrets in one commit: few enough not to block other writers. */
const BATCH = 50;
const MAX_NAMED = 100;

export interface VaultServiceParts {
  readonly catalog: Store;
  readonly vault: RenewableVault;
  readonly newId: IdGenerator;
  /** Move what earlier versions sealed elsewhere. */
  readonly moves: readonly MoveSecrets[];
  /** How long one call works, in ms: at least for one batch. Left out: 20 seconds. */
  readonly callMs?: number | undefined;
}

export function createVaultService(
  { catalog, vault, newId, moves, callMs = CALL_MS }: VaultServiceParts,
  router: Router,
  transact: Transact,
): VaultService {
  const inCatalog = () => router.toCatalog(CATALOG_KEY);
  const findAll = (names: readonly string[]) => findByValues(catalog, secrets, 'name', names, 'EXCLUDE');
  const findMark = async () => (await findAll([KEY_MARK])).get(KEY_MARK) ?? null;

  /** Makes a new key, unless a rotation to the present one was interrupted, and lets all servers seal with it. @returns its id */
  async function begin(author: Author): Promise<string> {
    vault.refresh();
    if (!isUnfinished(await findMark(), vault)) await vault.renew();
    await mark(author, 'ROTATING');
    return vault.currentKey();
  }

  /** Until a write is on record under the new key, others may be written under the old one; afterwards none is. */
  async function mark(author: Author, state: KeyState): Promise<void> {
    await transact(author, inCatalog, async (_route, at) => {
      const found = await findMark();
      vault.refresh();
      const isSo = found && vault.isCurrent(found.sealed) && vault.open(found.sealed, contextOf(KEY_MARK)) === state;
      return { changes: isSo ? [] : [planState(found, state, vault, newId, at)], result: undefined };
    });
  }

  /** Seals some secrets with the current key. @returns how many it sealed */
  async function reseal(author: Author, names: readonly string[]): Promise<number> {
    return transact(author, inCatalog, async (_route, at) => {
      const found = await findAll([...names, KEY_MARK]);
      const changes = names.flatMap((name) => {
        const secret = found.get(name);
        const value = secret && !vault.isCurrent(secret.sealed) ? vault.open(secret.sealed, contextOf(name)) : null;
        if (!secret || value === null) return [];
        // A new record, so that nothing of the old one stays in the history.
        const sealed = newSecret(name, vault.seal(value, contextOf(name)), newId, at);
        return [remove(secrets, secret), put(secrets, 'CREATE', { ...sealed, createdAt: secret.createdAt })];
      });
      const all = changes.length === 0 ? [] : [planMark(found.get(KEY_MARK) ?? null, vault, newId, at), ...changes];
      return { changes: all, result: changes.length / 2 };
    });
  }

  /** Secrets that the current key didn't seal, page by page. */
  async function* outdated(): AsyncGenerator<{ readonly open: readonly string[]; readonly locked: readonly string[] }> {
    for await (const page of everyPage(catalog, secrets, { where: [], deleted: 'EXCLUDE', field: 'name' })) {
      const old = page.filter(({ name, sealed }) => name !== KEY_MARK && !vault.isCurrent(sealed));
      const opens = ({ name, sealed }: Secret) => vault.open(sealed, contextOf(name)) !== null;
      const namesOf = (some: readonly Secret[]) => some.map(({ name }) => name);
      yield { open: namesOf(old.filter(opens)), locked: namesOf(old.filter((secret) => !opens(secret))) };
    }
  }

  /** What the current key didn't seal, here and where earlier versions kept secrets. */
  async function count(author: Author): Promise<Pick<SecretRotation, 'remaining' | 'unreadable'>> {
    vault.refresh();
    let remaining = 0;
    const unreadable: string[] = [];
    for (const move of moves) {
      const { moved, unreadable: locked } = await move(author, { dryRun: true });
      remaining += moved;
      unreadable.push(...locked);
    }
    for await (const { open, locked } of outdated()) {
      remaining += open.length;
      unreadable.push(...locked);
    }
    return { remaining, unreadable: unreadable.slice(0, MAX_NAMED) };
  }

  return {
    async rotate(author, { dryRun = false } = {}) {
      if (dryRun) return { resealed: 0, ...(await count(author)), keySource: vault.keySource };
      const end = performance.now() + callMs;
      const key = await begin(author);
      let resealed = 0;
      for (const move of moves) resealed += (await move(author, {})).moved;
      let isOver = false;
      for await (const { open } of outdated()) {
        for (let from = 0; from < open.length && !isOver; from += BATCH) {
          resealed += await reseal(author, open.slice(from, from + BATCH));
          isOver = performance.now() > end || author.isGone?.() === true;
        }
        if (isOver) break;
      }
      const { remaining, unreadable } = await count(author);
      if (remaining === 0) {
        await vault.retire(key);
        await mark(author, 'IN_USE');
      }
      return { resealed, remaining, unreadable, keySource: vault.keySource };
    },
  };
}
