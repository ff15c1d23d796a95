import { describe, expect, it } from 'vitest';
import { findSecrets } from '../../src/secrets/find.js';
import { loadMaintained, type MaintainedRule, UNUSED, USED } from '../../src/secrets/maintained.js';
import { hex, IN_PLACE, noise, privateKey, TOKENS } from './samples.js';

const rules = loadMaintained();
const idOf = ({ meta }: MaintainedRule) => meta.id.replace('@secretlint/secretlint-rule-', '');

/** What a rule reports for a text, as secretlint would call it. */
function reportedBy(id: string, content: string): readonly { messageId: string; range: readonly [number, number] }[] {
  const reported: { messageId: string; range: readonly [number, number] }[] = [];
  const rule = rules.find((each) => idOf(each) === id)!;
  const { file } = rule.create(
    {
      createTranslator: () => (messageId) => ({ messageId }),
      report: ({ message, range }) => reported.push({ messageId: message.messageId, range }),
    },
    USED[id]?.options ?? {},
  );
  file({ content });
  return reported;
}

/** What the rules report whose work other rules of ours do. */
const REPLACED: readonly (readonly [id: string, text: string])[] = [
  ['privatekey', privateKey()],
  ['privatekey', privateKey('PRIVATE KEY')],
  ['privatekey', privateKey('EC PRIVATE KEY', '\\n')],
  ['privatekey', `{"key":"${privateKey('OPENSSH PRIVATE KEY', '\\n')}"}`.replace('MI', 'b3BlbnNzaC1rZXktdjE')],
  ['basicauth', `https://ada:${noise(12)}@example.org/x`],
  ['basicauth', `ftp://ada_1:${noise(4)}@files.example.org`],
  ['database-connection-string', `mongodb+srv://ada:${noise(12)}@cluster.example.net/db?w=majority`],
  ['database-connection-string', `jdbc:mysql://ada:${noise(6)}:${noise(6, 2)}@db:3306/x`],
  ['database-connection-string', `postgresql://ada:${noise(8)}!?#@db/x`],
  ['sendgrid', `SG.${noise(22)}.${noise(43)}`],
  ['sendgrid', `SG.${noise(22)}.${noise(21)}-${noise(21, 3)}`],
  ['aws', `aws_secret_access_key = ${noise(40)}`],
  ['aws', `AWS_SECRET_ACCESS_KEY="${noise(38)}/a"`],
  ['aws', `SecretAccessKey: '${noise(40, 5)}'`],
];

describe('the maintained rules', () => {
  it('are all in use, or known not to be', () => {
    expect(rules.map(idOf).sort()).toEqual([...Object.keys(USED), ...Object.keys(UNUSED)].sort());
  });

  it('report nothing that has no name of ours, but what is known to be none', () => {
    const messages = rules
      .filter((rule) => idOf(rule) in USED)
      .flatMap((rule) => Object.keys(rule.messages ?? {}).filter((id) => !(id in USED[idOf(rule)]!.names)));
    expect(messages.sort()).toEqual([
      'AWSAccountID',
      'AWSSecretAccessKey',
      'Npmrc_authToken',
      'PackageJSON_xOauthToken',
    ]);
  });

  it('report what is found here, at the same place', () => {
    for (const [id, { names }] of Object.entries(USED)) {
      const texts = TOKENS.filter(([rule]) => Object.values(names).includes(rule)).map(
        ([, secret]) => `It is ${secret} so.`,
      );
      const reported = texts.flatMap((text) => reportedBy(id, text).map((each) => ({ ...each, text })));
      expect(reported.length, id).toBeGreaterThan(0);
      for (const { text, messageId, range } of reported) {
        if (!names[messageId]) continue;
        expect(findSecrets(text)).toEqual([{ rule: names[messageId], start: range[0], end: range[1] }]);
      }
    }
  });

  it.each(REPLACED)('find nothing that other rules do not, where those take their place: %s in %s', (id, text) => {
    const reported = reportedBy(id, text);
    expect(reported.length).toBeGreaterThan(0);
    const [found, ...others] = findSecrets(text);
    expect(others).toEqual([]);
    expect(reported[0]!.range[0]).toBeLessThanOrEqual(found!.start);
    if (id !== 'aws') expect(reported[0]!.range[1]).toBeGreaterThanOrEqual(found!.end);
  });

  it('of npm have their places in addresses and settings', () => {
    expect(findSecrets(`https://${hex(40)}:x-oauth-basic@github.com/x`).map(({ rule }) => rule)).toEqual([
      'url-password',
    ]);
    expect(IN_PLACE.some(([rule, before]) => rule === 'npm-token' && before.endsWith('_authToken='))).toBe(true);
  });
});
