import { InvalidInputError, NotFoundError } from '../../domain/errors.js';
import { parseInput } from '../../domain/fields/parse.js';
import { parseId } from '../../domain/id.js';
import type { Task } from '../../domain/task.js';
import type { RepositoryFactory } from '../../repositories/factory.js';
import type { Repositories } from '../../repositories/project-repositories.js';
import { memories as memorySpec } from '../../storage/collections.js';
import type { Store } from '../../storage/store.js';
import { type ContextQuestion, contextQuestion } from '../input/memory.js';
import { everyPage, isOneOf } from '../records/queries.js';
import { type ContextCandidate, type ContextCandidates, fillContext, type MemoryContext } from './context-budget.js';

export interface ContextService {
  /**
   * What an agent should know, within a budget of tokens (estimated as UTF-8 bytes / 4): the task, pinned memories and decisions,
   * the latest of the session, and the most relevant to the query (or the task), each once. Superseded memories are left out.
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
      const [task, first, latest, relevant] = await Promise.all([
        reading,
        listFirst(repositories, limit),
        sessionId === undefined ? { candidates: [], unread: 0 } : listLatest(repositories, sessionId, limit),
        query === undefined
          ? reading.then((read) => (read ? findRelevant(repositories, toQuery(read), limit) : NOTHING))
          : findRelevant(repositories, query, limit),
      ]);
      return fillContext(task, await gather(repositories, first, relevant, latest), maxTokens);
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

/** What one source has: as many candidates as fit into a page of `PAGE_BYTES`, which is more than any budget. */
interface Source {
  readonly candidates: readonly ContextCandidate[];
  /** The ids of those that had no room on the page. */
  readonly unread: readonly string[];
}

const NOTHING: Source = { candidates: [], unread: [] };

/** Pinned memories, then decisions, newest first. */
async function listFirst({ search, memories }: Repositories, limit: number): Promise<Source> {
  const [pinned, decisions] = await search.links((links) => [links.pinned(limit), links.decisions(limit)], 'BRIEFLY');
  const ids = [...new Set([...pinned!, ...decisions!])];
  const found = await memories.getFirst(ids);
  const candidates = found.flatMap((memory): ContextCandidate[] =>
    memory && !memory.deletedAt && (memory.pinned || memory.kind === 'DECISION')
      ? [{ source: memory.pinned ? 'PINNED' : 'DECISION', memory, score: null, passage: null }]
      : [],
  );
  return { candidates, unread: ids.slice(found.length) };
}

/** Newest first. */
async function listLatest({ memories }: Repositories, sessionId: string, limit: number): Promise<Latest> {
  const order = { field: 'occurredAt', direction: 'DESC' } as const;
  const { items, hasMore } = await memories.list({ filter: { sessionId }, deleted: 'EXCLUDE', order, limit });
  const candidates = items.map(
    (memory): ContextCandidate => ({ source: 'SESSION', memory, score: null, passage: null }),
  );
  const isCut = hasMore && items.length < limit;
  const count = isCut ? Math.min(limit, await memories.count({ sessionId }, 'EXCLUDE')) : items.length;
  return { candidates, unread: Math.max(0, count - items.length) };
}

/** As `Source`, but the ids of the unread aren't known. */
interface Latest {
  readonly candidates: readonly ContextCandidate[];
  readonly unread: number;
}

/** Best first. */
async function findRelevant({ search, memories }: Repositories, text: string, limit: number): Promise<Source> {
  const { hits } = await search.memories({ text, mode: 'HYBRID', limit, filter: {} });
  const ids = hits.map(({ id }) => id);
  const found = await memories.getFirst(ids);
  const candidates = found.flatMap((memory, index): ContextCandidate[] => {
    const { score, passage } = hits[index]!;
    return memory && !memory.deletedAt ? [{ source: 'RELEVANT', memory, score, passage }] : [];
  });
  return { candidates, unread: ids.slice(found.length) };
}

/** What all sources have, without superseded memories. */
async function gather(
  { store }: Repositories,
  first: Source,
  relevant: Source,
  latest: Latest,
): Promise<ContextCandidates> {
  const idsOf = ({ candidates }: Pick<Source, 'candidates'>) => candidates.map(({ memory }) => memory.id);
  const superseded = await findSuperseded(store, [...idsOf(relevant), ...relevant.unread, ...idsOf(latest)]);
  const isCurrent = ({ memory }: ContextCandidate) => !superseded.has(memory.id);
  const read = new Set([first, relevant, latest].flatMap(idsOf));
  const unread = new Set([...first.unread, ...relevant.unread].filter((id) => !read.has(id) && !superseded.has(id)));
  return {
    first: first.candidates,
    relevant: relevant.candidates.filter(isCurrent),
    latest: latest.candidates.filter(isCurrent),
    unread: unread.size + latest.unread,
  };
}

/** Those of the memories that a live one supersedes. */
async function findSuperseded(store: Store, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const superseded = new Set<string>();
  if (ids.length === 0) return superseded;
  const where = [isOneOf('supersedes', ids)];
  for await (const page of everyPage(store, memorySpec, { where, deleted: 'EXCLUDE', field: 'supersedes' })) {
    for (const { supersedes } of page) superseded.add(supersedes!);
  }
  return superseded;
}
