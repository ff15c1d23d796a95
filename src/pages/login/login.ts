import type { PageAnswer, PageHandler, PageVisit } from '../contract.js';
import { type Html, html } from '../kit/html.js';
import { doneNote, problemNote } from '../kit/notes.js';
import { hasPasskeys } from '../kit/origin.js';
import type { Page } from '../kit/page.js';
import { pathWithin } from '../kit/return-path.js';
import { PASSKEY_SCRIPT } from '../passkeys/script.js';
import { mustSignInAgain, nextOf } from './next.js';
import { problemOf, providerForms, startWith } from './providers.js';
import { answerSecondStep, secondStep } from './second-step.js';

/** Signs somebody in, and leads back to where they came from. */
export const loginPage: PageHandler = {
  path: '/login',
  methods: 'GET, POST',
  async answer(visit) {
    const { method, form, query, userId } = visit;
    if (method === 'GET') {
      if (userId && !mustSignInAgain(query)) return { redirect: pathWithin(nextOf(query)) };
      const note =
        query.get('done') === 'password' ? doneNote(PASSWORD_SET) : problemNote(problemOf(query.get('error')));
      return { page: page(visit, note) };
    }
    if (form.has('provider')) {
      return startWith(visit, (problem) => ({ status: 502, page: page(visit, problemNote(problem)) }));
    }
    return form.has('code') ? answerSecondStep(visit) : answerPassword(visit);
  },
};

async function answerPassword(visit: PageVisit): Promise<PageAnswer> {
  const { form } = visit;
  const next = pathWithin(form.get('next'));
  const { status, json, cookies, retryAfter } = await visit.call('POST', '/sign-in/email', {
    email: form.get('email')?.trim() ?? '',
    password: form.get('password') ?? '',
  });
  if (status === 429) return { status, page: page(visit, problemNote(TOO_OFTEN)), retryAfter };
  if (status !== 200) return { status: 401, page: page(visit, problemNote(WRONG)) };
  const needsCode = typeof json === 'object' && json !== null && 'twoFactorRedirect' in json;
  return needsCode ? { page: secondStep(next, null), cookies } : { redirect: next, cookies };
}

const PASSWORD_SET = 'Your password is set. Sign in with it.';
const WRONG = 'No user has this e-mail and this password.';
const TOO_OFTEN = 'There were too many tries. Wait a moment, then try again.';

function page(visit: PageVisit, note: Html | null): Page {
  const { query, form, origin } = visit;
  const next = nextOf(query) ?? form.get('next');
  return {
    title: 'Sign in',
    body: html`${note}
<form method="post" action="/login" class="card">
<input type="hidden" name="next" value="${next ?? ''}">
<label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="username" required value="${form.get('email')}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button type="submit">Sign in</button>
</form>
${providerForms(visit, next)}
${hasPasskeys(origin) && passkeyForm(pathWithin(next))}
<p class="hint">Who has no password yet, or has forgotten it, asks an administrator for a link.</p>`,
    scripts: hasPasskeys(origin) ? [PASSKEY_SCRIPT] : [],
  };
}

const passkeyForm = (
  next: string,
): Html => html`<form method="post" action="/login" data-passkey="use" class="card" hidden>
<p role="alert" class="problem" hidden></p>
<input type="hidden" name="next" value="${next}">
<button type="submit" class="secondary">Sign in with a passkey</button>
</form>`;
