import { z } from 'zod';
import { clipped, plainLine, plainText, recordText } from '../../util/text/plain.js';
import type { Call, ProjectName } from '../calls/call.js';
import { graphql } from '../gql/gql.js';
import { count, paragraphs } from '../text/answer.js';
import { memoryLine, taskLine } from '../text/records.js';
import { project, session, taskId } from './fields.js';
import { isHeldBy } from './find-task.js';
import { goneProject } from './gone-project.js';
import { defineTool } from './tool.js';

const GetContext = graphql(`
  query GetContext(
    $projectId: ID!, $query: String, $sessionId: String, $taskId: ID, $maxTokens: Int!, $agent: String, $latest: Boolean!
  ) {
    project(by: { id: $projectId }) {
      id name path description customInstructions
      memoryContext(query: $query, sessionId: $sessionId, taskId: $taskId, maxTokens: $maxTokens) {
        omitted items { text record { id } }
      }
      memories(first: 5) @include(if: $latest) { nodes { ...MemoryLine supersededBy { id } } }
      tasks(filter: { assignedAgent: $agent, statuses: [ANALYSIS, IN_PROGRESS, CODE_REVIEW, TESTING] }, first: 20) {
        nodes { ...TaskLine }
      }
      readyTasks(first: 5) { totalCount nodes { ...TaskLine } }
      searchIndex { isBuilding stored searchable failed }
    }
  }
`);

interface Wanted {
  readonly about?: string | undefined;
  readonly task?: string | undefined;
  readonly session?: string | undefined;
  readonly maxTokens?: number;
}

const USUAL_TOKENS = 1_500;

export const getContext = defineTool({
  name: 'get_context',
  title: 'Get the context',
  description:
    'Use first, when you start or resume work: the instructions of the project, its decisions and pinned memories, what is relevant to a topic, a task or a session, and ready tasks.',
  isReading: true,
  isAlwaysLoaded: true,
  input: z.object({
    about: z.string().describe('what you are going to do').optional(),
    task: taskId,
    session,
    max_tokens: z.int().min(1).max(20_000).describe(`default ${USUAL_TOKENS}`).optional(),
    project,
  }),
  run: async ({ max_tokens: maxTokens, project: named, ...rest }, call) =>
    contextOf(await call.project(named), { ...rest, ...(maxTokens !== undefined && { maxTokens }) }, call),
});

/** Instructions of people are short: what is longer is in get_records of the project. */
const MOST_INSTRUCTIONS = 8_000;

/** What an agent should know of a project. @throws AskError */
export async function contextOf(
  { id: projectId, name }: ProjectName,
  { about, task: taskId, session: sessionId, maxTokens = USUAL_TOKENS }: Wanted,
  call: Pick<Call, 'ask' | 'actor'>,
): Promise<string> {
  // Without a topic: decisions and pinned memories, what the project's own name finds, and the latest.
  const query = about ?? (taskId === undefined ? name : undefined);
  const variables = {
    projectId,
    maxTokens,
    agent: call.actor,
    query: query ?? null,
    sessionId: sessionId ?? null,
    taskId: taskId ?? null,
    latest: about === undefined && taskId === undefined && sessionId === undefined,
  };
  const { project } = await call.ask(GetContext, variables);
  if (!project) throw goneProject(projectId);
  const { memoryContext, readyTasks, searchIndex, customInstructions, path, description } = project;
  const { omitted, items } = memoryContext;
  const held = project.tasks.nodes.filter((task) => isHeldBy(task, call.actor)).slice(0, 5);
  const shown = new Set(items.map(({ record }) => record.id));
  const latest =
    project.memories?.nodes.filter(({ id, supersededBy }) => supersededBy === null && !shown.has(id)) ?? [];
  return paragraphs(
    `Project ${plainLine(project.name)} (${project.id}${path === null ? '' : `, ${plainLine(path)}`})`,
    clipped(plainText(description), 1_000),
    customInstructions !== '' && `Instructions:\n${clipped(plainText(customInstructions), MOST_INSTRUCTIONS)}`,
    items.length + latest.length === 0 && emptyBecause(searchIndex),
    ...items.map(({ record, text }) => `${record.id} · ${recordText(text).trimStart()}`),
    latest.length > 0 && `Latest memories:\n${latest.map((each) => memoryLine(each)).join('\n')}`,
    omitted > 0 && `${count(omitted, 'memory', 'memories')} left out: raise max_tokens, or use search.`,
    held.length > 0 && `Held under your name:\n${held.map(taskLine).join('\n')}`,
    readyTasks.totalCount > 0 &&
      `Ready tasks (${readyTasks.nodes.length} of ${readyTasks.totalCount}; claim_task takes one):\n${readyTasks.nodes.map(taskLine).join('\n')}`,
  );
}

function emptyBecause({ isBuilding, stored }: { readonly isBuilding: boolean; readonly stored: number }): string {
  if (isBuilding) return 'The index is being built: ask again in a moment.';
  return stored === 0
    ? 'There are no memories yet. Save decisions and facts with save_memory.'
    : `None of the ${stored} memories fits. Name a topic in about, or use search.`;
}
