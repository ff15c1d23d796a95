import { InvalidInputError } from '../../domain/errors.js';
import type { Memory } from '../../domain/memory.js';
import type { Task } from '../../domain/task.js';
import type { Passage } from '../../embedding/embedder.js';
import type { MemoryFilter } from '../../repositories/factory.js';
import type { IndexStatus, SearchMode } from '../../search/search.js';
import type { MemorySearchFilter } from '../../search/vectors/vector-index.js';
import { searchQuery } from '../../services/input/filters.js';
import { parseInput } from '../../services/input/parse.js';
import { builder } from '../builder.js';
import { pageSize } from '../connection.js';
import { COSTS } from '../costs.js';
import { EmbeddingStateEnum, SearchModeEnum } from '../enums.js';
import { findTasks, type Hit, withNodes } from '../find-tasks.js';
import { MemoryRef, ProjectRef, TaskRef } from '../refs.js';
import { QUERY_TEXT } from './common.js';
import { MemoryFilterInput, memoryFilter } from './memory/list.js';
import { TaskFilterInput, taskFilter } from './task/list.js';

interface FoundMemory extends Hit<Memory> {
  readonly similarity: number | null;
  readonly passage: Passage | null;
}

/** How many hits a search returns by default. */
const DEFAULT_HITS = 10;
const SCORE = 'Relevance, 0 to 1. Comparable only with the other hits of the same search.';

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

const PassageRef = builder.objectRef<{ readonly text: string } & Passage>('Passage').implement({
  description: "The part of a memory's content that is nearest to the query. Offsets are in UTF-16 code units.",
  fields: (t) => ({
    text: t.exposeString('text', { description: 'Text of the passage.' }),
    start: t.exposeInt('start', { description: 'Offset in the content at which the passage starts.' }),
    end: t.exposeInt('end', { description: 'Offset in the content at which the passage ends, exclusive.' }),
  }),
});

const MemoryHitRef = builder.objectRef<FoundMemory>('MemoryHit').implement({
  description: 'A memory found by a search.',
  fields: (t) => ({
    node: t.expose('node', { type: MemoryRef, description: 'The memory.' }),
    score: t.exposeFloat('score', { description: SCORE }),
    similarity: t.exposeFloat('similarity', {
      nullable: true,
      description:
        'Cosine similarity of query and passage, -1 to 1; null when the search used no vectors, or the memory has none yet.',
    }),
    passage: t.field({
      type: PassageRef,
      nullable: true,
      description: 'The passage that is nearest to the query; null when `similarity` is null.',
      resolve: ({ node, passage }) => passage && { ...passage, text: node.content.slice(passage.start, passage.end) },
    }),
  }),
});

interface FoundMemories {
  readonly hits: readonly FoundMemory[];
  readonly answeredBy: SearchMode;
  readonly pending: number;
}

const MemorySearchRef = builder.objectRef<FoundMemories>('MemorySearch').implement({
  description: 'Result of a search for memories, and how it was answered.',
  fields: (t) => ({
    hits: t.expose('hits', { type: [MemoryHitRef], description: 'The hits, best first.' }),
    answeredBy: t.expose('answeredBy', {
      type: SearchModeEnum,
      description: "The search mode that was used: `TEXT` instead of the requested one when vectors weren't available.",
    }),
    pending: t.exposeInt('pending', {
      description:
        'Number of memories in the project that wait to be embedded. Until then, only full-text search finds them.',
    }),
  }),
});

const ReasonRef = builder.objectRef<IndexStatus['reasons'][number]>('SearchIndexReason').implement({
  description: 'A reason why memories have no vectors.',
  fields: (t) => ({
    state: t.expose('state', { type: EmbeddingStateEnum, description: 'Their state: `FAILED` or `SKIPPED`.' }),
    reason: t.exposeString('reason', { description: 'The reason.' }),
    count: t.exposeInt('count', { description: 'Number of memories with this reason.' }),
  }),
});

export const SearchIndexRef = builder.objectRef<IndexStatus>('SearchIndex').implement({
  description:
    "State of a project's search index, compared with its store: `stored` = `searchable` + `pending` + `failed` + `skipped`.",
  fields: (t) => ({
    stored: t.exposeInt('stored', { description: 'Number of live memories in the store.' }),
    searchable: t.exposeInt('searchable', { description: 'Number of memories that vector search finds.' }),
    pending: t.exposeInt('pending', {
      description:
        'Number of memories that wait to be embedded, shorter ones first. A long memory counts until all its passages are embedded.',
    }),
    failed: t.exposeInt('failed', { description: 'Number of memories that could not be embedded.' }),
    skipped: t.exposeInt('skipped', { description: 'Number of memories without anything to embed.' }),
    reasons: t.expose('reasons', { type: [ReasonRef], description: 'Why memories failed or were skipped.' }),
    model: t.exposeString('model', { description: 'Embedding model of the vectors.' }),
    isBuilding: t.exposeBoolean('isBuilding', {
      description: 'Whether the full-text index is being built, for the first time or after damage.',
    }),
  }),
});

builder.objectFields(ProjectRef, (t) => ({
  searchTasks: t.field({
    type: TaskSearchRef,
    extensions: COSTS.search,
    description: "Full-text search over the project's live tasks. Any text is a valid query.",
    args: {
      query: t.arg.string({ required: true, description: `Text to search for. ${QUERY_TEXT}` }),
      first: t.arg.int({ defaultValue: DEFAULT_HITS, description: 'Maximum number of hits: 1 to 200.' }),
      filter: t.arg({ type: TaskFilterInput, description: 'Search only tasks that match. Left out: all.' }),
    },
    resolve: async (project, args, context) => {
      const limit = pageSize('first', args.first ?? DEFAULT_HITS);
      const query = parseInput(searchQuery, args.query, 'query');
      const filter = taskFilter(args.filter);
      const { search } = await context.open(project);
      return { hits: await findTasks(search, context.loaders, query, limit, filter) };
    },
  }),
  searchMemories: t.field({
    type: MemorySearchRef,
    extensions: COSTS.search,
    description: "Search over the project's live memories, by meaning and by words. Any text is a valid query.",
    args: {
      query: t.arg.string({ required: true, description: `Text to search for. ${QUERY_TEXT}` }),
      mode: t.arg({ type: SearchModeEnum, defaultValue: 'HYBRID', description: 'How to search.' }),
      first: t.arg.int({ defaultValue: DEFAULT_HITS, description: 'Maximum number of hits: 1 to 200.' }),
      minSimilarity: t.arg.float({
        description:
          'Leave out hits with a lower cosine similarity: -1 to 1. Has no effect when full-text search alone answers. Left out: no minimum.',
      }),
      filter: t.arg({ type: MemoryFilterInput, description: 'Search only memories that match. Left out: all.' }),
    },
    resolve: async (project, args, context) => {
      const limit = pageSize('first', args.first ?? DEFAULT_HITS);
      const text = parseInput(searchQuery, args.query, 'query');
      const filter = memorySearchFilter(memoryFilter(args.filter));
      const { search } = await context.open(project);
      const answer = await search.memories({
        text,
        mode: args.mode ?? 'HYBRID',
        limit,
        minSimilarity: similarityOf(args.minSimilarity),
        filter,
      });
      const memories = await Promise.all(answer.hits.map(({ id }) => context.loaders.find('memory', id)));
      return { ...answer, hits: withNodes(answer.hits, memories) };
    },
  }),
  searchIndex: t.field({
    type: SearchIndexRef,
    extensions: COSTS.search,
    description: 'State of the search index, found by comparing it with the store.',
    resolve: async (project, _, context) => (await context.open(project)).search.status(),
  }),
}));

function memorySearchFilter({ occurredAt, ...filter }: MemoryFilter): MemorySearchFilter {
  return { ...filter, occurredAfter: occurredAt?.after, occurredBefore: occurredAt?.before };
}

function similarityOf(value: number | null | undefined): number | undefined {
  if (value == null) return undefined;
  if (value >= -1 && value <= 1) return value;
  throw new InvalidInputError(
    '`minSimilarity` must be from -1 to 1.',
    'It is a cosine similarity: 1 means identical, 0 unrelated.',
    'minSimilarity',
  );
}
