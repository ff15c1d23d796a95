import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/**
 * A provider of OpenID Connect, as a process of its own: discovery, PKCE, codes that count once, signed ID tokens. On its page
 * one chooses who one is; some of them get tokens that nobody may accept. It prints its address.
 */

const CLIENT = 'mooring';
const { privateKey, publicKey } = await generateKeyPair('ES256');
const { privateKey: foreignKey } = await generateKeyPair('ES256');
const KID = 'own';

interface Granted {
  readonly user: string;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string | null;
}
const codes = new Map<string, Granted>();

/** What is special about somebody's token. */
const OTHERWISE: Readonly<Record<string, JWTPayload>> = {
  bob: { email_verified: false },
  'another-audience': { aud: 'another' },
  'another-issuer': { iss: 'https://another.example' },
  expired: { exp: 1_700_000_000 },
  forged: {},
};

async function idTokenFor({ user, nonce }: Granted): Promise<string> {
  const claims = {
    ...{ iss: issuer, aud: CLIENT, sub: `sub-${user}`, exp: Math.floor(Date.now() / 1_000) + 300 },
    // Whoever's token is wrong says to be Ada.
    ...{ email: `${user in OTHERWISE && user !== 'bob' ? 'ada' : user}@example.com`, email_verified: true, name: user },
    ...(nonce === null ? {} : { nonce }),
    ...OTHERWISE[user],
  };
  const token = new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: KID }).setIssuedAt();
  return token.sign(user === 'forged' ? foreignKey : privateKey);
}

function authorize({ searchParams }: URL, response: ServerResponse): void {
  const state = searchParams.get('state');
  const redirectUri = searchParams.get('redirect_uri') ?? '';
  const challenge = searchParams.get('code_challenge');
  const isAsked = searchParams.get('client_id') === CLIENT && searchParams.get('response_type') === 'code';
  if (!isAsked || !state || !challenge || searchParams.get('code_challenge_method') !== 'S256') {
    response.writeHead(400).end('Not a question that this provider answers.');
    return;
  }
  const user = searchParams.get('user');
  if (user === null) {
    const people = ['ada', 'bob', 'eve', 'mo', ...Object.keys(OTHERWISE)];
    const links = people.map(
      (each) => `<p><a id="${each}" href="?${escaped(searchParams)}&amp;user=${each}">${each}</a></p>`,
    );
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<!doctype html><title>Who are you?</title>${links.join('')}`);
    return;
  }
  const code = randomUUID();
  codes.set(code, { user, redirectUri, challenge, nonce: searchParams.get('nonce') });
  const answer = new URL(redirectUri);
  for (const [name, value] of Object.entries({ code, state, iss: issuer })) answer.searchParams.set(name, value);
  response.writeHead(302, { location: answer.href }).end();
}

const escaped = (query: URLSearchParams): string => query.toString().replaceAll('&', '&amp;');

async function token(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const part of request) body += part;
  const form = new URLSearchParams(body);
  const granted = codes.get(form.get('code') ?? '');
  codes.delete(form.get('code') ?? '');
  const challenge = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url');
  if (!granted || challenge !== granted.challenge || form.get('redirect_uri') !== granted.redirectUri) {
    json(response, 400, { error: 'invalid_grant' });
    return;
  }
  const id_token = await idTokenFor(granted);
  json(response, 200, { access_token: randomUUID(), token_type: 'Bearer', expires_in: 300, id_token });
}

function json(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', issuer);
  if (url.pathname === '/.well-known/openid-configuration') {
    json(response, 200, {
      ...{
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
      },
      ...{ response_types_supported: ['code'], subject_types_supported: ['public'] },
      ...{ id_token_signing_alg_values_supported: ['ES256'], code_challenge_methods_supported: ['S256'] },
    });
  } else if (url.pathname === '/jwks')
    json(response, 200, { keys: [{ ...(await exportJWK(publicKey)), kid: KID, alg: 'ES256' }] });
  else if (url.pathname === '/authorize') authorize(url, response);
  else if (url.pathname === '/token') await token(request, response);
  else response.writeHead(404).end();
});
server.listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
process.stdout.write(`${issuer}\n`);
