import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RenewableVault } from '../../../src/domain/vault.js';
import { secrets } from '../../../src/storage/account-collections.js';
import { storageConfigs } from '../../../src/storage/collections.js';
import { amount } from '../../support/extent.js';
import { author } from '../support.js';
import { putEarlierConfig, sealAsBefore, startVault, type VaultBench } from './support.js';

const MANY = Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`secret:${index}`, `value ${index}`]));
const NAMES = Object.keys(MANY);

const rotate = (bench: VaultBench) => bench.services.vault.rotate(author);
const allOf = (bench: VaultBench) => bench.services.secretStore.readAll(NAMES);
const keyFiles = async (bench: VaultBench) =>
  (await readdir(bench.folder)).filter((name) => name.endsWith('.key')).sort();
const sealedIn = async (bench: VaultBench) =>
  (await bench.catalog.scan(secrets, null, 1_000)).flatMap(({ name, sealed }) => (name in MANY ? [sealed] : []));

describe('rotating the key of a data directory', () => {
  it('seals every secret with a new key, and erases what the old one sealed', async () => {
    const bench = await startVault();
    await bench.save(MANY);
    const before = await sealedIn(bench);
    expect(await rotate(bench)).toEqual({ resealed: 120, remaining: 0, unreadable: [], keySource: 'FILE' });
    expect(await allOf(bench)).toEqual(new Map(Object.entries(MANY)));
    const after = await sealedIn(bench);
    expect(after.every(bench.vault.isCurrent)).toBe(true);
    expect(before.some((sealed) => bench.vault.isCurrent(sealed))).toBe(false);
    const log = JSON.stringify(await bench.catalog.log.read(0, 10_000));
    expect(before.some((sealed) => log.includes(sealed))).toBe(false);
    expect(await keyFiles(bench)).toEqual(['secret.key', 'vault-1.key']);
    expect((await startVault({ folder: bench.folder })).vault.currentKey()).toBe(bench.vault.currentKey());
  });

  it('makes a new key each time, and keeps no older one', async () => {
    const bench = await startVault();
    await bench.save({ a: 'first' });
    await rotate(bench);
    await rotate(bench);
    expect(await keyFiles(bench)).toEqual(['secret.key', 'vault-2.key']);
    expect(await bench.read('a')).toBe('first');
  });

  it('works for a while, keeps the old key meanwhile, and continues with the new one', async () => {
    const bench = await startVault({ rotationMs: 0 });
    await bench.save(MANY);
    expect(await rotate(bench)).toMatchObject({ resealed: 50, remaining: 70 });
    expect(await allOf(bench)).toEqual(new Map(Object.entries(MANY)));
    expect(await rotate(bench)).toMatchObject({ resealed: 50, remaining: 20 });
    expect(await rotate(bench)).toMatchObject({ resealed: 20, remaining: 0 });
    expect(await keyFiles(bench)).toEqual(['secret.key', 'vault-1.key']);
  });

  it('leaves nothing unopened in a server that runs beside', async () => {
    const bench = await startVault({ rotationMs: 0 });
    const other = await startVault({ folder: bench.folder });
    await bench.save(MANY);
    for (let remaining = 1; remaining > 0; ) {
      ({ remaining } = await rotate(bench));
      expect(await allOf(other)).toEqual(new Map(Object.entries(MANY)));
      await other.save({ [`late:${remaining}`]: 'late' });
      expect(await bench.read(`late:${remaining}`)).toBe('late');
    }
    expect([...bench.unreadable, ...other.unreadable]).toEqual([]);
  });

  it('by two servers at once ends with one key, under which all is', async () => {
    const benches = [await startVault({ rotationMs: 0 })];
    benches.push(await startVault({ folder: benches[0]!.folder, rotationMs: 0 }));
    await benches[0]!.save(MANY);
    await Promise.all(
      benches.map(async (bench) => {
        for (let remaining = 1; remaining > 0; ) ({ remaining } = await rotate(bench));
      }),
    );
    const last = await startVault({ folder: benches[0]!.folder });
    expect(await allOf(last)).toEqual(new Map(Object.entries(MANY)));
  });

  it('names what cannot be opened, and leaves it as it is', async () => {
    const bench = await startVault();
    const elsewhere = await startVault({ folder: bench.folder, secretKey: 'another key of enough length' });
    await elsewhere.save({ lost: 'x' });
    await bench.save({ a: 'first' });
    expect(await rotate(bench)).toMatchObject({ resealed: 0, remaining: 0, unreadable: ['lost'] });
    expect(await elsewhere.read('lost')).toBe('x');
  });
});

/** The vault of a process that is killed at a call of it, either before the call does anything or after it did all. */
function killedAt(call: number, when: 'BEFORE' | 'AFTER') {
  let calls = 0;
  const state = { isDead: false };
  const die = () => {
    state.isDead = true;
    throw new Error('killed');
  };
  const wrap = (vault: RenewableVault): RenewableVault =>
    new Proxy(vault, {
      get(target, name: keyof RenewableVault) {
        const method = target[name];
        if (typeof method !== 'function') return method;
        return (...args: never[]) => {
          const isLast = calls === call;
          calls += 1;
          if (state.isDead || (isLast && when === 'BEFORE')) return die();
          const result = (method as (...all: never[]) => unknown)(...args);
          if (!isLast) return result;
          return result instanceof Promise ? result.then(die) : die();
        };
      },
    });
  return { state, wrap };
}

const EARLIER_URI = 'mongodb://anna:canary-1f6e@db.example/';

/** Every which call it is killed at. */
const EACH = 3 / amount({ quick: 1, all: 3 });

describe('a rotation that is killed', () => {
  it.each(['BEFORE', 'AFTER'] as const)('%s any step loses nothing, and is completed by the next', async (when) => {
    const few = Object.fromEntries(NAMES.slice(0, 3).map((name) => [name, MANY[name]!]));
    let kills = 0;
    for (let call = 0; ; call += EACH) {
      const first = await startVault();
      const secret = await readFile(join(first.folder, 'secret.key'));
      await putEarlierConfig(first, {
        connectionString: sealAsBefore(secret, EARLIER_URI, 'storage MONGODB connectionString'),
      });
      await first.save(few);
      const { state, wrap } = killedAt(call, when);
      const killed = await startVault({ folder: first.folder, wrap });
      await rotate(killed).catch(() => null);
      const next = await startVault({ folder: first.folder });
      expect(await allOf(next)).toEqual(new Map(Object.entries(few)));
      expect(await rotate(next)).toMatchObject({ remaining: 0, unreadable: [] });
      const last = await startVault({ folder: first.folder });
      expect(await allOf(last)).toEqual(new Map(Object.entries(few)));
      expect(await last.read('storage:MONGODB:connectionString')).toBe(EARLIER_URI);
      expect((await keyFiles(last)).filter((name) => name.startsWith('vault-'))).toHaveLength(1);
      if (!state.isDead) break;
      kills += 1;
    }
    expect(kills).toBeGreaterThan(3);
  });
});

describe('rotating to a new key of the environment', () => {
  const [old, next] = ['the key of last year', 'the key of this year'];

  it('seals with it what opens only with the previous one, which is then unnecessary', async () => {
    const before = await startVault({ secretKey: old });
    await before.save(MANY);
    const bench = await startVault({ folder: before.folder, secretKey: next, previousSecretKey: old });
    expect(await allOf(bench)).toEqual(new Map(Object.entries(MANY)));
    expect(await rotate(bench)).toMatchObject({ resealed: 120, remaining: 0, keySource: 'ENVIRONMENT' });
    const after = await startVault({ folder: before.folder, secretKey: next });
    expect(await allOf(after)).toEqual(new Map(Object.entries(MANY)));
    expect(await before.read('secret:1')).toBeNull();
  });

  it('seals with it what a key file sealed', async () => {
    const before = await startVault();
    await before.save({ a: 'first' });
    const bench = await startVault({ folder: before.folder, secretKey: next });
    expect(await rotate(bench)).toMatchObject({ resealed: 1, remaining: 0 });
    expect(await keyFiles(bench)).toEqual(['secret.key']);
    expect(await before.read('a')).toBeNull();
    expect(await bench.read('a')).toBe('first');
  });

  it('counts first, when asked, what needs the previous one, and changes nothing', async () => {
    const before = await startVault({ secretKey: old });
    await before.save({ a: 'first', b: 'second' });
    const bench = await startVault({ folder: before.folder, secretKey: next, previousSecretKey: old });
    const { seq } = await bench.catalog.log.head();
    const counted = await bench.services.vault.rotate(author, { dryRun: true });
    expect(counted).toEqual({ resealed: 0, remaining: 2, unreadable: [], keySource: 'ENVIRONMENT' });
    expect((await bench.catalog.log.head()).seq).toBe(seq);
    await rotate(bench);
    expect(await bench.services.vault.rotate(author, { dryRun: true })).toMatchObject({ remaining: 0 });
  });

  it('does nothing when there is no new one', async () => {
    const bench = await startVault({ secretKey: old });
    await bench.save({ a: 'first' });
    expect(await rotate(bench)).toMatchObject({ resealed: 0, remaining: 0 });
  });
});

describe('storage settings with secrets that an earlier version sealed in them', () => {
  const URI = 'mongodb://anna:canary-1f6e@db.example/';

  async function startWithEarlier() {
    const bench = await startVault();
    const secret = await readFile(join(bench.folder, 'secret.key'));
    const sealed = sealAsBefore(secret, URI, 'storage MONGODB connectionString');
    const locked = sealAsBefore(Buffer.alloc(32, 9), 'pa-lost', 'storage MONGODB voyageApiKey');
    await putEarlierConfig(bench, { connectionString: sealed, voyageApiKey: locked });
    const shown = async () => (await bench.services.storage.config()).find(({ mode }) => mode === 'MONGODB')!;
    return { bench, sealed, shown };
  }

  it('are read as they are', async () => {
    const { bench, shown } = await startWithEarlier();
    expect((await shown()).secrets).toMatchObject([
      { name: 'connectionString', isSet: true, ending: 'ple/' },
      { name: 'voyageApiKey', isSet: true, ending: 'xyz!' },
    ]);
    expect(bench.unreadable).toEqual(['storage:MONGODB:voyageApiKey']);
    expect(await bench.services.vault.rotate(author, { dryRun: true })).toMatchObject({
      remaining: 1,
      unreadable: ['storage:MONGODB:voyageApiKey'],
    });
  });

  it('are rotated, too: they move to where all secrets are, and what the old key sealed is erased', async () => {
    const { bench, sealed, shown } = await startWithEarlier();
    expect(await rotate(bench)).toMatchObject({
      resealed: 1,
      remaining: 0,
      unreadable: ['storage:MONGODB:voyageApiKey'],
    });
    expect(await bench.read('storage:MONGODB:connectionString')).toBe(URI);
    const [config] = await bench.catalog.scan(storageConfigs, null, 10);
    expect(config).toMatchObject({
      values: { database: 'harbour' },
      secrets: { connectionString: { secretName: 'storage:MONGODB:connectionString', ending: 'ple/' } },
    });
    expect(JSON.stringify([config, await bench.catalog.log.read(0, 100)])).not.toContain(sealed);
    expect((await shown()).secrets).toMatchObject([{ isSet: true, ending: 'ple/' }, { isSet: true }]);
    expect(await rotate(bench)).toMatchObject({ resealed: 1 });
  });

  it('are moved when settings of the mode are saved, and removed with them', async () => {
    const { bench, sealed } = await startWithEarlier();
    const settings = { mongodb: { voyageApiKey: 'pa-0123456789abcdef' } };
    const { token } = await bench.services.storage.test(author, { settings });
    await bench.services.storage.save(author, { settings, token: token! });
    expect(await bench.read('storage:MONGODB:connectionString')).toBe(URI);
    expect(await bench.read('storage:MONGODB:voyageApiKey')).toBe('pa-0123456789abcdef');
    expect(JSON.stringify(await bench.catalog.log.read(0, 100))).not.toContain(sealed);
    await bench.services.storage.remove(author, { mode: 'MONGODB' });
    expect(await bench.read('storage:MONGODB:connectionString')).toBeNull();
    expect(await bench.catalog.scan(secrets, null, 10)).toHaveLength(1);
  });
});
