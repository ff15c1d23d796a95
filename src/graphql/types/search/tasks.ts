import { parseInput } from '../../../domain/fields/parse.js';
import type { Task } from '../../../domain/task.js';
import type { TaskFilter } from '../../../repositories/filters.js';
import type { ProjectSearch } from '../../../search/contract.js';
import { hasText } from '../../../services/board/ready-tasks.js';
import { searchQuery } from '../../../services/input/filters.js';
import { builder } from '../../builder.js';
import { pageSize } from '../../connection.js';
import { COSTS } from '../../field-costs.js';
import { type Loaders, withNodes } from '../../loaders.js';
import { ProjectRef, TaskRef } from '../../refs.js';
import { QUERY_TEXT } from '../descriptions.js';
import { TaskFilterInput, taskFilter } from '../task/list.js';
import { DEFAULT_HITS, FIRST, type Hit, SCORE } from './hit.js';

const TaskHitRef = builder.objectRef<Hit<Task>>('TaskHit').implement({
  description: 'A task found by a search.',
  fields: (t) => ({
    node: t.expose('node', { type: TaskRef, description: 'The task.' }),
    score: t.exposeFloat('score', { description: SCORE }),
  }),
});

const TaskSearchRef = builder.objectRef<{ readonly hits: readonly Hit<Task>[] }>('TaskSearch').implement({
  description: 'Result of a search for tasks.',
  fields: (t) => ({ hits: t.expose('hits', { type: [TaskHitRef], description: 'The hits, best first.' }) }),
});

builder.objectField(ProjectRef, 'searchTasks', (t) =>
  t.field({
    type: TaskSearchRef,
    extensions: COSTS.search,
    description: "Full-text search over the project's live tasks. Any text is a valid query.",
    args: {
      query: t.arg.string({ required: true, description: `Text to search for. ${QUERY_TEXT}` }),
      first: t.arg.int({ defaultValue: DEFAULT_HITS, description: FIRST }),
      filter: t.arg({ type: TaskFilterInput, description: 'Search only tasks that match. Default: all.' }),
    },
    resolve: async (project, args, context) => {
      const limit = pageSize('first', args.first ?? DEFAULT_HITS);
      const query = parseInput(searchQuery, args.query, 'query');
      const filter = taskFilter(args.filter);
      const { search } = await context.open(project);
      return { hits: await findTasks(search, context.loaders, query, limit, filter) };
    },
  }),
);

/** Tasks read at a time. Once enough of them match, the rest isn't read. */
const BATCH = 200;

/**
 * The best tasks for a query among all that match the filter. The index can't filter by text, so the tasks are checked
 * for it, and more hits are requested until enough match.
 */
async function findTasks(
  search: ProjectSearch,
  loaders: Loaders,
  query: string,
  limit: number,
  { text, ...filter }: TaskFilter,
): Promise<readonly Hit<Task>[]> {
  const passes = ({ node }: Hit<Task>): boolean => hasText(node, { text });
  const found: Hit<Task>[] = [];
  const seen = new Set<string>();
  for (let requested = limit; ; requested *= 4) {
    const hits = await search.tasks({ text: query, limit: requested, filter });
    const fresh = hits.filter(({ id }) => !seen.has(id));
    for (let start = 0; start < fresh.length; start += BATCH) {
      const batch = fresh.slice(start, start + BATCH);
      for (const { id } of batch) seen.add(id);
      found.push(...(await withNodes(loaders, 'task', batch)).filter(passes));
      if (found.length >= limit) return found.slice(0, limit);
    }
    if (hits.length < requested) return found;
  }
}
