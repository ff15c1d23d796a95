import { describe, expect, it } from 'vitest';
import { countSecrets, findSecrets } from '../../src/secrets/find.js';
import { redactJson, redactText } from '../../src/secrets/redact.js';
import { IN_PLACE, noise, privateKey, TOKENS } from './samples.js';

const token = `ghp_${noise(36)}`;

describe('a redacted text', () => {
  it('has a marker in the place of each secret, and says how many there were', () => {
    expect(redactText(`a ${token}, b ${token}\nDB_PASSWORD=hunter2\nend`)).toEqual({
      text: 'a [redacted: github-token], b [redacted: github-token]\nDB_PASSWORD=[redacted: password]\nend',
      redactions: [
        { rule: 'github-token', count: 2 },
        { rule: 'password', count: 1 },
      ],
    });
  });

  it('is the same text when it has none', () => {
    const text = 'Nothing — 没有 🔑 — to hide.';
    expect(redactText(text)).toEqual({ text, redactions: [] });
    expect(redactText('')).toEqual({ text: '', redactions: [] });
  });

  it('has no part of the secret', () => {
    for (const [, before, secret, after] of [
      ...TOKENS.map(([rule, each]) => [rule, '', each, ''] as const),
      ...IN_PLACE,
    ]) {
      const { text } = redactText(`x\n${before}${secret}${after}`);
      expect(text).not.toContain(secret.slice(0, 8));
      expect(text).not.toContain(secret.slice(-6));
    }
    expect(redactText(`a\n${privateKey()}\nb`).text).toBe('a\n[redacted: private-key]\nb');
  });

  it('has no secret: redacting it again changes nothing', () => {
    for (const [, before, secret, after] of [
      ...TOKENS.map(([rule, each]) => [rule, '', each, ''] as const),
      ...IN_PLACE,
    ]) {
      const { text } = redactText(before + secret + after);
      expect(countSecrets(text), text).toBe(0);
      expect(redactText(text)).toEqual({ text, redactions: [] });
    }
  });

  it('has no secret when parts of secrets, markers and names stand in any order', () => {
    const parts = [
      ...TOKENS.map(([, each]) => each),
      ...IN_PLACE.flatMap(([, ...each]) => each),
      ...[
        '[redacted: password]',
        'password',
        'token=',
        ' ',
        '\n',
        '"',
        "'",
        ':',
        '=',
        '://',
        '@',
        '-----BEGIN ',
        'é',
        '_',
      ],
    ];
    let state = 7;
    const pick = () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return parts[(state >>> 8) % parts.length]!;
    };
    for (let round = 0; round < 3_000; round += 1) {
      const original = Array.from({ length: 2 + (round % 9) }, pick).join('');
      const { text } = redactText(original);
      expect(findSecrets(text), original).toEqual([]);
    }
  });
});

describe('a redacted JSON value', () => {
  it('has markers at any depth, and the rest as it was', () => {
    const value = { a: [1, true, null, { text: `use ${token}` }], b: 'plain' };
    expect(redactJson(value)).toEqual({
      value: { a: [1, true, null, { text: 'use [redacted: github-token]' }], b: 'plain' },
      redactions: [{ rule: 'github-token', count: 1 }],
    });
  });

  it('is read with the names of its fields', () => {
    expect(
      redactJson({ password: 'hunter2', user: 'hunter2', nested: { clientSecret: 'abcd1234efgh' } }).value,
    ).toEqual({
      password: '[redacted: password]',
      user: 'hunter2',
      nested: { clientSecret: '[redacted: secret]' },
    });
    expect(
      redactJson({
        env: [
          { name: 'DB_PASSWORD', value: 'hunter2' },
          { name: 'PORT', value: 'hunter2' },
        ],
      }).value,
    ).toEqual({
      env: [
        { name: 'DB_PASSWORD', value: '[redacted: password]' },
        { name: 'PORT', value: 'hunter2' },
      ],
    });
    expect(redactJson({ args: ['--password', 'hunter2', '--port', 'hunter2'] }).value).toEqual({
      args: ['--password', '[redacted: password]', '--port', 'hunter2'],
    });
  });

  it('has markers in names too, and loses no field', () => {
    const { value } = redactJson({ [token]: 1, [`ghp_${noise(36, 9)}`]: 2 });
    expect(Object.values(value)).toEqual([1, 2]);
    expect(JSON.stringify(value)).not.toContain('ghp_');
  });

  it('is a secret by its form even under a harmless name, and named by it under any', () => {
    expect(redactJson({ password: token, note: token })).toEqual({
      value: { password: '[redacted: github-token]', note: '[redacted: github-token]' },
      redactions: [{ rule: 'github-token', count: 2 }],
    });
  });

  it('is the same again when it is redacted again', () => {
    const { value } = redactJson({ password: 'hunter2', list: TOKENS.map(([, each]) => each), [token]: token });
    expect(redactJson(value)).toEqual({ value, redactions: [] });
  });
});
