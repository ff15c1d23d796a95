import { createHash } from 'node:crypto';
import { networkOf } from '../domain/access/addresses.js';
import { RateLimitedError } from '../domain/access/errors.js';
import type { Attempts, Subject } from '../services/attempts/attempts.js';
import type { SignInLane, WebRequest, WebResponse } from './contract.js';

/** Failures of one account from one network, of one account from networks where it is not known, and of one network. */
const MOST = { here: 10, elsewhere: 100, network: 50 } as const;
/** Codes of a second factor have a million values. */
const MOST_CODES = 5;
/** For so long a code of an app may be right: its half minute, and those before and after it. */
const CODE_COUNTS_MS = 2 * 60_000;
/** Accounts' networks, and sign-ins that wait for a code, which are kept. */
const MOST_KEPT = 10_000;

const PASSWORD = /^\/auth\/sign-in\/email(?:\?|$)/;
const SECOND_STEP = /^\/auth\/two-factor\/verify-/;
/**
 * Where else something is proven that could be guessed. The secret of a device is none of it: who waits to be let in asks for it
 * again and again.
 */
const PROOFS =
  /^\/auth\/(?:device(?:\/(?:approve|deny))?|passkey\/verify-authentication|oauth2\/(?:token|register))(?:\?|$)/;

/**
 * A lane in which nobody guesses passwords or codes. Strangers can't lock out a user who signs in from a network where they have
 * signed in before.
 */
export function limitAttempts(lane: SignInLane, attempts: Attempts, now: () => number = Date.now): SignInLane {
  /** `account network` where a password was right. */
  const known = new Set<string>();
  /** `account code` that was used, and until when it could be right again, in milliseconds since 1970. */
  const used = new Map<string, number>();
  /** The accounts of those whose password was right, and who still owe a code, by the hash of their cookie. */
  const waiting = new Map<string, string>();

  function subjectsOf(request: WebRequest): { readonly subjects: readonly Subject[]; readonly account: string | null } {
    const network = networkOf(request.address);
    const ofNetwork: Subject = { name: `network ${network}`, most: MOST.network };
    if (PASSWORD.test(request.path)) {
      const account = accountIn(request.body);
      const here = `${account} ${network}`;
      return {
        account,
        subjects: [
          ofNetwork,
          { name: `password ${here}`, most: MOST.here },
          ...(known.has(here) ? [] : [{ name: `password ${account}`, most: MOST.elsewhere }]),
        ],
      };
    }
    if (SECOND_STEP.test(request.path)) {
      const account = waiting.get(hashOfStep(request.headers.cookie ?? '')) ?? null;
      return {
        account,
        subjects: account === null ? [ofNetwork] : [ofNetwork, { name: `code ${account}`, most: MOST_CODES }],
      };
    }
    // Apart from passwords: a program that goes wrong keeps nobody from signing in.
    const ofProofs: Subject = { name: `proof ${network}`, most: MOST.network };
    return { account: null, subjects: PROOFS.test(request.path) ? [ofProofs] : [] };
  }

  function remember(request: WebRequest, account: string | null, response: WebResponse): void {
    if (account === null) return;
    keep(known, `${account} ${networkOf(request.address)}`);
    for (const [name, value] of response.headers) {
      if (name !== 'set-cookie') continue;
      const step = hashOfStep(value);
      if (step === '') continue;
      if (waiting.size >= MOST_KEPT) waiting.delete(waiting.keys().next().value!);
      waiting.set(step, account);
    }
  }

  return {
    async answer(request) {
      if (request.method !== 'POST' && !PROOFS.test(request.path)) return lane.answer(request);
      const { subjects, account } = subjectsOf(request);
      if (subjects.length === 0) return lane.answer(request);
      const code =
        SECOND_STEP.test(request.path) && account !== null ? `${account} ${fieldIn(request.body, 'code')}` : null;
      if (code !== null && (used.get(code) ?? 0) > now()) return CODE_USED;
      let succeeded: () => void;
      try {
        succeeded = attempts.begin(subjects);
      } catch (error) {
        if (error instanceof RateLimitedError) return tooMany(error);
        throw error;
      }
      const response = await lane.answer(request);
      // What the server couldn't do was no failure of the client.
      if (response.status < 400 || response.status === 429 || response.status >= 500) succeeded();
      if (response.status < 400) remember(request, account, response);
      if (response.status < 400 && code !== null) {
        for (const [each, until] of used) if (until <= now()) used.delete(each);
        used.set(code, now() + CODE_COUNTS_MS);
      }
      return response;
    },
    get isRunning() {
      return lane.isRunning;
    },
    close: () => lane.close(),
  };
}

/** What somebody sees who sends a code that another has just used, who may have read it on the way. */
const CODE_USED: WebResponse = {
  status: 401,
  headers: [['content-type', 'application/json']],
  body: JSON.stringify({ code: 'INVALID_CODE', message: 'Invalid code' }),
};

function keep(all: Set<string>, name: string): void {
  all.delete(name);
  if (all.size >= MOST_KEPT) all.delete(all.values().next().value!);
  all.add(name);
}

/** Whose password a body says to have; one that can't be read counts for all of its kind. */
function accountIn(body: string | null): string {
  return fieldIn(body, 'email').trim().normalize('NFC').toLowerCase().slice(0, 320);
}

/** A text in a body of JSON, or of a form. */
function fieldIn(body: string | null, name: string): string {
  try {
    const parsed: unknown = JSON.parse(body ?? '');
    const value = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, name) : '';
    return typeof value === 'string' ? value : '';
  } catch {
    return new URLSearchParams(body ?? '').get(name) ?? '';
  }
}

/** Stands for the sign-in of which a cookie says that it waits for a code; empty: it says no such thing. */
function hashOfStep(cookies: string): string {
  const [, value] = /(?:^|[;\s])(?:__Secure-)?[\w-]+\.two_factor=([^;\s]+)/.exec(cookies) ?? [];
  return value ? createHash('sha256').update(value).digest('base64url') : '';
}

function tooMany({ message, hint, retryAfter, code }: RateLimitedError): WebResponse {
  return {
    status: 429,
    headers: [
      ['content-type', 'application/json'],
      ['retry-after', String(retryAfter)],
    ],
    body: JSON.stringify({ code, message, hint }),
  };
}
