import { z } from 'zod';
import { plainLine } from '../../util/text/plain.js';
import { graphql } from '../gql/gql.js';
import type { HistoryEntryFragment } from '../gql/graphql.js';
import { dotted, paragraphs, withinBudget } from '../text/answer.js';
import { limit, project } from './fields.js';
import { isRecordId, noRecord } from './record-id.js';
import { defineTool } from './tool.js';

export const HistoryEntry = graphql(`
  fragment HistoryEntry on LogEntry { seq at actor requestId recordId operation version changedFields }
`);

const GetRecordHistory = graphql(`
  query GetRecordHistory($id: ID!, $first: Int!) {
    node(id: $id) {
      ... on StoredRecord {
        history(first: $first) { nodes { ...HistoryEntry } pageInfo { hasNextPage } }
      }
    }
  }
`);

const GetLog = graphql(`
  query GetLog($projectId: ID!, $first: Int!, $requestId: String) {
    project(by: { id: $projectId }) {
      log(first: $first, requestId: $requestId) { nodes { ...HistoryEntry } pageInfo { hasNextPage } }
    }
  }
`);

const USUAL = 20;

export const getHistory = defineTool({
  name: 'get_history',
  title: 'See who changed what',
  description:
    'Use to see who changed what and when, before you undo something: the latest changes of the project, of a record (id), or of a request (its id). A line each, newest first.',
  isReading: true,
  input: z.object({
    id: z.string().describe('of a record or a request').optional(),
    limit: limit(100, USUAL),
    project,
  }),
  run: async ({ id, limit: first = USUAL, project: named }, call) => {
    if (id !== undefined && isRecordId(id)) {
      const { node } = await call.ask(GetRecordHistory, { id, first });
      if (!node || !('history' in node)) throw noRecord(id);
      return shown(node.history.nodes, node.history.pageInfo.hasNextPage);
    }
    const { id: projectId, name } = await call.project(named);
    const { project } = await call.ask(GetLog, { projectId, first, requestId: id ?? null });
    const nodes = project?.log.nodes ?? [];
    if (nodes.length === 0) {
      return id === undefined
        ? `Nothing was written in project ${plainLine(name)} yet.`
        : `No record and no request of project ${plainLine(name)} has this id. Without an id, get_history shows the latest changes.`;
    }
    return shown(nodes, project?.log.pageInfo.hasNextPage === true);
  },
});

function shown(entries: readonly HistoryEntryFragment[], hasMore: boolean): string {
  return paragraphs(
    withinBudget(entries.map(historyLine), (left) => `… ${left} left out for length: lower limit.`),
    hasMore && 'There is more: raise limit.',
    'undo with the id of a record takes back its latest change; with that of a request, all of it.',
  );
}

export function historyLine({
  at,
  actor,
  operation,
  recordId,
  version,
  changedFields,
  requestId,
}: HistoryEntryFragment): string {
  return dotted(
    at.slice(0, 19).replace('T', ' '),
    plainLine(actor),
    operation.toLowerCase(),
    `${recordId} v${version}`,
    changedFields !== null && changedFields.length > 0 && changedFields.join(', '),
    `request ${plainLine(requestId)}`,
  );
}
