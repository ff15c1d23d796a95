import { describe, expect, it } from 'vitest';
import { createVault } from '../../src/config/vault.js';

const SECRET = 'mongodb://anna:p%40ss-ä@db.example/';
const vault = createVault(Buffer.alloc(32, 7));

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
    expect(createVault(Buffer.alloc(32, 7)).open(sealed, 'a')).toBe(SECRET);
    expect(createVault(Buffer.alloc(32, 8)).open(sealed, 'a')).toBeNull();
  });

  it('opens nothing of which a bit was changed, that was cut, or that was never sealed', () => {
    const sealed = vault.seal(SECRET, 'a');
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    for (const [index, byte] of bytes.entries()) {
      const changed = Buffer.from(bytes);
      changed[index] = byte ^ 1;
      expect(vault.open(`v1.${changed.toString('base64url')}`, 'a')).toBeNull();
    }
    for (const wrong of ['', 'v1.', sealed.slice(0, -4), sealed.slice(3), sealed.replace('v1.', 'v2.'), SECRET]) {
      expect(vault.open(wrong, 'a')).toBeNull();
    }
  });
});
