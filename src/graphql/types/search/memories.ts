import { InvalidInputError } from '../../../domain/errors.js';
import { parseInput } from '../../../domain/fields/parse.js';
import type { Memory } from '../../../domain/memory.js';
import type { Passage } from '../../../embedding/embedder.js';
import type { MemoryFilter } from '../../../repositories/filters.js';
import type { SearchMode } from '../../../search/contract.js';
import type { MemorySearchFilter } from '../../../search/vectors/vector-index.js';
import { exceptSession, searchQuery } from '../../../services/input/filters.js';
import { builder } from '../../builder.js';
import { pageSize } from '../../connection.js';
import { SearchModeEnum } from '../../enums.js';
import { COSTS } from '../../field-costs.js';
import { withNodes } from '../../loaders.js';
import { MemoryRef, ProjectRef } from '../../refs.js';
import { QUERY_TEXT } from '../descriptions.js';
import { MemoryFilterInput, memoryFilter } from '../memory/list.js';
import { DEFAULT_HITS, FIRST, type Hit, SCORE } from './hit.js';

interface MemoryHit extends Hit<Memory> {
  readonly similarity: number | null;
  readonly passage: Passage | null;
}

const PassageRef = builder.objectRef<{ readonly text: string } & Passage>('Passage').implement({
  description: "The part of a memory's content that is nearest to the query. Offsets are in UTF-16 code units.",
  fields: (t) => ({
    text: t.exposeString('text', { description: 'Text of the passage.' }),
    start: t.exposeInt('start', { description: 'Offset in the content at which the passage starts.' }),
    end: t.exposeInt('end', { description: 'Offset in the content at which the passage ends, exclusive.' }),
  }),
});

const MemoryHitRef = builder.objectRef<MemoryHit>('MemoryHit').implement({
  description: 'A memory found by a search.',
  fields: (t) => ({
    node: t.expose('node', { type: MemoryRef, description: 'The memory.' }),
    score: t.exposeFloat('score', { description: SCORE }),
    similarity: t.exposeFloat('similarity', {
      nullable: true,
      description:
        'Cosine similarity of query and passage, -1 to 1; null when the search used no vectors, or the memory has none.',
    }),
    passage: t.field({
      type: PassageRef,
      nullable: true,
      description: 'The passage that is nearest to the query; null when `similarity` is null.',
      resolve: ({ node, passage }) => passage && { ...passage, text: node.content.slice(passage.start, passage.end) },
    }),
  }),
});

interface MemorySearch {
  readonly hits: readonly MemoryHit[];
  readonly answeredBy: SearchMode;
  readonly pending: number;
}

const MemorySearchRef = builder.objectRef<MemorySearch>('MemorySearch').implement({
  description: 'Result of a search for memories, and how it was answered.',
  fields: (t) => ({
    hits: t.expose('hits', { type: [MemoryHitRef], description: 'The hits, best first.' }),
    answeredBy: t.expose('answeredBy', {
      type: SearchModeEnum,
      description: "The search mode that was used: `TEXT` instead of the requested one when vectors weren't available.",
    }),
    pending: t.exposeInt('pending', {
      description:
        'Number of live memories of the project that are not embedded yet, whether or not they match. Only full-text search finds them.',
    }),
  }),
});

builder.objectField(ProjectRef, 'searchMemories', (t) =>
  t.field({
    type: MemorySearchRef,
    extensions: COSTS.search,
    description: "Search over the project's live memories, by meaning and by words. Any text is a valid query.",
    args: {
      query: t.arg.string({ required: true, description: `Text to search for. ${QUERY_TEXT}` }),
      mode: t.arg({ type: SearchModeEnum, defaultValue: 'HYBRID', description: 'How to search.' }),
      first: t.arg.int({ defaultValue: DEFAULT_HITS, description: FIRST }),
      minSimilarity: t.arg.float({
        description:
          'Smallest `similarity` of a hit, -1 to 1; hits without one are left out, too. Has no effect when full-text search alone answers (`answeredBy: TEXT`). Default: no minimum.',
      }),
      filter: t.arg({ type: MemoryFilterInput, description: 'Search only memories that match. Default: all.' }),
      superseded: t.arg.boolean({
        description:
          'True: search only memories that another one supersedes (`Memory.supersededBy`). False: only those that none supersedes. Default: both.',
      }),
      exceptSessionId: t.arg.string({
        description:
          'Leave out the memories of this session, such as the one that asks: a `Session.key`, not its `id`. Memories of no session stay in. Default: none is left out.',
      }),
    },
    resolve: async (project, { superseded, exceptSessionId, ...args }, context) => {
      const limit = pageSize('first', args.first ?? DEFAULT_HITS);
      const text = parseInput(searchQuery, args.query, 'query');
      const filter = {
        ...memorySearchFilter(memoryFilter(args.filter)),
        superseded: superseded ?? undefined,
        exceptSessionId: parseInput(exceptSession, exceptSessionId ?? undefined, 'exceptSessionId'),
      };
      const { search } = await context.open(project);
      const answer = await search.memories({
        text,
        mode: args.mode ?? 'HYBRID',
        limit,
        minSimilarity: similarityOf(args.minSimilarity),
        filter,
      });
      return { ...answer, hits: await withNodes(context.loaders, 'memory', answer.hits) };
    },
  }),
);

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
