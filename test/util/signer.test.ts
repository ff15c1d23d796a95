import { describe, expect, it } from 'vitest';
import { createSigner } from '../../src/util/signer.js';

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
