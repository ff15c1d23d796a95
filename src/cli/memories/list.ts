import { everyNode } from '../api.js';
import { findProject } from '../find-project.js';
import { graphql } from '../gql/gql.js';
import type { MemoryFilter, MemoryKind, MemoryRowFragment } from '../gql/graphql.js';
import type { Session } from '../session.js';
import { printTable } from '../table.js';

export const MemoryRow = graphql(`
  fragment MemoryRow on Memory { id occurredAt kind role pinned sessionId taskId content }
`);

const ListMemories = graphql(`
  query ListMemories($projectId: ID!, $filter: MemoryFilter, $first: Int, $after: String) {
    project(by: { id: $projectId }) {
      memories(filter: $filter, first: $first, after: $after) {
        nodes { ...MemoryRow }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

const SearchMemories = graphql(`
  query SearchMemories($projectId: ID!, $query: String!, $filter: MemoryFilter, $first: Int) {
    project(by: { id: $projectId }) {
      searchMemories(query: $query, filter: $filter, first: $first) { pending hits { score node { ...MemoryRow } } }
    }
  }
`);

interface Options {
  readonly project?: string;
  readonly kind?: MemoryKind;
  readonly session?: string;
  readonly limit: number;
}

/** Prints memories, the newest first. */
export async function listMemories({ api, output }: Session, options: Options): Promise<undefined> {
  const { id: projectId } = await findProject(api, options.project);
  const read = async (first: number, after: string | null) =>
    (await api.run(ListMemories, { projectId, filter: filterOf(options), first, after })).project?.memories;
  const rows: string[][] = [];
  for await (const memory of everyNode(read, options.limit)) {
    output.json(memory);
    rows.push(rowOf(memory));
  }
  if (rows.length === 0) output.line('There are no such memories.');
  else printTable(output, COLUMNS, rows);
}

/** Prints the memories that a search finds, the best first. */
export async function searchMemories({ api, output }: Session, query: string, options: Options): Promise<undefined> {
  const { id: projectId } = await findProject(api, options.project);
  const variables = { projectId, query, filter: filterOf(options), first: options.limit };
  const { pending = 0, hits = [] } = (await api.run(SearchMemories, variables)).project?.searchMemories ?? {};
  for (const { score, node } of hits) output.json({ score, ...node });
  if (hits.length === 0) output.line('Nothing was found.');
  else
    printTable(
      output,
      ['score>', ...COLUMNS],
      hits.map(({ score, node }) => [score.toFixed(2), ...rowOf(node)]),
    );
  if (pending > 0) output.note(`${pending} memories are found only by their words until they have vectors.`);
}

function filterOf({ kind, session }: Options): MemoryFilter {
  return { ...(kind && { kinds: [kind] }), ...(session !== undefined && { sessionId: session }) };
}

const COLUMNS = ['id', 'when', 'kind', 'session', 'content'];

/** A message is shown as its role: who said it says more. */
function rowOf({ id, occurredAt, kind, role, sessionId, content }: MemoryRowFragment): string[] {
  return [id, occurredAt, (kind === 'MESSAGE' ? role : kind).toLowerCase(), sessionId ?? '–', head(content)];
}

const SHOWN = 200;

/** The beginning of a text, which may have a megabyte. */
function head(content: string): string {
  const text = content
    .slice(0, 4 * SHOWN)
    .replace(/\s+/g, ' ')
    .trim();
  return text.length > SHOWN ? `${text.slice(0, SHOWN).trimEnd()}…` : text;
}
