import { InvalidInputError, NotFoundError } from '../../domain/errors.js';
import { parseInput } from '../../domain/fields/parse.js';
import { parseId } from '../../domain/id.js';
import type { Memory } from '../../domain/memory.js';
import type { Task } from '../../domain/task.js';
import type { RepositoryFactory } from '../../repositories/factory.js';
import type { Repositories } from '../../repositories/project-repositories.js';
import { type ContextQuestion, contextQuestion } from '../input/memory.js';
import { type ContextCandidate, fillContext, type MemoryContext } from './context-budget.js';

export interface ContextService {
  /**
   * What an agent should know, within a budget of tokens (estimated as UTF-8 bytes / 4): the task, the latest of the session,
   * and the most relevant to the query (or the task), each once.
   */
  memoryContext(input: ContextQuestion): Promise<MemoryContext>;
}

/** Candidates of one source, by the budget: a short memory is about 40 tokens. */
const TOKENS_A_CANDIDATE = 40;
const FEWEST_CANDIDATES = 8;
const MOST_CANDIDATES = 200;
/** How much of a task's text is searched with for relevant memories, in characters; an embedder's window is smaller. */
const TASK_QUERY_LENGTH = 2_000;

export function createContextService(factory: RepositoryFactory): ContextService {
  return {
    async memoryContext(input) {
      const { projectId, sessionId, taskId, maxTokens, ...asked } = parseInput(contextQuestion, input);
      const query = asked.query?.trim() ? asked.query : undefined;
      if (query === undefined && sessionId === undefined && taskId === undefined) {
        throw new InvalidInputError(
          'The input has nothing to find a context for.',
          'Give a query, a sessionId or a taskId, or several of them.',
          'query',
        );
      }
      const repositories = await factory.of(projectId);
      const limit = Math.min(Math.max(Math.ceil(maxTokens / TOKENS_A_CANDIDATE), FEWEST_CANDIDATES), MOST_CANDIDATES);
      const reading = taskId === undefined ? Promise.resolve(null) : getTask(repositories, taskId);
      const [task, latest, relevant] = await Promise.all([
        reading,
        sessionId === undefined ? [] : listLatest(repositories, sessionId, limit),
        query === undefined
          ? reading.then((read) => (read ? findRelevant(repositories, toQuery(read), limit) : []))
          : findRelevant(repositories, query, limit),
      ]);
      return fillContext(task, relevant, latest, maxTokens);
    },
  };
}

async function getTask({ project, tasks }: Repositories, id: string): Promise<Task> {
  const isOfProject = parseId(id)?.projectKey === project.key;
  const [task] = isOfProject ? await tasks.get([id]) : [];
  if (!task || task.deletedAt) throw new NotFoundError(id, `There is no task ${id} in the project ${project.id}.`);
  return task;
}

function toQuery({ title, description }: Task): string {
  return `${title}\n${description}`.slice(0, TASK_QUERY_LENGTH);
}

/** Newest first. */
async function listLatest({ memories }: Repositories, sessionId: string, limit: number): Promise<ContextCandidate[]> {
  const order = { field: 'occurredAt', direction: 'DESC' } as const;
  const { items } = await memories.list({ filter: { sessionId }, deleted: 'EXCLUDE', order, limit });
  return items.map((memory) => ({ memory, score: null, passage: null }));
}

/** Best first. */
async function findRelevant(
  { search, memories }: Repositories,
  text: string,
  limit: number,
): Promise<ContextCandidate[]> {
  const { hits } = await search.memories({ text, mode: 'HYBRID', limit, filter: {} });
  const found = await memories.get(hits.map(({ id }) => id));
  return hits.flatMap(({ score, passage }, index) => {
    const memory: Memory | null = found[index] ?? null;
    return memory && !memory.deletedAt ? [{ memory, score, passage }] : [];
  });
}
