import { html } from '../kit/html.js';
import { mutate } from '../kit/outcome.js';
import { dayOf } from '../kit/time.js';
import type { Section } from './section.js';

interface ProgramRow {
  readonly id: string;
  readonly client: {
    readonly name: string;
    readonly documentSite: string | null;
    readonly answerSites: readonly string[];
  } | null;
  readonly level: 'READ' | 'WRITE' | 'MANAGE' | null;
  readonly isForAllProjects: boolean;
  readonly projects: readonly { readonly name: string }[];
  readonly updatedAt: string;
}

const QUERY = `{ oauthClients(first: 50) { totalCount nodes {
  id level isForAllProjects updatedAt projects { name } client { name documentSite answerSites }
} } }`;

/** The programs that the user let in. */
export const programsSection: Section = {
  id: 'programs',
  title: 'Programs that you let in',
  async show(visit) {
    const { oauthClients } = await visit.ask<{
      oauthClients: { readonly nodes: readonly ProgramRow[]; readonly totalCount: number };
    }>(QUERY);
    const { nodes, totalCount } = oauthClients;
    if (nodes.length === 0) {
      return html`<p>None. A program that works on this server over the network asks you when it first connects.</p>`;
    }
    return html`<ul class="list">${nodes.map(row)}</ul>
${totalCount > nodes.length && html`<p class="hint">And ${totalCount - nodes.length} more.</p>`}
<p class="hint">To change what one may do, stop it, and let it in again.</p>`;
  },
  actions: {
    async stop(visit) {
      const { problem } = await mutate(visit, 'revokeConsent', { id: visit.form.get('id') ?? '' }, 'revokedId');
      return problem === null ? { done: 'The program is stopped.' } : { problem };
    },
  },
};

function row({ id, client, level, isForAllProjects, projects, updatedAt }: ProgramRow) {
  const name = client?.name ?? 'A program that is gone';
  const sites = [client?.documentSite ?? null, ...(client?.answerSites ?? [])].filter((site) => site !== null);
  const where = isForAllProjects ? 'all projects, also later ones' : projects.map((project) => project.name).join(', ');
  return html`<li><strong>${name}</strong>${sites.length > 0 && html` <span class="hint">${sites.join(', ')}</span>`}<br>
${level === null ? 'Does nothing' : WORK[level]} in ${where || 'no project'}<br>
<span class="hint">since ${dayOf(updatedAt)}</span>
<form method="post" action="/account"><input type="hidden" name="id" value="${id}">
<button type="submit" class="danger" name="action" value="programs.stop" aria-label="Stop ${name}, since ${dayOf(updatedAt)}">Stop</button></form></li>`;
}

const WORK = { READ: 'Reads', WRITE: 'Reads and writes', MANAGE: 'Manages' } as const;
