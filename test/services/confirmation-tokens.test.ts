import { describe, expect, it } from 'vitest';
import {
  createFinalizeTokens,
  createPurgeTokens,
  createSigner,
  createStorageTokens,
} from '../../src/services/confirmation-tokens.js';

describe('a signature', () => {
  const { sign, isSignature } = createSigner(Buffer.from('a secret of tests'));

  it('is of one text and one secret', () => {
    const signature = sign('a text');
    expect(signature).toMatch(/^[\w-]{43}$/);
    expect(isSignature(signature, 'a text')).toBe(true);
    expect(isSignature(signature, 'another text')).toBe(false);
    expect(createSigner(Buffer.from('another secret')).isSignature(signature, 'a text')).toBe(false);
    for (const wrong of ['', 'x', `${signature}x`]) expect(isSignature(wrong, 'a text')).toBe(false);
  });

  it('has one form: no other text that decodes to the same bytes is accepted', () => {
    const signature = sign('a text');
    const bytes = Buffer.from(signature, 'base64url').toString('hex');
    const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const others = [...characters]
      .map((last) => signature.slice(0, -1) + last)
      .filter((other) => other !== signature && Buffer.from(other, 'base64url').toString('hex') === bytes);
    expect(others).toHaveLength(3);
    for (const other of others) expect(isSignature(other, 'a text')).toBe(false);
  });
});

describe('a token', () => {
  const secret = Buffer.from('a secret of tests');
  const { sign } = createSigner(secret);

  it('has a stable form: those issued before a restart are valid after it', () => {
    const purge = createPurgeTokens(secret).issue({ id: 'tsk_1', version: 2 }, 0).token;
    expect(purge).toBe(`2.600000.${sign('purge tsk_1 2 600000')}`);
    const finalize = createFinalizeTokens(secret).issue({ id: 'mig_1', phase: 'MOVED' }, 0).token;
    expect(finalize).toBe(`600000.${sign('finalize mig_1 MOVED 600000')}`);
    const storage = createStorageTokens(secret).issue({ mode: 'FILE', values: { path: '/data' } }, 0).token;
    expect(storage).toBe(`600000.${sign('storage ["FILE",[["path","/data"]],600000]')}`);
  });

  it('of one action confirms no other', () => {
    const { token } = createFinalizeTokens(secret).issue({ id: 'mig_1', phase: 'MOVED' }, 0);
    const target = { id: 'mig_1', version: 1 };
    expect(() => createPurgeTokens(secret).verify(token, target, 0)).toThrow("isn't one that confirms a purge");
    expect(() => createPurgeTokens(secret).verify(`1.${token}`, target, 0)).toThrow("doesn't confirm a purge of mig_1");
  });
});
