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
import { sizeOf } from '../connection.js';
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

/** How many hits a search gives when it isn't told. */
const DEFAULT_HITS = 10;
const SCORE = 'How well it matches, 0 to 1; comparable within one answer.';

const TaskHitRef = builder.objectRef<Hit<Task>>('TaskHit').implement({
  description: 'A task that a search found.',
  fields: (t) => ({
    node: t.expose('node', { type: TaskRef, description: 'The task.' }),
    score: t.exposeFloat('score', { description: SCORE }),
  }),
});

const TaskSearchRef = builder.objectRef<{ readonly hits: readonly Hit<Task>[] }>('TaskSearch').implement({
  description: 'What a search for tasks found.',
  fields: (t) => ({ hits: t.expose('hits', { type: [TaskHitRef], description: 'Best first.' }) }),
});

const PassageRef = builder.objectRef<{ readonly text: string } & Passage>('Passage').implement({
  description: "The stretch of a memory's content that matched best. Offsets count UTF-16 code units.",
  fields: (t) => ({
    text: t.exposeString('text', { description: 'What it says.' }),
    start: t.exposeInt('start', { description: 'Where it begins in the content.' }),
    end: t.exposeInt('end', { description: 'Where it ends in the content, exclusive.' }),
  }),
});

const MemoryHitRef = builder.objectRef<FoundMemory>('MemoryHit').implement({
  description: 'A memory that a search found.',
  fields: (t) => ({
    node: t.expose('node', { type: MemoryRef, description: 'The memory.' }),
    score: t.exposeFloat('score', { description: SCORE }),
    similarity: t.exposeFloat('similarity', {
      nullable: true,
      description: 'Cosine of the angle between query and passage, -1 to 1; null when only words found it.',
    }),
    passage: t.field({
      type: PassageRef,
      nullable: true,
      description: 'The passage that matched best; null when only words found it.',
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
  description: 'What a search for memories found, and how it was answered.',
  fields: (t) => ({
    hits: t.expose('hits', { type: [MemoryHitRef], description: 'Best first.' }),
    answeredBy: t.expose('answeredBy', {
      type: SearchModeEnum,
      description: "The mode that answered: `TEXT` when vectors couldn't.",
    }),
    pending: t.exposeInt('pending', { description: 'Memories that wait for their vector: words find them already.' }),
  }),
});

const ReasonRef = builder.objectRef<IndexStatus['reasons'][number]>('SearchIndexReason').implement({
  description: "Why memories can't be found by meaning.",
  fields: (t) => ({
    state: t.expose('state', { type: EmbeddingStateEnum, description: 'How they stand.' }),
    reason: t.exposeString('reason', { description: 'Why.' }),
    count: t.exposeInt('count', { description: 'How many.' }),
  }),
});

export const SearchIndexRef = builder.objectRef<IndexStatus>('SearchIndex').implement({
  description: 'What is stored against what can be found: stored = searchable + pending + failed + skipped.',
  fields: (t) => ({
    stored: t.exposeInt('stored', { description: "Memories that aren't deleted." }),
    searchable: t.exposeInt('searchable', { description: 'Can be found by meaning.' }),
    pending: t.exposeInt('pending', {
      description:
        'Wait for their vectors, the shorter first. A long one counts until it has the vectors of all its passages.',
    }),
    failed: t.exposeInt('failed', { description: "Couldn't be embedded." }),
    skipped: t.exposeInt('skipped', { description: 'Have nothing to embed.' }),
    reasons: t.expose('reasons', { type: [ReasonRef], description: 'Why they failed or were skipped.' }),
    model: t.exposeString('model', { description: 'The model whose vectors they are.' }),
    isBuilding: t.exposeBoolean('isBuilding', { description: "Whether the words' index is being built." }),
  }),
});

builder.objectFields(ProjectRef, (t) => ({
  searchTasks: t.field({
    type: TaskSearchRef,
    extensions: COSTS.search,
    description: 'Tasks by their words. Whatever is typed is a search.',
    args: {
      query: t.arg.string({ required: true, description: `What to look for. ${QUERY_TEXT}` }),
      first: t.arg.int({ defaultValue: DEFAULT_HITS, description: 'How many, at most.' }),
      filter: t.arg({ type: TaskFilterInput, description: 'Among which tasks.' }),
    },
    resolve: async (project, args, context) => {
      const limit = sizeOf('first', args.first ?? DEFAULT_HITS);
      const query = parseInput(searchQuery, args.query, 'query');
      const filter = taskFilter(args.filter);
      const { search } = await context.open(project);
      return { hits: await findTasks(search, context.loaders, query, limit, filter) };
    },
  }),
  searchMemories: t.field({
    type: MemorySearchRef,
    extensions: COSTS.search,
    description: 'Memories by meaning and by words. Whatever is typed is a search.',
    args: {
      query: t.arg.string({ required: true, description: `What to look for. ${QUERY_TEXT}` }),
      mode: t.arg({ type: SearchModeEnum, defaultValue: 'HYBRID', description: 'How to look.' }),
      first: t.arg.int({ defaultValue: DEFAULT_HITS, description: 'How many, at most.' }),
      minSimilarity: t.arg.float({ description: 'Leave out what is less similar: cosine, -1 to 1.' }),
      filter: t.arg({ type: MemoryFilterInput, description: 'Among which memories.' }),
    },
    resolve: async (project, args, context) => {
      const limit = sizeOf('first', args.first ?? DEFAULT_HITS);
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
    description: 'What is stored against what can be found.',
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
    'It is a cosine: 1 means the same, 0 unrelated.',
    'minSimilarity',
  );
}
