import { expect, it, onTestFinished } from 'vitest';
import { loadSettings } from '../../src/config/settings.js';
import { accountsIn, openCatalog } from '../support/accounts.js';
import { startMailServer } from '../support/mail-server.js';
import { startApp } from '../support/server.js';
import { makeFolder } from '../support/temporary.js';

const MAIL = { MOORING_MAIL_FROM: 'mooring@example.com', MOORING_PUBLIC_URL: 'https://mooring.example' };
const INVITE = `mutation ($input: InviteUserInput!) {
  inviteUser(input: $input) { ... on InviteUserPayload { isMailed link { url } } ... on Error { message } }
}`;

async function start(url: string, more: Readonly<Record<string, string>> = {}) {
  const folder = await makeFolder();
  const app = await startApp(folder, { ...MAIL, MOORING_SMTP_URL: url, ...more });
  const accounts = accountsIn(await openCatalog(folder));
  const { secret } = await accounts.createKey(await accounts.createUser('OWNER'), {});
  const invite = async (email: string) => {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify({ query: INVITE, variables: { input: { email, name: 'Grace\r\nBcc: eve@example.com' } } }),
    });
    const { data } = (await response.json()) as {
      data: { inviteUser: { isMailed?: boolean; link?: { url: string }; message?: string } };
    };
    return data.inviteUser;
  };
  return { app, invite };
}

it('an invitation is mailed, to the one who is invited only', async () => {
  const server = await startMailServer(onTestFinished);
  const { invite } = await start(server.url);
  const { isMailed, link } = await invite('grace,eve@example.com');
  expect(isMailed).toBe(true);
  const [mail] = server.delivered;
  expect([server.delivered.length, mail!.from]).toEqual([1, 'mooring@example.com']);
  // One address, with a comma in its name.
  expect(mail!.to).toEqual(['"grace,eve"@example.com']);
  expect(mail!.text.split('\n\n')[0]).not.toContain('Bcc');
  expect(mail!.text.replace(/=\n/g, '').replaceAll('=3D', '=')).toContain(link!.url);
  expect(link!.url).toMatch(/^https:\/\/mooring\.example\/link\?token=mlk_/);
});

it('a mail that the server doesn’t take loses nothing, and its log has no address', async () => {
  const server = await startMailServer(onTestFinished, { refuses: true });
  const { app, invite } = await start(server.url);
  expect(await invite('grace@example.com')).toMatchObject({ isMailed: false, link: { url: expect.any(String) } });
  const log = app.logged.join('\n');
  expect(log).toContain('EENVELOPE 550');
  expect(log).not.toMatch(/canary|grace@|mlk_/);
});

it('none is sent without a network', async () => {
  const server = await startMailServer(onTestFinished);
  const { invite } = await start(server.url, { MOORING_OFFLINE: '1' });
  expect(await invite('grace@example.com')).toMatchObject({ isMailed: false });
  expect(server.delivered).toEqual([]);
});

it('the settings of mails go together', () => {
  expect(() => loadSettings({ MOORING_SMTP_URL: 'smtp://mail.example' })).toThrow('MOORING_MAIL_FROM');
  expect(() => loadSettings({ ...MAIL, MOORING_SMTP_URL: 'https://ada:canary@mail.example' })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('canary') }),
  );
  expect(loadSettings({ ...MAIL, MOORING_SMTP_URL: 'smtps://mail.example' }).mail).toEqual({
    url: 'smtps://mail.example',
    from: 'mooring@example.com',
  });
});
