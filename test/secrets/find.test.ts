import { describe, expect, it } from 'vitest';
import { countSecrets, findSecrets } from '../../src/secrets/find.js';
import { redactText } from '../../src/secrets/redact.js';
import { createLogger } from '../../src/server/log.js';
import { hex, IN_PLACE, noise, privateKey, TOKENS } from './samples.js';

const around = (before: string, secret: string) => ({ start: before.length, end: before.length + secret.length });

describe('a token of a known form', () => {
  it.each(TOKENS)('is found alone, exactly: %s', (rule, secret) => {
    expect(findSecrets(secret)).toEqual([{ rule, start: 0, end: secret.length }]);
  });

  it.each([
    ['prose', 'Use ', ' for it.'],
    ['quotes', 'const x = "', '";'],
    ['code of Markdown', 'Run `', '` again'],
    ['a line of its own', 'first\n', '\nlast'],
    ['a line of Windows', 'first\r\n', '\r\nlast'],
    ['text of another script', '密码是', '。下一个'],
    ['letters with accents', 'é', 'é'],
    ['emoji', '🔑', '🔑'],
    ['parentheses', 'it (', ') is'],
    ['a list', 'a,', ',b'],
  ])('is found in %s, and nothing around it', (_, before, after) => {
    for (const [rule, secret] of TOKENS) {
      expect(findSecrets(before + secret + after), secret).toEqual([{ rule, ...around(before, secret) }]);
    }
  });

  it('is not found in the middle of a word', () => {
    for (const [rule, secret] of TOKENS.filter(([, each]) => /^[a-z]{2,5}[-_]/i.test(each))) {
      if (rule !== 'openai-key') expect(findSecrets(`word${secret}`), secret).toEqual([]);
    }
  });
});

describe("Mooring's own credentials", () => {
  const setUp = `mooring-setup-${noise(26, 3, 'abcdefghijklmnopqrstuvwxyz234567')}`;

  it('are found, the token of the first start too, wherever they were pasted', () => {
    for (const [before, after] of [
      ['curl -H "authorization: Bearer ', '"'],
      ['Open the page with ', '.'],
      ['MOORING_API_KEY=', '\n'],
    ]) {
      for (const secret of [setUp, `mor_${noise(49, 5)}`]) {
        expect(redactText(`${before}${secret}${after}`).text).not.toContain(secret.slice(-20));
      }
    }
    expect(findSecrets(setUp)).toEqual([{ rule: 'mooring-token', start: 0, end: setUp.length }]);
  });

  it('are not what only begins like them', () => {
    for (const text of ['mor_row', 'mooring-setup-guide', 'mol_weight.of.water', `mor_${noise(48)}`]) {
      expect(findSecrets(text), text).toEqual([]);
    }
  });

  it('are in no line of the log, whatever error says them', () => {
    const lines: string[] = [];
    const log = createLogger('debug', { write: (line) => void lines.push(line) });
    const key = `mor_${noise(49, 5)}`;
    log.error({ err: new Error(`It was called with ${key} and ${setUp}.`) }, 'failed');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('[redacted: mooring-key]');
    for (const secret of [key, setUp]) expect(lines[0]).not.toContain(secret.slice(-20));
  });
});

describe('a secret known by its place', () => {
  it.each(IN_PLACE)('is found, exactly: %s after %j', (rule, before, secret, after) => {
    expect(findSecrets(before + secret + after)).toEqual([{ rule, ...around(before, secret) }]);
  });

  it.each(IN_PLACE)('is found in a long text: %s after %j', (rule, before, secret, after) => {
    const prose = 'Ünïcödé 🔑 prose, which says nothing.\n'.repeat(200);
    const found = findSecrets(`${prose}${before}${secret}${after}\n${prose}`);
    expect(found).toEqual([{ rule, ...around(prose + before, secret) }]);
  });
});

describe('several secrets', () => {
  it('are found in the order of the text', () => {
    const text = TOKENS.map(([, secret]) => secret).join('\n');
    expect(findSecrets(text).map(({ rule }) => rule)).toEqual(TOKENS.map(([rule]) => rule));
    expect(countSecrets(text)).toBe(TOKENS.length);
  });

  it('that overlap are one, named by its form', () => {
    const token = `ghp_${noise(36)}`;
    expect(findSecrets(`GITHUB_TOKEN=${token}`)).toEqual([{ rule: 'github-token', ...around('GITHUB_TOKEN=', token) }]);
    expect(findSecrets(`Authorization: Bearer ${token}`).map(({ rule }) => rule)).toEqual(['github-token']);
  });
});

describe('a private key', () => {
  const key = privateKey();

  it.each([
    ['quoted in a mail', (line: string) => `> ${line}`],
    ['in a comment', (line: string) => ` * ${line}`],
    ['in lines of code', (line: string) => `  "${line}\\n" +`],
    ['in a diff', (line: string) => `+${line}`],
  ])('is found whole when %s', (_, each) => {
    const text = key.split('\n').map(each).join('\n');
    const [found, ...others] = findSecrets(text);
    expect(others).toEqual([]);
    expect(text.slice(found!.start, found!.end)).toMatch(/^-----BEGIN .*KEY-----$/s);
  });

  it('is found as far as it goes when its end is cut off', () => {
    for (const lines of [2, 5, 13]) {
      const cut = key.split('\n').slice(0, lines).join('\n');
      expect(findSecrets(cut)).toEqual([{ rule: 'private-key', start: 0, end: cut.length }]);
      expect(findSecrets(`${cut}\n\nThat was it.`)).toEqual([{ rule: 'private-key', start: 0, end: cut.length }]);
      const escaped = JSON.stringify({ key: cut });
      expect(findSecrets(escaped)).toEqual([{ rule: 'private-key', start: 8, end: escaped.length - 2 }]);
    }
  });

  it('is found when it is encrypted', () => {
    const text = key.replace('\n', `\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,${hex(32)}\n\n`);
    expect(findSecrets(text)).toEqual([{ rule: 'private-key', start: 0, end: text.length }]);
  });

  it('is none without lines of one', () => {
    expect(findSecrets('It begins with -----BEGIN PRIVATE KEY----- and ends with -----END PRIVATE KEY-----.')).toEqual(
      [],
    );
    expect(findSecrets('-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----')).toEqual([]);
    expect(findSecrets(privateKey('PUBLIC KEY'))).toEqual([]);
    expect(findSecrets(privateKey('CERTIFICATE'))).toEqual([]);
  });
});
