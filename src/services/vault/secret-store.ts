import type { Secret } from '../../domain/access/secret.js';
import type { IdGenerator } from '../../domain/id.js';
import type { Vault } from '../../domain/vault.js';
import { secrets } from '../../storage/account-collections.js';
import type { Store } from '../../storage/store.js';
import { findByValues } from '../records/queries.js';
import { put, remove } from '../records/transaction.js';
import type { SecretStore } from './contract.js';
import { contextOf, KEY_MARK, newSecret, planMark } from './key-mark.js';

export interface SecretStoreParts {
  readonly catalog: Store;
  readonly vault: Vault;
  readonly newId: IdGenerator;
  /** Called once for each secret that can't be opened. Left out: nothing happens. */
  readonly onUnreadable?: ((name: string) => void) | undefined;
}

export function createSecretStore({ catalog, vault, newId, onUnreadable }: SecretStoreParts): SecretStore {
  /** What was reported, so that a secret that is read over and over is reported once. */
  const reported = new Set<string>();

  const find = (names: readonly string[]) => findByValues(catalog, secrets, 'name', names, 'EXCLUDE');

  function open(name: string, sealed: string, context: string): string | null {
    const value = vault.open(sealed, context);
    if (value === null && !reported.has(name)) {
      reported.add(name);
      onUnreadable?.(name);
    }
    return value;
  }

  async function readAll(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = [...(await find(names)).values()].flatMap(({ name, sealed }): [string, string][] => {
      const value = open(name, sealed, contextOf(name));
      return value === null ? [] : [[name, value]];
    });
    return new Map(found);
  }

  return {
    readAll,
    read: async (name) => (await readAll([name])).get(name) ?? null,
    openOutside: open,

    async plan(values, at) {
      if (values.size === 0) return [];
      const before = await find([...values.keys(), KEY_MARK]);
      const mark = before.get(KEY_MARK) ?? null;
      if (mark && !vault.isCurrent(mark.sealed)) vault.refresh();
      // Sealed without a pause since the mark was compared: it says which key is in use.
      const saved = [...values].flatMap(([name, value]) =>
        value === null ? [] : [newSecret(name, vault.seal(value, contextOf(name)), newId, at)],
      );
      const replaced = [...values.keys()].flatMap((name): Secret[] => {
        const secret = before.get(name);
        return secret ? [secret] : [];
      });
      return [
        ...(saved.length > 0 ? [planMark(mark, vault, newId, at)] : []),
        ...replaced.map((secret) => remove(secrets, secret)),
        ...saved.map((secret) => put(secrets, 'CREATE', secret)),
      ];
    },
  };
}
