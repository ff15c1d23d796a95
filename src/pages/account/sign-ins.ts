import type { PageVisit } from '../contract.js';
import { browserName } from '../kit/browser-name.js';
import { html } from '../kit/html.js';
import { mutate } from '../kit/outcome.js';
import { dayOf } from '../kit/time.js';
import type { ActionResult, Section } from './section.js';

interface SignInRow {
  readonly id: string;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly isCurrent: boolean;
  readonly createdAt: string;
}

/** Where the user is signed in. */
export const signInsSection: Section = {
  id: 'sign-ins',
  title: 'Where you are signed in',
  async show(visit) {
    const { signIns } = await visit.ask<{ signIns: { nodes: readonly SignInRow[]; totalCount: number } }>(
      '{ signIns(first: 20) { totalCount nodes { id address userAgent isCurrent createdAt } } }',
    );
    const more = signIns.totalCount - signIns.nodes.length;
    return html`<ul class="list">${signIns.nodes.map(row)}</ul>
${more > 0 && html`<p class="hint">And ${more} more.</p>`}
<form method="post" action="/account"><div class="actions">
<button type="submit" name="action" value="sign-ins.out">Sign out here</button>
${signIns.totalCount > 1 && html`<button type="submit" class="secondary" name="action" value="sign-ins.others">Sign out everywhere else</button>`}
</div></form>`;
  },
  actions: {
    out: signOut,
    async others(visit) {
      const { payload, problem } = await mutate<{ count: number }>(visit, 'endOtherSignIns', {}, 'count');
      if (payload === null) return { problem };
      return { done: `You are signed out everywhere else: ${payload.count} ended.` };
    },
    async end(visit) {
      const { problem } = await mutate(visit, 'endSignIn', { id: visit.form.get('id') ?? '' }, 'endedId');
      return problem === null ? { done: 'You are signed out there.' } : { problem };
    },
  },
};

async function signOut(visit: PageVisit): Promise<ActionResult> {
  const { cookies } = await visit.call('POST', '/sign-out', {});
  return { redirect: '/login', cookies };
}

function row({ id, address, userAgent, isCurrent, createdAt }: SignInRow) {
  return html`<li>${isCurrent ? html`<strong>This browser</strong>` : browserName(userAgent)}<br>
<span class="hint">since ${dayOf(createdAt)}${address && html`, from ${address}`}</span>
${
  !isCurrent &&
  html`<form method="post" action="/account"><input type="hidden" name="id" value="${id}">
<button type="submit" class="secondary" name="action" value="sign-ins.end" aria-label="Sign out ${browserName(userAgent)}, since ${dayOf(createdAt)}">Sign out</button></form>`
}</li>`;
}
