import type { AccessLevel } from '../../domain/access/level.js';
import type { PageAnswer, PageHandler, PageVisit } from '../contract.js';
import { type Html, html } from '../kit/html.js';
import { problemNote } from '../kit/notes.js';
import type { Page } from '../kit/page.js';
import { goOn, leadsTo } from './going-on.js';
import { levelsUpTo, type Question, readQuestion, scopesFor } from './question.js';
import { levelFields, mostOf, projectFields, type Reach, readProjects } from './reach.js';

/** Lets a user decide whether a program may work on this server for them, and where. */
export const consentPage: PageHandler = {
  path: '/consent',
  methods: 'GET, POST',
  async answer(visit) {
    const { method, query, form, userId } = visit;
    const signed = method === 'GET' ? query.toString() : (form.get('question') ?? '');
    if (!userId) return { redirect: `/login?${new URLSearchParams({ next: `/consent?${signed}` })}` };
    const question = await readQuestion(visit, signed);
    if (!question) return { status: 400, page: OVER };
    const reach = await readProjects(visit);
    const most = mostOf(question, reach);
    if (most === null) return { status: 403, page: nothing(question) };
    if (method === 'GET') return { page: page(question, reach, most, null) };
    return form.get('answer') === 'allow' ? allow(visit, question, reach, most) : deny(visit, question);
  },
};

async function allow(visit: PageVisit, question: Question, reach: Reach, most: AccessLevel): Promise<PageAnswer> {
  const { form } = visit;
  const level = levelsUpTo(most).find((each) => each === form.get('level'));
  const chosen = reach.projects.map(({ id }) => id).filter((id) => form.getAll('project').includes(id));
  const again = (problem: string) => ({ status: 422, page: page(question, reach, most, problem, form) });
  if (!level) return again('Choose what the program may do.');
  const isForAll = form.get('all') === 'yes';
  if (!isForAll && chosen.length === 0) return again('Choose a project, or all of them.');
  const projectIds = isForAll ? null : chosen;
  const answer = await visit.letIn(question.signed, { projectIds, level, scopes: scopesFor(question, level) });
  return goOn(question, answer) ?? again('This was not saved. Try again, or start again in the program.');
}

async function deny(visit: PageVisit, question: Question): Promise<PageAnswer> {
  const answer = await visit.call('POST', '/oauth2/consent', { accept: false, oauth_query: question.signed });
  return goOn(question, answer) ?? { status: 400, page: OVER };
}

function page(
  question: Question,
  reach: Reach,
  most: AccessLevel,
  problem: string | null,
  form = new URLSearchParams(),
): Page {
  const { name, documentSite, answerSite, isLasting, signed } = question;
  return {
    title: `Let ${name} in?`,
    body: html`${problemNote(problem)}
<p>A program wants to work on this server for you. It calls itself <strong>${name}</strong>.</p>
<dl>
${documentSite !== null && html`<dt>It is described at</dt><dd><strong>${documentSite}</strong></dd>`}
<dt>Your answer is sent to</dt><dd><strong>${answerSite}</strong>${isHere(answerSite) && ', a program on your own computer'}</dd>
</dl>
<p class="hint">Anybody can choose a name. ${documentSite === null ? 'This address can’t' : 'These addresses can’t'} be made up: go on only if you know ${documentSite === null ? 'it' : 'them'}, and have just started this yourself.</p>
<form method="post" action="/consent" class="card">
<input type="hidden" name="question" value="${signed}">
${projectFields(reach, form)}
${levelFields(question, most, form)}
<p class="hint">${isLasting ? 'It goes on until you stop it, also when you sign out.' : 'It is stopped when you sign out.'} You can stop it at any time: <a href="/account#programs">your account</a> lists the programs that you let in.</p>
<div class="actions">
<button type="submit" name="answer" value="allow">Let it in</button>
<button type="submit" class="secondary" name="answer" value="deny">Don’t let it in</button>
</div>
</form>`,
    formsLeadTo: leadsTo(question.answerTo),
  };
}

const isHere = (site: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/.test(site);

const nothing = ({ name }: Question): Page => ({
  title: `${name} can’t be let in`,
  body: html`<p role="alert" class="problem">It asks for nothing that you could let it do: you have access to no project here, or it asks for access to none.</p>`,
});

const OVER: Page = {
  title: 'This question is over',
  body: problemNote('It has expired, or this server never asked it. Start again in the program.') as Html,
};
