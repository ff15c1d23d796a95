import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { loadSecret } from '../../src/config/secret.js';
import { createVault } from '../../src/config/vault.js';
import { createVaultKeys, type VaultKeyParts } from '../../src/config/vault-keys.js';
import { makeFolder } from '../support/temporary.js';

let folder: string;
let secret: Buffer;
beforeEach(async () => {
  folder = await makeFolder();
  secret = await loadSecret(folder);
});

/** The vault of a server on the folder. */
const open = (environment: Partial<VaultKeyParts> = {}) =>
  createVault(
    createVaultKeys({ dataDirectory: folder, secret, secretKey: null, previousSecretKey: null, ...environment }),
  );

describe('the keys of a data directory', () => {
  it('begin with its secret, which later ones replace as the key that seals', async () => {
    const vault = open();
    const first = vault.seal('apple', 'a');
    await vault.renew();
    const second = vault.seal('pear', 'a');
    expect([first, second].map(vault.isCurrent)).toEqual([false, true]);
    expect(await readFile(join(folder, 'secret.key'))).toEqual(secret);
    const restarted = open();
    expect([first, second].map((each) => restarted.open(each, 'a'))).toEqual(['apple', 'pear']);
    expect(restarted.isCurrent(second)).toBe(true);
  });

  it('are readable only by their owner, and leave no draft', async () => {
    await open().renew();
    expect((await readdir(folder)).sort()).toEqual(['secret.key', 'vault-1.key']);
    expect((await stat(join(folder, 'vault-1.key'))).mode & 0o777).toBe(0o600);
  });

  it('are one when servers create it at once', async () => {
    const vaults = Array.from({ length: 8 }, () => open());
    await Promise.all(vaults.map((vault) => vault.renew()));
    for (const vault of vaults) vault.refresh();
    const sealed = vaults.map((vault) => vault.seal('apple', 'a'));
    for (const vault of vaults) expect(sealed.every(vault.isCurrent)).toBe(true);
  });

  it('are found by a server that was running before they were created', async () => {
    const running = open();
    const other = open();
    await other.renew();
    expect(running.open(other.seal('apple', 'a'), 'a')).toBe('apple');
  });

  it('are removed but for the one that seals', async () => {
    const vault = open();
    await vault.renew();
    const old = vault.seal('apple', 'a');
    await vault.renew();
    const sealed = vault.seal('pear', 'a');
    await vault.retire(vault.currentKey());
    expect((await readdir(folder)).sort()).toEqual(['secret.key', 'vault-2.key']);
    for (const each of [vault, open()])
      expect([old, sealed].map((text) => each.open(text, 'a'))).toEqual([null, 'pear']);
    await vault.renew();
    expect(open().isCurrent(vault.seal('plum', 'a'))).toBe(true);
  });

  it('that are newer than the one in question stay', async () => {
    const vault = open();
    await vault.renew();
    const key = vault.currentKey();
    await vault.renew();
    await vault.retire(key);
    expect((await readdir(folder)).sort()).toEqual(['secret.key', 'vault-1.key', 'vault-2.key']);
  });

  it('stop a start when one is damaged, or others may read it', async () => {
    await open().renew();
    const path = join(folder, 'vault-1.key');
    await chmod(path, 0o640);
    expect(() => open()).toThrow(expect.objectContaining({ code: 'STORE_UNSUITABLE' }));
    await chmod(path, 0o600);
    await writeFile(path, 'cut');
    expect(() => open()).toThrow(expect.objectContaining({ code: 'STORE_DAMAGED' }));
  });
});

describe('a key of the environment', () => {
  it('seals, and the one before it and those of the data directory only open', async () => {
    const ofFile = open().seal('apple', 'a');
    const before = open({ secretKey: 'the key of last year' });
    const ofBefore = before.seal('pear', 'a');
    const now = open({ secretKey: 'the key of this year', previousSecretKey: 'the key of last year' });
    expect([ofFile, ofBefore].map((each) => now.open(each, 'a'))).toEqual(['apple', 'pear']);
    const sealed = now.seal('plum', 'a');
    expect([ofFile, ofBefore, sealed].map(now.isCurrent)).toEqual([false, false, true]);
    expect(before.open(sealed, 'a')).toBeNull();
  });

  it('is not renewed: its operator does', async () => {
    const vault = open({ secretKey: 'the key of this year' });
    const sealed = vault.seal('apple', 'a');
    await vault.renew();
    expect(vault.isCurrent(sealed)).toBe(true);
    expect(await readdir(folder)).toEqual(['secret.key']);
    expect([vault.keySource, open().keySource]).toEqual(['ENVIRONMENT', 'FILE']);
  });

  it('removes no file: another server may be without it', async () => {
    await open().renew();
    const vault = open({ secretKey: 'the key of this year' });
    await vault.retire(vault.currentKey());
    expect((await readdir(folder)).sort()).toEqual(['secret.key', 'vault-1.key']);
  });
});
