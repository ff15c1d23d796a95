import type { PageHandler, PageVisit } from '../contract.js';
import { type Html, html } from '../kit/html.js';
import { newPasswordField } from '../kit/new-password.js';
import { problemNote } from '../kit/notes.js';
import type { Page } from '../kit/page.js';

/** Where an invitation, or a link after a password was forgotten, leads: to set one. Nothing is used up by a visit. */
export const linkPage: PageHandler = {
  path: '/link',
  methods: 'GET, POST',
  async answer(visit) {
    const { method, query, form, links } = visit;
    const token = (method === 'GET' ? query : form).get('token') ?? '';
    if (method === 'GET') return shown(visit, token, null);
    const problem = await links.use(token, form.get('newPassword') ?? '');
    return problem === null ? { redirect: '/login?done=password' } : shown(visit, token, problem);
  },
};

async function shown({ links }: PageVisit, token: string, problem: string | null) {
  const link = await links.find(token);
  if (!link) return { status: 410, page: GONE };
  return { status: problem === null ? 200 : 422, page: page(token, link, problemNote(problem)) };
}

type Link = NonNullable<Awaited<ReturnType<PageVisit['links']['find']>>>;

function page(token: string, { name, email, isInvitation }: Link, note: Html | null): Page {
  return {
    title: isInvitation ? `Welcome, ${name}` : 'Set a new password',
    body: html`${note}
<form method="post" action="/link" class="card">
<input type="hidden" name="token" value="${token}">
<p>${isInvitation ? 'Set a password, with which you sign in as' : 'This is for'} ${email ?? name}.</p>
<input type="hidden" name="username" autocomplete="username" value="${email}">
${newPasswordField()}
<button type="submit">Set the password</button>
</form>
${!isInvitation && html`<p class="hint">Everywhere that you are signed in now, you are signed out then.</p>`}`,
  };
}

const GONE: Page = {
  title: 'This link doesn’t count',
  body: html`<p>It was used already, has expired, or a newer one was made.</p>
<p>Ask an administrator for a new one. If you have set your password with it, <a href="/login">sign in</a>.</p>`,
};
