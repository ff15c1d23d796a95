import { describe, expect, it } from 'vitest';
import { findSecrets } from '../../src/secrets/find.js';
import { redactText } from '../../src/secrets/redact.js';
import { noise, privateKey } from './samples.js';

/**
 * Beginnings of secrets, each of which could make a pattern read on to the end of the text. A pattern that does takes hours
 * for a megabyte; this takes seconds for all.
 */
const BEGINNINGS = [
  ...['a', 'A1', ' ', '\n', '=', '-', '\\', '"', "'", '`', '.', '_', ':', '@', 'é', '🔑', '+'],
  ...['-----BEGIN ', '-----BEGIN PRIVATE KEY-----', `-----BEGIN PRIVATE KEY-----\n${'A'.repeat(30)}\n `],
  ...['://', '://a:', '://a:b', 'http://a:b@c', 'https://hooks.slack.com/services/T', 'mongodb://a'],
  ...['eyJ', 'eyJ-', 'eyJaaaaaaaaa.', 'eyJaaaaaaaaa.eyJ', 'eyJaaaaaaaaa.eyJaaaaaaaa.'],
  ...[
    'password=',
    'password="',
    'password=\\"',
    'password: ',
    'passwordpassword=',
    'password is ',
    'password"',
    'password\n',
  ],
  ...[
    'password=a1&',
    'password:string ',
    '"password","value":',
    'secret_access_key=',
    'token=a1',
    'key-',
    'api key: ',
    '--password ',
  ],
  ...['Bearer ', 'Basic AAAAAAAAAAAA ', 'curl -u a:b1c2 ', '?sig=a1', 'cookie: a=b; ', 'cookie: a=aaaaaaaaaaaaaaaa'],
  ...[
    'ghp_',
    'xoxb-',
    'xoxb-1-',
    'npm_',
    'SG.a.',
    'sk-',
    'sk-ant-api03-AAAA',
    'ops_ey',
    'ops_eyA=',
    'AKIA',
    'shpat_',
    ':AA',
  ],
  ...['LS0tLS1CRUdJTi', '.atlasv1.', '-us1', 'Authorization: token ', 'mysql -p', 'mysql -pA1', 'redis-cli -a '],
  ...['password |\n ', 'password("', 'ENV PASSWORD ', 'login a password ', 'define("password",', 'password "'],
  ...['[redacted: ', '[redacted: password]', 'password=[redacted: password]', 'passphrase="ab '],
];

describe('a long text', () => {
  it.each(BEGINNINGS)('of nothing but %j is scanned to its end', (beginning) => {
    const text = `${beginning.repeat(200_000 / beginning.length)}\n\nDB_PASSWORD=lantern-77-oil\n`;
    const last = findSecrets(text).at(-1)!;
    expect(text.slice(last.start, last.end)).toContain('lantern-77-oil');
  });

  it('has its secrets found wherever they are', () => {
    const token = `ghp_${noise(36)}`;
    const text = Array.from({ length: 300 }, (_, index) => `${'words of prose, '.repeat(40 + index)}${token}`).join(
      '\n',
    );
    expect(text.length).toBeGreaterThan(800_000);
    const { text: redacted, redactions } = redactText(text);
    expect(redactions).toEqual([{ rule: 'github-token', count: 300 }]);
    expect(redacted).toBe(text.replaceAll(token, '[redacted: github-token]'));
  });

  it('has the secrets found that lie at any distance from its start, such as around 64 KB', () => {
    const token = `ghp_${noise(36)}`;
    for (let before = 65_480; before < 65_560; before += 1) {
      expect(findSecrets(`${' '.repeat(before)}${token}`)).toEqual([
        { rule: 'github-token', start: before, end: before + 40 },
      ]);
    }
  });

  it('of several keys has each replaced', () => {
    const text = `${privateKey()}\n`.repeat(50);
    expect(redactText(text).text).toBe('[redacted: private-key]\n'.repeat(50));
  });
});
