import { z } from 'zod';
import { plainLine } from '../../util/text/plain.js';
import { AskError } from '../ask.js';
import type { ProjectName } from '../calls/call.js';
import { graphql } from '../gql/gql.js';
import type { SearchQuery } from '../gql/graphql.js';
import { count, paragraphs, withinBudget } from '../text/answer.js';
import { memoryLine, taskLine } from '../text/records.js';
import { choice, limit, project, session, taskId } from './fields.js';
import { goneProject } from './gone-project.js';
import { defineTool } from './tool.js';

const Search = graphql(`
  query Search(
    $projectId: ID!, $query: String!, $first: Int!, $filter: MemoryFilter, $memories: Boolean!, $tasks: Boolean!
  ) {
    project(by: { id: $projectId }) {
      searchMemories(query: $query, first: $first, filter: $filter, superseded: false) @include(if: $memories) {
        answeredBy pending
        hits { score passage { text } node { ...MemoryLine } }
      }
      searchTasks(query: $query, first: $first) @include(if: $tasks) { hits { node { ...TaskLine } } }
      searchIndex { isBuilding stored searchable failed }
    }
  }
`);

export const search = defineTool({
  name: 'search',
  title: 'Search memories and tasks',
  description:
    'Use before you decide, ask or repeat work: finds what was said, decided and done in the project, by meaning and by words. One line a hit, id first; read whole ones with get_records.',
  isReading: true,
  isAlwaysLoaded: true,
  input: z.object({
    query: z.string().min(1),
    kind: choice('all', 'memories', 'tasks').optional(),
    limit: limit(50, 10),
    session,
    task: taskId,
    since: z.string().describe('date or time').optional(),
    project,
  }),
  run: async ({ query, kind = 'all', limit: first = 10, session: sessionId, task, since, project: named }, call) => {
    const found = await call.project(named);
    const isNarrowed = sessionId !== undefined || task !== undefined || since !== undefined;
    const tasks = kind === 'tasks' || (kind === 'all' && !isNarrowed);
    const filter = {
      ...(sessionId !== undefined && { sessionId }),
      ...(task !== undefined && { taskId: task }),
      ...(since !== undefined && { occurredAt: { after: timeOf(since) } }),
    };
    const variables = { projectId: found.id, query, first, filter, memories: kind !== 'tasks', tasks };
    const { project: answer } = await call.ask(Search, variables);
    if (!answer) throw goneProject(found.id);
    return shown(answer, found, { query, first });
  },
});

type Answer = NonNullable<SearchQuery['project']>;

function shown(answer: Answer, { name }: ProjectName, { query, first }: { query: string; first: number }): string {
  const memories = answer.searchMemories?.hits ?? [];
  const tasks = answer.searchTasks?.hits ?? [];
  const notes = remarks(answer);
  if (memories.length + tasks.length === 0) {
    const stored = answer.searchIndex.stored;
    const nothing = `Nothing in project ${plainLine(name)} matches ${JSON.stringify(plainLine(query).slice(0, 100))}.`;
    const state = stored === 0 ? 'It has no memories yet.' : `It has ${count(stored, 'memory', 'memories')}.`;
    return paragraphs(`${nothing} ${state} Try other words, or another project.`, notes);
  }
  const lines = [
    ...memories.map(({ score, passage, node }) => memoryLine(node, { score, ...(passage && { text: passage.text }) })),
    ...tasks.map(({ node }) => taskLine(node)),
  ];
  const isFull = memories.length === first || tasks.length === first;
  return paragraphs(
    withinBudget(lines, (left) => `… ${left} more hits: search with a smaller limit or other words.`),
    isFull && first < 50 && `There may be more: raise limit (${first}).`,
    notes,
  );
}

/** What the hits can't show: that the search had less to go by than usual. */
function remarks({ searchMemories, searchIndex }: Answer): string {
  const { isBuilding, failed } = searchIndex;
  const pending = searchMemories?.pending ?? 0;
  return [
    searchMemories?.answeredBy === 'TEXT' && 'Only words were compared, not meaning.',
    pending > 0 && `${count(pending, 'memory is', 'memories are')} not searchable by meaning yet.`,
    isBuilding && 'The index is being built: search again in a moment.',
    failed > 0 && `${count(failed, 'memory', 'memories')} could not be indexed by meaning.`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** @throws AskError when it isn't a time */
function timeOf(text: string): string {
  const time = new Date(text);
  if (!Number.isNaN(time.getTime())) return time.toISOString();
  throw new AskError('INVALID_INPUT', '"since" is not a date or a time.', 'Give one such as 2026-05-01.');
}
