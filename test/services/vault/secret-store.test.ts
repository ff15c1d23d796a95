import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { secrets } from '../../../src/storage/account-collections.js';
import { author } from '../support.js';
import { startVault, type VaultBench } from './support.js';

let bench: VaultBench;
beforeEach(async () => {
  bench = await startVault();
});

/** Every byte that lies in the data directory. */
async function bytesIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  return (await Promise.all(files.map((path) => readFile(path, 'latin1')))).join('\n');
}
const stored = () => bench.catalog.scan(secrets, null, 1_000);

describe('a secret', () => {
  it('is read by its name, and is nowhere in clear', async () => {
    await bench.save({ 'bot:1:token': 'canary-7d41', 'bot:1:hook': 'canary-93c2' });
    expect(await bench.read('bot:1:token')).toBe('canary-7d41');
    expect(await bench.services.secretStore.readAll(['bot:1:hook', 'bot:2:hook'])).toEqual(
      new Map([['bot:1:hook', 'canary-93c2']]),
    );
    expect(await bytesIn(bench.folder)).not.toContain('canary');
  });

  it('is replaced by a new record, and nothing of the old one is left, also not in the log', async () => {
    await bench.save({ a: 'first' });
    const [old] = (await stored()).filter(({ name }) => name === 'a');
    await bench.save({ a: 'second' });
    expect(await bench.read('a')).toBe('second');
    const log = JSON.stringify(await bench.catalog.log.read(0, 100));
    for (const text of [log, await bytesIn(bench.folder)]) expect(text).not.toContain(old!.sealed.slice(-30));
    expect((await stored()).filter(({ name }) => name === 'a')).toHaveLength(1);
  });

  it('is gone when it is removed; removing one that is not there changes nothing', async () => {
    await bench.save({ a: 'first', b: 'other' });
    await bench.save({ a: null, c: null });
    expect([await bench.read('a'), await bench.read('b')]).toEqual([null, 'other']);
  });

  it('opens under no other name', async () => {
    await bench.save({ a: 'first', b: 'other' });
    const all = await stored();
    const a = all.find(({ name }) => name === 'a')!;
    const b = all.find(({ name }) => name === 'b')!;
    const document = { ...b, version: 2, sealed: a.sealed };
    const change = { kind: 'put', collection: 'secrets', operation: 'UPDATE', document } as const;
    await bench.catalog.commit([change], { ...author, epoch: 1, at: b.updatedAt });
    expect(await bench.read('b')).toBeNull();
  });

  it('that cannot be opened counts as not set, and is reported once', async () => {
    await bench.save({ a: 'first' });
    const elsewhere = await startVault({ folder: bench.folder, secretKey: 'another key of enough length' });
    await elsewhere.save({ b: 'second' });
    expect([await bench.read('a'), await bench.read('b'), await bench.read('b')]).toEqual(['first', null, null]);
    expect(bench.unreadable).toEqual(['b']);
    await bench.save({ b: 'third' });
    expect(await bench.read('b')).toBe('third');
  });
});

describe('a commit with a secret', () => {
  it('fails when the key was replaced after it was planned: it would be sealed with the old one', async () => {
    await bench.save({ a: 'first' });
    const at = new Date(bench.clock.now).toISOString();
    const late = await bench.services.secretStore.plan(new Map([['b', 'late']]), at);
    const other = await startVault({ folder: bench.folder });
    await other.services.vault.rotate(author);
    const commit = bench.catalog.commit(late, { ...author, epoch: 1, at });
    await expect(commit).rejects.toMatchObject({ code: 'CONFLICT' });
    await bench.save({ b: 'again' });
    expect([await other.read('b'), await bench.read('a')]).toEqual(['again', 'first']);
  });
});
