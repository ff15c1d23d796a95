import { type AccessLevel, LEVEL } from '../../domain/access/level.js';
import { lower } from '../../domain/access/oauth.js';
import type { PageVisit } from '../contract.js';
import { type Html, html } from '../kit/html.js';
import { levelsUpTo, type Question } from './question.js';

/** Where a user may work. */
export interface Reach {
  /** In projects of which they see no list, such as later ones; null: nothing. */
  readonly everywhere: AccessLevel | null;
  readonly projects: readonly { readonly id: string; readonly name: string; readonly level: AccessLevel }[];
  /** How many more there are. */
  readonly more: number;
}

interface Viewer {
  readonly everywhere: AccessLevel | null;
  readonly projects: {
    readonly totalCount: number;
    readonly nodes: readonly { readonly id: string; readonly name: string; readonly viewerLevel: AccessLevel | null }[];
  };
}

export async function readProjects(visit: PageVisit): Promise<Reach> {
  const { viewer } = await visit.ask<{ viewer: Viewer }>(
    '{ viewer { everywhere projects(first: 100) { totalCount nodes { id name viewerLevel } } } }',
  );
  const { nodes, totalCount } = viewer.projects;
  const projects = nodes.flatMap(({ id, name, viewerLevel: level }) => (level === null ? [] : [{ id, name, level }]));
  return { everywhere: viewer.everywhere, projects, more: totalCount - nodes.length };
}

/** The most that a program may get: of what it asks for, what its user may do anywhere; null: nothing. */
export function mostOf({ level }: Question, { everywhere, projects }: Reach): AccessLevel | null {
  const levels = [...(everywhere === null ? [] : [everywhere]), ...projects.map((project) => project.level)];
  if (level === null || levels.length === 0) return null;
  return lower(
    level,
    levels.reduce((most, each) => (LEVEL[each] > LEVEL[most] ? each : most)),
  );
}

/** Nothing is chosen beforehand. */
export function projectFields({ projects, more }: Reach, form: URLSearchParams): Html {
  const chosen = form.getAll('project');
  return html`<fieldset><legend>In which projects?</legend>
${projects.map(
  ({ id, name, level }) =>
    html`<label class="choice"><input type="checkbox" name="project" value="${id}"${chosen.includes(id) && html` checked`}> <span>${name} <span class="hint">you ${ABILITIES[level]}</span></span></label>`,
)}
${more > 0 && html`<p class="hint">And ${more} more, which only the choice of all projects has.</p>`}
<label class="choice"><input type="checkbox" name="all" value="yes"${form.has('all') && html` checked`}> <span>All projects, also later ones</span></label>
</fieldset>`;
}

export function levelFields({ name, level: asked }: Question, most: AccessLevel, form: URLSearchParams): Html {
  const chosen = form.get('level') ?? (asked === null ? 'READ' : lower(asked, most));
  return html`<fieldset><legend>What may ${name} do there?</legend>
${levelsUpTo(most).map(
  (level) =>
    html`<label class="choice"><input type="radio" name="level" value="${level}"${level === chosen && html` checked`}> <span>${WORK[level]}</span></label>`,
)}
<p class="hint">Never more than you may yourself.</p>
</fieldset>`;
}

const ABILITIES: Readonly<Record<AccessLevel, string>> = { READ: 'read', WRITE: 'write', MANAGE: 'manage' };

const WORK: Readonly<Record<AccessLevel, string>> = {
  READ: 'Read: tasks, memories and conversations',
  WRITE: 'Read and write: also create and change them',
  MANAGE: 'Manage: also change the project’s settings, and delete it',
};
