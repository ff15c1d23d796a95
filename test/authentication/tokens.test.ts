import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createOwnerTokens } from '../../src/authentication/owner-tokens.js';
import { createSetupToken } from '../../src/authentication/setup-token.js';
import { OWNER_TOKEN_MS, signOwnerToken } from '../../src/endpoint/owner-token.js';
import { createSigner } from '../../src/util/signer.js';

const secret = randomBytes(32);
const HERE = 'instance-here';
const NOW = Date.parse('2026-05-01T00:00:00Z');

describe('a token of the machine’s owner', () => {
  const tokens = (at = NOW, most?: number) => createOwnerTokens(secret, HERE, () => at, most);

  it('proves once that its sender reads the secret', () => {
    const { use } = tokens();
    const token = signOwnerToken(secret, HERE, NOW);
    expect([use(token), use(token)]).toEqual([true, false]);
    expect(use(signOwnerToken(secret, HERE, NOW))).toBe(true);
  });

  it('isn’t accepted when another secret signed it, or for another server', () => {
    expect(tokens().use(signOwnerToken(randomBytes(32), HERE, NOW))).toBe(false);
    expect(tokens().use(signOwnerToken(secret, 'another', NOW))).toBe(false);
  });

  it('expires after a minute, and none lasts longer', () => {
    const token = signOwnerToken(secret, HERE, NOW);
    expect(tokens(NOW + OWNER_TOKEN_MS - 1).use(token)).toBe(true);
    expect(tokens(NOW + OWNER_TOKEN_MS).use(token)).toBe(false);
    expect(tokens(NOW - 1).use(token)).toBe(false);
  });

  it('isn’t accepted with any part changed', () => {
    const token = signOwnerToken(secret, HERE, NOW);
    const changed = [...token].map(
      (letter, index) =>
        `${token.slice(0, index)}${letter === 'A' ? 'B' : letter === '1' ? '2' : letter === '_' ? '-' : 'A'}${token.slice(index + 1)}`,
    );
    const { use } = tokens();
    expect(changed.filter(use)).toEqual([]);
    expect(use(`${token} `)).toBe(false);
    expect(use('mol_')).toBe(false);
  });

  it('isn’t one that was signed for another purpose', () => {
    const { sign } = createSigner(secret);
    const expires = NOW + 1_000;
    const nonce = 'a'.repeat(22);
    for (const text of [`purge ${HERE} ${expires} ${nonce}`, `${HERE} ${expires} ${nonce}`])
      expect(tokens().use(`mol_${expires}.${nonce}.${sign(text)}`)).toBe(false);
  });

  it('is refused when so many were used that it couldn’t be remembered, until those expire', () => {
    let now = NOW;
    const { use } = createOwnerTokens(secret, HERE, () => now, 2);
    const sign = () => signOwnerToken(secret, HERE, now);
    expect([use(sign()), use(sign()), use(sign())]).toEqual([true, true, false]);
    now += OWNER_TOKEN_MS;
    expect(use(sign())).toBe(true);
  });
});

describe('the set-up token', () => {
  it('is the same for all servers on a data directory, and of no other', () => {
    const { text, matches } = createSetupToken(secret);
    expect(text).toMatch(/^mooring-setup-[0-9a-z]{26}$/);
    expect(createSetupToken(secret).text).toBe(text);
    expect(matches(text)).toBe(true);
    expect(matches(createSetupToken(randomBytes(32)).text)).toBe(false);
  });

  it('can be typed in any case, with white space around it, but not cut or changed', () => {
    const { text, matches } = createSetupToken(secret);
    expect(matches(` ${text.toUpperCase()}\n`)).toBe(true);
    const cut = [text.slice(0, -1), `${text}0`, text.slice('mooring-setup-'.length), '', 'mooring-setup-'];
    const changed = [...text].map(
      (letter, index) => `${text.slice(0, index)}${letter === 'x' ? 'y' : 'x'}${text.slice(index + 1)}`,
    );
    expect([...cut, ...changed].filter(matches)).toEqual([]);
  });
});
