import type { PageHandler, PageVisit } from '../contract.js';
import { html } from '../kit/html.js';
import { newPasswordField } from '../kit/new-password.js';
import { problemNote } from '../kit/notes.js';
import type { Page } from '../kit/page.js';

/** Creates the first administrator, at a browser. Programs use the same path with JSON. */
export const setupPage: PageHandler = {
  path: '/setup',
  methods: 'GET, POST',
  async answer(visit) {
    const { setUp, method, form } = visit;
    if (!(await setUp.isNeeded())) return { redirect: '/login' };
    if (method === 'GET') return { page: page(visit, null) };
    const input = {
      token: (form.get('token') ?? '').trim(),
      email: form.get('email') ?? '',
      name: form.get('name')?.trim() || undefined,
      password: form.get('newPassword') ?? '',
    };
    const outcome = await setUp.run(input);
    if (outcome.problem !== null) return { status: outcome.status, page: page(visit, outcome.problem) };
    const { cookies } = await visit.call('POST', '/sign-in/email', {
      email: input.email.trim(),
      password: input.password,
    });
    return { page: done(outcome.secret), cookies };
  },
};

function page({ form }: PageVisit, problem: string | null): Page {
  return {
    title: 'Set up Mooring',
    body: html`${problemNote(problem)}
<form method="post" action="/setup" class="card">
<label for="token">Set-up token</label>
<input id="token" name="token" type="text" autocomplete="off" autocapitalize="off" spellcheck="false" required value="${form.get('token')}" aria-describedby="token-hint">
<p class="hint" id="token-hint">The server prints it when it starts: <code>mooring-setup-…</code></p>
<label for="email">Your e-mail</label>
<input id="email" name="email" type="email" autocomplete="username" required value="${form.get('email')}">
<label for="name">Your name</label>
<input id="name" name="name" type="text" autocomplete="name" value="${form.get('name')}">
${newPasswordField()}
<button type="submit">Create the administrator</button>
</form>`,
  };
}

const done = (secret: string): Page => ({
  title: 'Mooring is set up',
  body: html`<p role="status" class="done">You are the administrator. From now on, every request needs a credential.</p>
<section aria-labelledby="key"><h2 id="key">Your first API key</h2>
<p>It is shown this once. Programs send it as <code>Authorization: Bearer mor_…</code></p>
<code class="secret">${secret}</code>
<a class="button" href="/account">Go on</a></section>`,
});
