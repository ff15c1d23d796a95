import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { loadSecret } from '../../../src/config/secret.js';
import { createVault } from '../../../src/config/vault.js';
import { createVaultKeys } from '../../../src/config/vault-keys.js';
import type { SavedStorageConfig } from '../../../src/domain/storage-settings.js';
import type { RenewableVault } from '../../../src/domain/vault.js';
import type { ServiceParts } from '../../../src/services/services.js';
import { storageParts } from '../../support/storage-control.js';
import { makeFolder } from '../../support/temporary.js';
import { author, type Bench, startBench } from '../support.js';

export interface VaultBench extends Bench {
  readonly vault: RenewableVault;
  /** The names of secrets that couldn't be opened, as they were reported. */
  readonly unreadable: string[];
  /** Saves secrets, or removes those that are null, in a commit of their own. */
  save(values: Readonly<Record<string, string | null>>): Promise<void>;
  read(name: string): Promise<string | null>;
}

export interface VaultBenchOptions extends Partial<ServiceParts> {
  /** The folder of another bench, which this one shares as a second process would. */
  readonly folder?: string;
  readonly secretKey?: string;
  readonly previousSecretKey?: string;
  /** What the services get for the vault. */
  readonly wrap?: (vault: RenewableVault) => RenewableVault;
}

/** Services whose vault has the keys of a data directory. */
export async function startVault(options: VaultBenchOptions = {}): Promise<VaultBench> {
  const { folder = await makeFolder(), secretKey = null, previousSecretKey = null, wrap, ...parts } = options;
  const secret = await loadSecret(folder);
  const vault = createVault(createVaultKeys({ dataDirectory: folder, secret, secretKey, previousSecretKey }));
  const unreadable: string[] = [];
  const onUnreadableSecret = (name: string) => void unreadable.push(name);
  const bench = await startBench({
    folder,
    storage: storageParts({ vault: wrap?.(vault) ?? vault }),
    onUnreadableSecret,
    ...parts,
  });
  const { secretStore } = bench.services;
  return {
    ...bench,
    vault,
    unreadable,
    async save(values) {
      const at = new Date(bench.clock.now).toISOString();
      const changes = await secretStore.plan(new Map(Object.entries(values)), at);
      await bench.catalog.commit(changes, { ...author, epoch: 1, at });
    },
    read: secretStore.read,
  };
}

/** What earlier versions sealed: they didn't say with which key. */
export function sealAsBefore(secret: Buffer, plain: string, context: string): string {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'mooring vault v1', 32));
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 }).setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`;
}

/** Settings in the catalog as an earlier version saved them, with sealed secrets. */
export async function putEarlierConfig(bench: Bench, sealed: Readonly<Record<string, string>>): Promise<string> {
  const at = new Date(bench.clock.now).toISOString();
  const secrets = Object.fromEntries(
    Object.entries(sealed).map(([name, text]) => [name, { sealed: text, ending: 'xyz!' }]),
  );
  const id = 'cfg_01m7zha4bwf82rdtf600000000';
  const base = { id, createdAt: at, updatedAt: at, deletedAt: null, externalId: null, mode: 'MONGODB' } as const;
  const first: SavedStorageConfig = { ...base, version: 1, values: {}, secrets };
  const second: SavedStorageConfig = { ...first, version: 2, values: { database: 'harbour' } };
  for (const document of [first, second]) {
    const operation = document.version === 1 ? 'CREATE' : 'UPDATE';
    const change = { kind: 'put', collection: 'storageConfigs', operation, document } as const;
    await bench.catalog.commit([change], { ...author, epoch: 1, at });
  }
  return id;
}
