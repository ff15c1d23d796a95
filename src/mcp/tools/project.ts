import { z } from 'zod';
import { clipped, plainLine, plainText } from '../../util/text/plain.js';
import type { Call } from '../calls/call.js';
import { graphql } from '../gql/gql.js';
import type { GetProjectQuery } from '../gql/graphql.js';
import { count, dotted, minute, paragraphs, withinBudget } from '../text/answer.js';
import { project as named } from './fields.js';
import { goneProject } from './gone-project.js';
import { defineTool } from './tool.js';

const GetProject = graphql(`
  query GetProject($id: ID!) {
    project(by: { id: $id }) {
      id name path description mode storageMode isActive techStack
      memories(first: 1) { totalCount }
      sessions(first: 1) { totalCount }
      searchIndex { isBuilding stored searchable pending failed }
      migration { phase isOver message }
      agents { name lastSeen }
    }
    taskBoard(projectId: $id) { ready claimed blocked overdue byStatus { status count } }
    projects(first: 30, orderBy: { field: UPDATED_AT }) { totalCount nodes { id name path } }
  }
`);

export const project = defineTool({
  name: 'project',
  title: 'See or create the project',
  description:
    'Use to see which project you work in, its tasks, memories, search index and agents, and which others there are; or, when there is none and the user agrees, to create one with a name.',
  isReading: false,
  isIdempotent: true,
  input: z.object({
    create: z.string().min(1).describe('name of a new project for this folder').optional(),
    project: named,
  }),
  run: async ({ create, project: id }, call) => {
    if (create === undefined) return statusOf((await call.project(id)).id, call);
    // Models send true as well: that is no name, and the folder's is used.
    const created = await call.createProject(create === 'true' ? null : create);
    return paragraphs(
      `Created ${plainLine(created.name)} (${created.id}).`,
      !created.hasFolder && `It has no folder: pass project with ${created.id} to each tool.`,
      await statusOf(created.id, call),
    );
  },
});

/** The same for a connection that only reads. */
export const seeProject = defineTool({
  name: 'project',
  title: 'See the project',
  description:
    'Use to see which project you work in, its tasks, memories, search index and agents, and which others there are.',
  isReading: true,
  input: z.object({ project: named }),
  run: async ({ project: id }, call) => statusOf((await call.project(id)).id, call),
});

/** How a project is: what it is, what is in it, and which others there are. @throws AskError */
export async function statusOf(id: string, { ask }: Pick<Call, 'ask'>): Promise<string> {
  const { project, taskBoard, projects } = await ask(GetProject, { id });
  if (!project || !taskBoard) throw goneProject(id);
  const others = projects.nodes.flatMap((each) =>
    each && each.id !== id ? [dotted(each.id, plainLine(each.name), each.path !== null && plainLine(each.path))] : [],
  );
  return paragraphs(
    dotted(
      project.id,
      plainLine(project.name),
      project.path !== null && plainLine(project.path),
      `stored in ${project.storageMode}`,
      project.techStack.length > 0 && plainLine(project.techStack.join(', ')),
      !project.isActive && 'not active',
    ),
    clipped(plainText(project.description), 1_000),
    tasksLine(taskBoard),
    indexLine(project),
    project.agents.length > 0 &&
      `Agents: ${project.agents.map(({ name, lastSeen }) => dotted(plainLine(name), lastSeen && minute(lastSeen))).join('; ')}`,
    project.migration && !project.migration.isOver && `It is being moved: ${plainLine(project.migration.message)}`,
    others.length > 0 &&
      `Other projects (pass project to a tool):\n${withinBudget(others, (left) => `… ${left} more`)}`,
    projects.totalCount > projects.nodes.length && `… of ${projects.totalCount} in all.`,
  );
}

type Project = NonNullable<GetProjectQuery['project']>;

function tasksLine({ ready, claimed, blocked, overdue, byStatus }: NonNullable<GetProjectQuery['taskBoard']>): string {
  const done = byStatus.find(({ status }) => status === 'DONE')?.count ?? 0;
  const undone = byStatus.reduce((sum, { count }) => sum + count, 0) - done;
  const late = overdue > 0 ? `, ${overdue} with an expired claim` : '';
  return `Tasks: ${undone} open (${ready} ready, ${claimed} held, ${blocked} blocked${late}), ${done} done`;
}

function indexLine({ memories, sessions, searchIndex }: Project): string {
  const { isBuilding, searchable, stored, pending, failed } = searchIndex;
  return [
    `Memories: ${memories.totalCount} in ${count(sessions.totalCount, 'session')}; ${searchable} of ${stored} searchable by meaning`,
    pending > 0 && `${pending} pending`,
    failed > 0 && `${failed} failed`,
    isBuilding && 'the index is being built',
  ]
    .filter(Boolean)
    .join(', ');
}
