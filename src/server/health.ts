import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { INSTANCE, INSTANCE_HEADER } from '../util/instance.js';
import { sendJson } from './http/respond.js';

/** Whether requests can be served. */
export interface Readiness {
  readonly ok: boolean;
  /** Empty when requests can be served. */
  readonly problems: readonly string[];
}

export const CLOSING: Readiness = { ok: false, problems: ['The server is closing.'] };

/** Answers `/health`: 200 as long as the process responds at all, and which process it is. */
export function sendHealth(response: ServerResponse, headers: OutgoingHttpHeaders): void {
  sendJson(response, 200, { status: 'ok' }, { ...headers, [INSTANCE_HEADER]: INSTANCE });
}

/** Answers `/ready`: 200 when requests can be served, 503 when they can't, with the problems. */
export function sendReadiness(
  response: ServerResponse,
  { ok, problems }: Readiness,
  headers: OutgoingHttpHeaders,
): void {
  sendJson(response, ok ? 200 : 503, { status: ok ? 'ready' : 'not ready', problems }, headers);
}
