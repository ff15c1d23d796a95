import type { PageAnswer, PageHandler, PageVisit } from '../contract.js';
import { type Html, html } from '../kit/html.js';
import { doneNote, problemNote } from '../kit/notes.js';
import { SECTIONS } from './sections.js';

/** Where people see what is theirs, and change it. */
export const accountPage: PageHandler = {
  path: '/account',
  methods: 'GET, POST',
  async answer(visit) {
    if (!visit.userId) return { redirect: '/login?next=/account' };
    if (visit.method === 'GET') return { page: await page(visit, null) };
    const [id, name = ''] = (visit.form.get('action') ?? '').split('.');
    const section = SECTIONS.find((each) => each.id === id);
    const act = section && Object.hasOwn(section.actions, name) ? section.actions[name] : undefined;
    if (!act) return { status: 400, page: await page(visit, problemNote('This page has no such action.')) };
    const result = await act(visit);
    if ('redirect' in result) return result;
    const { cookies } = result;
    if ('once' in result) return { page: await page(visit, result.once), cookies };
    if ('problem' in result) return { status: 422, page: await page(visit, problemNote(result.problem)), cookies };
    return { page: await page(visit, doneNote(result.done)), cookies };
  },
};

async function page(visit: PageVisit, top: Html | null): Promise<Extract<PageAnswer, { page: unknown }>['page']> {
  const parts = await Promise.all(SECTIONS.map(async (section) => ({ section, shown: await section.show(visit) })));
  return {
    title: 'Your account',
    isWide: true,
    body: html`${top}
${parts.map(
  ({ section: { id, title }, shown }) =>
    shown &&
    html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${shown}</section>`,
)}`,
    scripts: [...new Set(SECTIONS.flatMap(({ scripts = [] }) => scripts))],
  };
}
