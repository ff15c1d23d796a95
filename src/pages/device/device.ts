import { z } from 'zod';
import { COMMAND_LINES } from '../../domain/sign-in/programs.js';
import type { PageAnswer, PageHandler, PageVisit } from '../contract.js';
import { html } from '../kit/html.js';
import { problemNote } from '../kit/notes.js';
import type { Page } from '../kit/page.js';

/** Where people let the command line of a machine in, by the code that it shows. Nothing is let in by a visit. */
export const devicePage: PageHandler = {
  path: '/device',
  methods: 'GET, POST',
  async answer(visit) {
    const { method, query, form, userId } = visit;
    const code = ((method === 'GET' ? query : form).get('user_code') ?? '').trim();
    if (!userId) {
      const back = code ? `/device?user_code=${encodeURIComponent(code)}` : '/device';
      return { redirect: `/login?next=${encodeURIComponent(back)}` };
    }
    const decision = form.get('decision');
    if (method === 'GET' || decision === null) return code ? review(visit, code) : { page: ask('', null) };
    return decide(visit, code, decision === 'approve');
  },
};

async function review(visit: PageVisit, code: string): Promise<PageAnswer> {
  const { status, json, retryAfter } = await visit.call('GET', `/device?user_code=${encodeURIComponent(code)}`);
  if (status === 429) return { status, page: ask(code, TOO_OFTEN), retryAfter };
  const found = FOUND.safeParse(json);
  if (status !== 200 || !found.success || found.data.status !== 'pending')
    return { status: 404, page: ask(code, NO_CODE) };
  return { page: request(code, found.data) };
}

async function decide(visit: PageVisit, userCode: string, isLetIn: boolean): Promise<PageAnswer> {
  const { status, retryAfter } = await visit.call('POST', isLetIn ? '/device/approve' : '/device/deny', { userCode });
  if (status === 429) return { status, page: ask(userCode, TOO_OFTEN), retryAfter };
  if (status !== 200) return { status: 404, page: ask(userCode, NO_CODE) };
  return { page: isLetIn ? LET_IN : DENIED };
}

const FOUND = z.object({ status: z.string(), client_id: z.string(), scope: z.string().nullish() });

const NO_CODE = 'There is no such code that waits: it was mistyped, was answered already, or has expired.';
const TOO_OFTEN = 'There were too many wrong codes. Wait a while, then try again.';

function ask(code: string, problem: string | null): Page {
  return {
    title: 'Let a command line in',
    body: html`${problemNote(problem)}
<form method="post" action="/device" class="card">
<label for="user_code">Code</label>
<input id="user_code" name="user_code" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" required value="${code}" aria-describedby="code-hint">
<p class="hint" id="code-hint">The one that <code>mooring login</code> shows.</p>
<button type="submit">Go on</button>
</form>`,
  };
}

function request(code: string, { client_id, scope }: z.infer<typeof FOUND>): Page {
  const { level = 'READ', allPermissions = false } = COMMAND_LINES[client_id] ?? {};
  return {
    title: 'Let a command line in?',
    body: html`<form method="post" action="/device" class="card">
<input type="hidden" name="user_code" value="${code}">
<p>It shows this code:</p>
<code class="code">${code}</code>
<dl><dt>It says that it is on</dt><dd>${scope || 'a machine without a name'}</dd>
<dt>It gets an API key that may</dt><dd>${allPermissions ? 'do everything that you may' : level === 'WRITE' ? 'read and write in your projects' : 'read your projects'}</dd></dl>
<p class="hint">Only if you have just run <code>mooring login</code> yourself, and it shows the same code. Who sent you a link to this page would act as you.</p>
<div class="actions">
<button type="submit" name="decision" value="approve">Let it in</button>
<button type="submit" class="secondary" name="decision" value="deny">No</button>
</div></form>`,
  };
}

const LET_IN: Page = {
  title: 'It is let in',
  body: html`<p role="status" class="done">Go back to the command line. Its key is among those of your account.</p>`,
};
const DENIED: Page = {
  title: 'It is not let in',
  body: html`<p role="status" class="done">The command line gets no key.</p>`,
};
