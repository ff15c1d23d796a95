import type { PageAnswer, PageVisit } from '../contract.js';
import { html } from '../kit/html.js';
import { problemNote } from '../kit/notes.js';
import type { Page } from '../kit/page.js';
import { pathWithin } from '../kit/return-path.js';

/** Asks for the second factor, once the password was right. */
export function secondStep(next: string, problem: string | null): Page {
  return {
    title: 'Sign in',
    body: html`${problemNote(problem)}
<form method="post" action="/login" class="card">
<input type="hidden" name="next" value="${next}">
<label for="code">Code</label>
<input id="code" name="code" type="text" autocomplete="one-time-code" autocapitalize="off" spellcheck="false" required autofocus>
<p class="hint">The one that your app shows now, or one of your backup codes.</p>
<button type="submit">Go on</button>
</form>
<p><a href="/login">Start again</a></p>`,
  };
}

/** Signs in with a code of the app, or with a backup code. */
export async function answerSecondStep(visit: PageVisit): Promise<PageAnswer> {
  const next = pathWithin(visit.form.get('next'));
  const code = (visit.form.get('code') ?? '').replace(/\s/g, '');
  const path = /^\d{6}$/.test(code) ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code';
  const { status, cookies, retryAfter } = await visit.call('POST', path, { code });
  if (status === 200) return { redirect: next, cookies };
  if (status === 429) return { status, page: secondStep(next, TOO_OFTEN), retryAfter };
  return { status: 401, page: secondStep(next, WRONG), cookies };
}

const WRONG = 'This code isn’t right, or it took too long. Give another, or start again.';
const TOO_OFTEN = 'There were too many wrong codes. Wait a while, then start again.';
