import { z } from 'zod';
import type { CallResult, PageAnswer } from '../contract.js';
import { html } from '../kit/html.js';
import type { Question } from './question.js';

const ANSWER = z.object({ url: z.string() });

/**
 * Leads the browser to the program, which waits for the answer; null when there is none. Where a browser would not follow from
 * a form, it is a link: to a program by a scheme of its own, and to an address for which a page's policy has no form.
 */
export function goOn({ name, answerTo }: Question, { status, json }: CallResult): PageAnswer | null {
  const answer = ANSWER.safeParse(json);
  if (status !== 200 || !answer.success || !URL.canParse(answer.data.url)) return null;
  const { url } = answer.data;
  // Only where the program is known to be.
  if (placeOf(url) !== placeOf(answerTo)) return null;
  if (leadsTo(answerTo).length > 0) return { redirect: url };
  if (UNSAFE.has(new URL(url).protocol)) return null;
  return {
    page: {
      title: 'Go back to the program',
      body: html`<p>${name} has your answer once you go on. After that, you can close this window.</p>
<p><a class="button" href="${url}">Go on to ${name}</a></p>`,
    },
  };
}

/** The origins to which a form may lead so that the program gets its answer. */
export function leadsTo(address: string): readonly string[] {
  const { protocol, origin, hostname } = new URL(address);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  // A policy has no IPv6 addresses.
  return isWeb && !hostname.startsWith('[') ? [origin] : [];
}

const UNSAFE: ReadonlySet<string> = new Set(['javascript:', 'data:', 'vbscript:', 'blob:', 'file:', 'about:']);

function placeOf(address: string): string {
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}
