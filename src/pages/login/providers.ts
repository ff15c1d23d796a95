import { z } from 'zod';
import type { PageAnswer, PageVisit } from '../contract.js';
import { type Html, html } from '../kit/html.js';
import { pathWithin } from '../kit/return-path.js';

const ANSWER = z.object({ url: z.string() });

/** Signs in by another server: one button for each. */
export const providerForms = ({ providers }: PageVisit, next: string | null): Html | false =>
  providers.length > 0 &&
  html`<div class="card"><form method="post" action="/login"><div class="actions">
<input type="hidden" name="next" value="${next ?? ''}">
${providers.map(({ id, name }) => html`<button type="submit" class="secondary" name="provider" value="${id}">Sign in with ${name}</button>`)}
</div></form></div>`;

/** Leads to the other server, by a link: from a form, a browser doesn't follow to where a page's policy has nothing of. */
export async function startWith(visit: PageVisit, failed: (problem: string) => PageAnswer): Promise<PageAnswer> {
  const { form, providers } = visit;
  const provider = providers.find(({ id }) => id === form.get('provider'));
  const next = pathWithin(form.get('next'));
  const errorCallbackURL = `/login?next=${encodeURIComponent(next)}`;
  const { json, cookies } = provider
    ? await visit.call('POST', '/sign-in/social', { provider: provider.id, callbackURL: next, errorCallbackURL })
    : { json: null, cookies: [] };
  const answer = ANSWER.safeParse(json);
  if (!provider || !answer.success)
    return failed('This server can’t be reached now. Try again later, or sign in with your password.');
  return {
    page: { title: `On to ${provider.name}`, body: onTo(provider.name, answer.data.url), goesTo: answer.data.url },
    cookies,
  };
}

const onTo = (name: string, url: string): Html => html`<p>You sign in there, and come back here.</p>
<p><a class="button" href="${url}">Go on to ${name}</a></p>`;

/** Why another server signed nobody in, by the code that the library puts into the address. */
export function problemOf(code: string | null): string | null {
  if (code === null) return null;
  return Object.hasOwn(PROBLEMS, code) ? PROBLEMS[code]! : 'Signing in there failed, or took too long. Try again.';
}

const UNKNOWN = 'No user here has the e-mail that the other server says is yours. Ask an administrator to invite you.';
const NOT_LINKED =
  'A user here has this e-mail, but signs in otherwise: the other server must have verified the e-mail, and who has a password signs in with it.';
const PROBLEMS: Readonly<Record<string, string>> = {
  signup_disabled: UNKNOWN,
  account_not_linked: NOT_LINKED,
  unable_to_link_account: NOT_LINKED,
  email_not_found: 'The other server doesn’t say which e-mail is yours.',
  access_denied: 'You said no there.',
};
