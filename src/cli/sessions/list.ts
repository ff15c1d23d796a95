import { everyNode } from '../api.js';
import { findProject } from '../find-project.js';
import { graphql } from '../gql/gql.js';
import type { Session } from '../session.js';
import { printTable } from '../table.js';

const ListSessions = graphql(`
  query ListSessions($projectId: ID!, $filter: SessionFilter, $first: Int, $after: String) {
    project(by: { id: $projectId }) {
      sessions(filter: $filter, first: $first, after: $after, orderBy: { field: LAST_ACTIVE }) {
        nodes { id key title userId agent model status streamingStatus startedAt activeAt memoryCount }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

interface ListOptions {
  readonly project?: string;
  readonly agent?: string;
  readonly user?: string;
  readonly limit: number;
}

/** Prints the sessions of a project, the one that was active last first. */
export async function listSessions(
  { api, output }: Session,
  { project, agent, user, limit }: ListOptions,
): Promise<undefined> {
  const { id: projectId } = await findProject(api, project);
  const filter = { ...(agent === undefined ? {} : { agent }), ...(user === undefined ? {} : { userId: user }) };
  const rows: string[][] = [];
  const read = async (first: number, after: string | null) =>
    (await api.run(ListSessions, { projectId, filter, first, after })).project?.sessions;
  for await (const each of everyNode(read, limit)) {
    output.json(each);
    const title = each.title ?? each.key;
    rows.push([each.id, each.activeAt, String(each.memoryCount), each.agent ?? '–', each.userId ?? '–', title]);
  }
  if (rows.length === 0) output.line('There are no such sessions.');
  else printTable(output, ['id', 'last active', 'memories>', 'agent', 'user', 'title'], rows);
}
