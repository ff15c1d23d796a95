import type { SignInLane, WebRequest, WebResponse } from './contract.js';

/** What is asked about a request before the library is. */
export interface KnownPrograms {
  /** Whether a header `Cookie` is that of somebody who has signed in. */
  isSignedIn(cookies: string): boolean;
  /** Whether the server knows a program already. @throws StoreError */
  isKnown(clientId: string): Promise<boolean>;
}

const QUESTION = '/auth/oauth2/authorize';
const PROOFS = /^\/auth\/oauth2\/(?:token|revoke)$/;

/**
 * A lane in which strangers don't make the server read documents of programs, nor keep what these say: only who has signed in
 * is asked for one that is new.
 */
export function requirePeople(lane: SignInLane, { isSignedIn, isKnown }: KnownPrograms): SignInLane {
  return {
    async answer(request) {
      const [path] = request.path.split('?', 1);
      if (path === QUESTION && !isSignedIn(request.headers.cookie ?? '')) return toLogin(request);
      if (!PROOFS.test(path!)) return lane.answer(request);
      const known = await Promise.all(documentsIn(request).map(isKnown));
      return known.every(Boolean) ? lane.answer(request) : UNKNOWN;
    },
    get isRunning() {
      return lane.isRunning;
    },
    close: () => lane.close(),
  };
}

/** Signing in leads back to the question, which a form may have sent as well. */
function toLogin({ path, body }: WebRequest): WebResponse {
  const question = body === null ? path : `${path}${path.includes('?') ? '&' : '?'}${body}`;
  return { status: 302, headers: [['location', `/login?${new URLSearchParams({ next: question })}`]], body: '' };
}

const UNKNOWN: WebResponse = {
  status: 401,
  headers: [['content-type', 'application/json']],
  body: JSON.stringify({ error: 'invalid_client', error_description: 'No user has been asked for this program yet.' }),
};

/** The addresses of documents by which a program says who it is, in any of the ways that there are. */
function documentsIn({ body, headers }: WebRequest): readonly string[] {
  const form = new URLSearchParams(body ?? '');
  const [, basic = ''] = /^Basic +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  const [name = ''] = Buffer.from(basic, 'base64').toString().split(':', 1);
  const said = [...form.getAll('client_id'), decoded(name), ...form.getAll('client_assertion').flatMap(programsIn)];
  return said.filter((each) => /^https:/i.test(each));
}

/** Whom a program's proof of itself names. */
function programsIn(assertion: string): readonly string[] {
  try {
    const claims: unknown = JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString());
    const { iss, sub }: { iss?: unknown; sub?: unknown } = Object(claims);
    return [iss, sub].filter((each) => typeof each === 'string');
  } catch {
    return [];
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
