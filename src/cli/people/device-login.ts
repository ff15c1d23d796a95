import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { CliError, EXIT } from '../exit.js';
import type { Output } from '../output.js';
import { askServer, notMooring, post } from './http.js';

/** What the key may do, by the name of the program that asks for it. */
export const PROGRAMS = { read: 'mooring-cli-read', write: 'mooring-cli-write', all: 'mooring-cli' } as const;
export type Reach = keyof typeof PROGRAMS;

/** Of the key that signing in makes here. */
export const ownKeyName = (): string => `mooring on ${hostname()}`.slice(0, 120);

interface Code {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_uri_complete: string;
  readonly expires_in: number;
  readonly interval: number;
}

/** A key that the user has let the command line have. */
export interface TradedKey {
  readonly secret: string;
  readonly apiKey: { readonly id: string; readonly name: string };
}

/**
 * Shows a code, with which the user lets the command line in at a browser, waits for that, and gets a key.
 * @throws CliError when it is denied, or nobody answers in time
 */
export async function logInByCode(url: string, reach: Reach, output: Output): Promise<TradedKey> {
  const client_id = PROGRAMS[reach];
  const { isOk, answer: code } = await post<Code>(`${url}/auth/device/code`, { client_id, scope: hostname() });
  if (!isOk || !code?.device_code) throw notMooring(url);
  output.json({ type: 'code', code: code.user_code, url: code.verification_uri_complete });
  output.line(`Open ${code.verification_uri_complete}`);
  output.line(`and let the command line in there, if the page shows this code: ${code.user_code}`);
  const token = await waitForToken(url, client_id, code);
  return askServer<TradedKey>(`${url}/device/key`, { token, name: ownKeyName() });
}

async function waitForToken(url: string, client_id: string, code: Code): Promise<string> {
  const until = performance.now() + code.expires_in * 1_000;
  let intervalMs = code.interval * 1_000;
  while (performance.now() < until) {
    await delay(intervalMs);
    const { isOk, answer } = await post<{ readonly access_token?: string; readonly error?: string }>(
      `${url}/auth/device/token`,
      { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: code.device_code, client_id },
    );
    if (isOk && answer?.access_token) return answer.access_token;
    switch (answer?.error) {
      case 'access_denied':
        throw new CliError(EXIT.refused, 'The command line was not let in. Nothing was stored.');
      case 'expired_token':
      case 'invalid_grant':
        throw EXPIRED;
      case 'slow_down':
        intervalMs += 5_000;
    }
  }
  throw EXPIRED;
}

const EXPIRED = new CliError(
  EXIT.refused,
  'Nobody let the command line in before its code expired. Nothing was stored.',
  'Start again with `mooring login`.',
);
