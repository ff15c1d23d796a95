import { beforeAll, describe, expect, it } from 'vitest';
import type { OAuthConsent } from '../../src/domain/sign-in/records.js';
import { oauthConsents } from '../../src/storage/sign-in-collections.js';
import { openBrowser } from '../support/sign-in/browser.js';
import { answer, ask, CALLBACK, DOCUMENT, letIn, trade, tradeCode } from '../support/sign-in/program.js';
import { type ProgramsServer, startPrograms } from '../support/sign-in/programs-server.js';
import { hidden, open, submit } from '../support/sign-in/visits.js';

const PASSWORD = 'canary-battery-staple';
const NATIVE = 'https://native.example.com/client.json';
const HOSTILE = 'https://hostile.example.com/client.json';

describe('The page for consent', { timeout: 60_000 }, () => {
  let server: ProgramsServer;
  let url: string;
  let alpha: string;

  beforeAll(async () => {
    server = await startPrograms(
      {},
      {
        [NATIVE]: { ...DOCUMENT, client_name: 'Native', redirect_uris: ['com.example.native:/callback'] },
        [HOSTILE]: { ...DOCUMENT, client_name: '<script>alert(1)</script>\n\u202eMooring usr_1' },
      },
      'MEMBER',
    );
    url = server.url;
    alpha = await server.create('Alpha');
  }, 60_000);

  const shown = (own = {}) => open(server.browser, ask(url, own).address, url);

  async function consents(): Promise<readonly OAuthConsent[]> {
    const order = { field: 'createdAt', direction: 'ASC' } as const;
    const { items } = await server.store.collection(oauthConsents).list({ order, limit: 100 });
    return items;
  }

  it('names the program, and what it can’t make up, and has nothing chosen beforehand', async () => {
    const { text, headers } = await shown();
    expect(text).toContain('Remote Agent');
    expect(text).toContain('<dd><strong>agent.example.com</strong></dd>');
    expect(text).toContain('<strong>127.0.0.1:33418</strong>, a program on your own computer');
    expect(text).toContain('Alpha');
    expect(text).not.toMatch(/type="checkbox"[^>]* checked/);
    expect(text).toMatch(/value="WRITE" checked/);
    expect(text).not.toContain('value="MANAGE"');
    const policy = headers.get('content-security-policy')!;
    expect(policy).toContain("form-action 'self' http://127.0.0.1:33418;");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('x-frame-options')).toBe('DENY');
  });

  it('shows a name as text, whatever it has in it', async () => {
    const { text } = await shown({ client_id: HOSTILE });
    expect(text).not.toContain('<script>alert');
    expect(text).not.toContain('\u202e');
    expect(text).toContain('hostile.example.com');
  });

  it('offers no more than its user may do', async () => {
    const { text } = await shown({ scope: 'read write manage' });
    // The user created the project, and manages it.
    expect(text).toContain('value="MANAGE"');
    const page = await shown({ scope: 'read' });
    expect(page.text).not.toContain('value="WRITE"');
    const refused = await answer(server.browser, page, url, { projects: [alpha], level: 'MANAGE' });
    expect(refused.status).toBe(422);
  });

  it('writes what was chosen together with the consent', async () => {
    await letIn(server.browser, url, { projects: [alpha], level: 'READ' });
    expect(await consents()).toMatchObject([{ userId: server.user.id, projectIds: [alpha], level: 'READ' }]);
    await letIn(server.browser, url, { projects: 'all' });
    expect(await consents()).toMatchObject([{ projectIds: null, level: 'WRITE' }]);
  });

  it('takes no answer without a choice of projects, nor one of projects that its user doesn’t see', async () => {
    for (const projects of [[], ['prj_01m8rvb66nfpbszyarec1vv2p2']]) {
      const refused = await answer(server.browser, await shown(), url, { projects });
      expect(refused.status).toBe(422);
      expect(refused.text).toContain('Choose a project, or all of them.');
    }
  });

  it('tells the program that it isn’t let in', async () => {
    const { url: at } = await answer(server.browser, await shown(), url, { projects: [], answer: 'deny' });
    expect(at.origin + at.pathname).toBe(CALLBACK);
    expect(at.searchParams.get('error')).toBe('access_denied');
    expect(at.searchParams.get('state')).toBe('a state');
    expect(at.searchParams.has('code')).toBe(false);
  });

  it('leads to a program by a scheme of its own with a link', async () => {
    const page = await shown({ client_id: NATIVE, redirect_uri: 'com.example.native:/callback' });
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self';");
    const answered = await answer(server.browser, page, url, { projects: [alpha] });
    expect(answered.status).toBe(200);
    expect(answered.text).toMatch(/<a class="button" href="com\.example\.native:\/callback\?code=[^"]+">/);
  });

  it('refuses a question that was changed on the way', async () => {
    const page = await shown();
    const before = await consents();
    for (const [name, value] of [
      ['redirect_uri', 'https://evil.example.com/'],
      ['scope', 'read write manage'],
      ['client_id', NATIVE],
      ['exp', '9999999999'],
    ] as const) {
      const changed = new URLSearchParams(hidden(page, 'question'));
      changed.set(name, value);
      const fields = [
        ['question', changed.toString()],
        ['answer', 'allow'],
        ['level', 'WRITE'],
        ['all', 'yes'],
      ] as const;
      const refused = await submit(server.browser, '/consent', fields, url);
      expect(refused.status, name).toBe(400);
      const denied = await submit(server.browser, '/consent', [fields[0], ['answer', 'deny']], url);
      expect(denied.status, name).toBe(400);
      expect((await open(server.browser, `/consent?${changed}`, url)).status, name).toBe(400);
    }
    expect(await consents()).toEqual(before);
  });

  it('takes no form of a page elsewhere, on another port of the machine either', async () => {
    const page = await shown();
    for (const from of ['http://localhost:1', 'https://evil.example.com']) {
      const refused = await answer(server.browser, page, url, { projects: 'all' }, from);
      expect(refused.status).toBe(403);
    }
  });

  it('is the only way: the library takes no consent by itself', async () => {
    const question = hidden(
      await shown({ client_id: NATIVE, redirect_uri: 'com.example.native:/callback', scope: 'read' }),
      'question',
    );
    const before = await consents();
    const direct = await server.browser.post('/auth/oauth2/consent', { accept: true, oauth_query: question });
    expect(direct.status).toBe(400);
    expect(await consents()).toEqual(before);
    for (const path of [
      'update-consent',
      'delete-consent',
      'create-client',
      'update-client',
      'continue',
      'userinfo',
      'introspect',
    ]) {
      expect((await server.browser.post(`/auth/oauth2/${path}`, {})).status, path).toBe(404);
    }
    expect((await server.browser.post('/auth/admin/oauth2/create-client', {})).status).toBe(404);
    expect((await server.browser.fetch('/auth/token')).status).toBe(404);
  });

  it('asks who isn’t signed in to do that first, and then comes back to the whole question', async () => {
    const stranger = openBrowser(url);
    const question = ask(url, { state: 'a+b & c=ü' });
    const login = await open(stranger, question.address, url);
    expect(login.url.pathname).toBe('/login');
    const next = hidden(login, 'next');
    const page = await submit(
      stranger,
      '/login',
      [
        ['next', next],
        ['email', server.user.email!],
        ['password', PASSWORD],
      ],
      url,
    );
    expect(page.url.pathname).toBe('/consent');
    const led = await answer(stranger, page, url, { projects: [alpha] });
    expect(led.url.searchParams.get('state')).toBe('a+b & c=ü');
    expect((await tradeCode(url, led, question)).access_token).toBeTruthy();
  });

  it('lets a program ask that its user signs in again', async () => {
    const login = await shown({ prompt: 'login' });
    expect(login.url.pathname).toBe('/login');
    expect(login.text).toContain('name="password"');
    expect(hidden(login, 'next')).not.toContain('prompt=');
  });

  describe('is not shown', () => {
    it.each([
      ['for an address that the program hasn’t named', { redirect_uri: 'https://evil.example.com/' }],
      ['for a program that nobody knows', { client_id: 'https://unknown.example.com/client.json' }],
      ['for another name than that of a document', { client_id: 'unknown' }],
    ])('%s', async (_, own) => {
      const { url: at, text } = await shown(own);
      expect(at.origin).toBe(url);
      expect(text).not.toContain('<form');
    });

    it.each([
      ['without a proof key', { code_challenge: null, code_challenge_method: null }],
      ['with a proof key in the open', { code_challenge_method: 'plain' }],
      ['for a scope that isn’t one', { scope: 'read everything' }],
      ['for another resource', { resource: 'https://other.example.com/mcp' }],
      [
        'silently',
        { prompt: 'none', client_id: NATIVE, redirect_uri: 'com.example.native:/callback', scope: 'manage' },
      ],
    ])('%s', async (_, own) => {
      const { url: at } = await shown(own);
      expect(at.href.startsWith('redirect_uri' in own ? own.redirect_uri : CALLBACK)).toBe(true);
      expect(at.searchParams.has('error')).toBe(true);
      expect(at.searchParams.has('code')).toBe(false);
    });
  });

  it('gives a code that counts once, for the program that asked, with its proof', async () => {
    const question = ask(url);
    const led = await answer(server.browser, await open(server.browser, question.address, url), url, {
      projects: [alpha],
    });
    const code = led.url.searchParams.get('code')!;
    const good = {
      ...{ grant_type: 'authorization_code', code, code_verifier: question.verifier },
      ...{ redirect_uri: CALLBACK, resource: `${url}/mcp` },
    };
    expect(led.url.searchParams.get('iss')).toBe(url);
    expect((await trade(url, good)).status).toBe(200);
    expect((await trade(url, good)).status).toBe(400);
    for (const wrong of [
      { code_verifier: 'x'.repeat(43) },
      { redirect_uri: 'http://localhost/callback' },
      { client_id: NATIVE },
      { resource: `${url}/graphql` },
    ]) {
      const again = ask(url);
      const next = await answer(server.browser, await open(server.browser, again.address, url), url, {
        projects: [alpha],
      });
      const other = { ...good, code: next.url.searchParams.get('code')!, code_verifier: again.verifier, ...wrong };
      expect((await trade(url, other)).status, JSON.stringify(wrong)).toBeGreaterThanOrEqual(400);
    }
  });
});
