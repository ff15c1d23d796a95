import { describe, expect, it } from 'vitest';
import { createVault } from '../../src/config/vault.js';
import { fixedKeys } from '../../src/config/vault-keys.js';

const SECRET = 'mongodb://anna:p%40ss-ä@db.example/';
const vaultOf = (...keys: readonly [number, ...number[]]) => {
  const [first, ...older] = keys.map((byte) => Buffer.alloc(32, byte));
  return createVault(fixedKeys(first!, ...older));
};
const vault = vaultOf(7);

/** What an earlier version sealed with `vault`'s key for the context `a`. */
const OF_AN_EARLIER_VERSION = 'v1.nD2jzw4sfLJ0cqEMsyesymuD8kxXoc3dC8wdp1NTYsdKVO0LCzaXdkNpndQk';

describe('a vault', () => {
  it('opens what it sealed, for the context that it was sealed for', () => {
    const sealed = vault.seal(SECRET, 'storage MONGODB connectionString');
    expect(sealed).not.toContain('anna');
    expect(vault.open(sealed, 'storage MONGODB connectionString')).toBe(SECRET);
    expect(vault.open(sealed, 'storage LOCAL chromaToken')).toBeNull();
    expect(vault.open(vault.seal('', 'nothing'), 'nothing')).toBe('');
  });

  it('seals the same secret differently each time', () => {
    expect(vault.seal(SECRET, 'a')).not.toBe(vault.seal(SECRET, 'a'));
  });

  it('opens after a restart with the same key, and with no other', () => {
    const sealed = vault.seal(SECRET, 'a');
    expect(vaultOf(7).open(sealed, 'a')).toBe(SECRET);
    expect(vaultOf(8).open(sealed, 'a')).toBeNull();
  });

  it('seals with its first key, and opens what its others sealed', () => {
    const old = vault.seal(SECRET, 'a');
    const both = vaultOf(8, 7);
    expect(both.open(old, 'a')).toBe(SECRET);
    expect([both.isCurrent(old), both.isCurrent(both.seal(SECRET, 'a'))]).toEqual([false, true]);
    expect(vaultOf(8).open(both.seal(SECRET, 'a'), 'a')).toBe(SECRET);
  });

  it('opens what earlier versions sealed, which did not say with which key', () => {
    for (const each of [vault, vaultOf(8, 7), vaultOf(9, 8, 7)]) {
      expect(each.open(OF_AN_EARLIER_VERSION, 'a')).toBe('an earlier secret');
      expect(each.isCurrent(OF_AN_EARLIER_VERSION)).toBe(false);
    }
    expect(vault.open(OF_AN_EARLIER_VERSION, 'b')).toBeNull();
  });

  it('opens nothing of which a bit was changed, that was cut, or that was never sealed', () => {
    const sealed = vault.seal(SECRET, 'a');
    const start = sealed.lastIndexOf('.') + 1;
    const bytes = Buffer.from(sealed.slice(start), 'base64url');
    for (const [index, byte] of bytes.entries()) {
      const changed = Buffer.from(bytes);
      changed[index] = byte ^ 1;
      expect(vault.open(sealed.slice(0, start) + changed.toString('base64url'), 'a')).toBeNull();
    }
    const wrong = ['', 'v1.', 'v2.', sealed.slice(0, -4), sealed.slice(3), sealed.replace('v2.', 'v3.'), SECRET];
    for (const each of [...wrong, sealed.replace(/^v2\.[^.]*\./, 'v2.')]) expect(vault.open(each, 'a')).toBeNull();
  });
});
