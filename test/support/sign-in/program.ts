import { createHash, randomBytes } from 'node:crypto';
import type { Browser } from './browser.js';
import { hidden, open, type Shown, submit } from './visits.js';

/** A remote agent's program, as far as OAuth goes: it asks in a browser, and trades the answer for tokens. */

/** Where one says what it is, and is answered. */
export const PROGRAM = 'https://agent.example.com/client.json';
export const CALLBACK = 'http://127.0.0.1:33418/callback';
export const DOCUMENT = {
  client_name: 'Remote Agent',
  redirect_uris: [CALLBACK, 'http://localhost/callback'],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  token_endpoint_auth_method: 'none',
};

export interface Question {
  readonly address: string;
  readonly verifier: string;
}

/** The address at which a program asks to be let in. */
export function ask(url: string, own: Readonly<Record<string, string | null>> = {}): Question {
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams();
  const all: Record<string, string | null> = {
    response_type: 'code',
    client_id: PROGRAM,
    redirect_uri: CALLBACK,
    scope: 'read write offline_access',
    // As programs do that want to go on: the user is asked each time.
    prompt: 'consent',
    state: 'a state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    resource: `${url}/mcp`,
    ...own,
  };
  for (const [name, value] of Object.entries(all)) if (value !== null) query.set(name, value);
  return { address: `${url}/auth/oauth2/authorize?${query}`, verifier };
}

export interface Choice {
  /** `all`, or ids. */
  readonly projects: 'all' | readonly string[];
  readonly level?: 'READ' | 'WRITE' | 'MANAGE';
  readonly answer?: 'allow' | 'deny';
}

/** Answers the question on a page for consent. */
export function answer(browser: Browser, page: Shown, url: string, choice: Choice, from = url): Promise<Shown> {
  const { projects, level = 'WRITE', answer: given = 'allow' } = choice;
  const chosen = projects === 'all' ? [['all', 'yes'] as const] : projects.map((id) => ['project', id] as const);
  const fields = [['question', hidden(page, 'question')], ['level', level], ['answer', given], ...chosen] as const;
  return submit(browser, '/consent', fields, url, from);
}

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly scope: string;
  readonly error?: string;
}

/** Asks for tokens. */
export function trade(url: string, fields: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(`${url}/auth/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: PROGRAM, ...fields }),
  });
}

/** Trades the code to which the browser was led. */
export async function tradeCode(
  url: string,
  { url: at }: Pick<Shown, 'url'>,
  { verifier }: Question,
  callback = CALLBACK,
): Promise<Tokens> {
  const code = at.searchParams.get('code');
  if (code === null) throw new Error(`There is no code in ${at}.`);
  const response = await trade(url, {
    ...{ grant_type: 'authorization_code', code, code_verifier: verifier },
    ...{ redirect_uri: callback, resource: `${url}/mcp` },
  });
  const tokens = (await response.json()) as Tokens;
  if (response.status !== 200) throw new Error(JSON.stringify(tokens));
  return tokens;
}

/** Lets the program in, from the question to its tokens. */
export async function letIn(browser: Browser, url: string, choice: Choice, own = {}): Promise<Tokens> {
  const question = ask(url, own);
  const page = await open(browser, question.address, url);
  return tradeCode(url, await answer(browser, page, url, choice), question);
}
