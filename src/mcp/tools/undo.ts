import { z } from 'zod';
import { AskError, payloadOf } from '../ask.js';
import type { Call } from '../calls/call.js';
import { graphql } from '../gql/gql.js';
import type { HistoryEntryFragment } from '../gql/graphql.js';
import { project } from './fields.js';
import { historyLine } from './get-history.js';
import { isRecordId, noRecord } from './record-id.js';
import { defineTool } from './tool.js';

const GetLatestChange = graphql(`
  query GetLatestChange($id: ID!) {
    node(id: $id) { ... on StoredRecord { version history(first: 1) { nodes { ...HistoryEntry } } } }
  }
`);

const RevertRequest = graphql(`
  mutation RevertRequest($input: RevertRequestInput!) {
    revertRequest(input: $input) {
      __typename
      ... on RevertRequestPayload { count ids }
      ... on ChangedSinceError { code message hint changes { ...HistoryEntry } }
      ... on Error { code message hint }
    }
  }
`);

const RevertRecord = graphql(`
  mutation RevertRecord($input: RevertRecordInput!) {
    revertRecord(input: $input) {
      __typename
      ... on RevertRecordPayload { record { id } }
      ... on Error { code message hint }
    }
  }
`);

const DeleteTask = graphql(`
  mutation DeleteTask($input: DeleteTaskInput!) {
    deleteTask(input: $input) { __typename ... on Error { code message hint } }
  }
`);

const DeleteMemory = graphql(`
  mutation DeleteMemory($input: DeleteMemoryInput!) {
    deleteMemory(input: $input) { __typename ... on Error { code message hint } }
  }
`);

const DeleteSession = graphql(`
  mutation DeleteSession($input: DeleteSessionInput!) {
    deleteSession(input: $input) { __typename ... on Error { code message hint } }
  }
`);

const DeleteState = graphql(`
  mutation DeleteState($input: DeleteStateInput!) {
    deleteState(input: $input) { __typename ... on Error { code message hint } }
  }
`);

export const undo = defineTool({
  name: 'undo',
  title: 'Undo a change',
  description:
    'Use to take back a mistake: the latest change of a record, or all changes of a request, by its id. A created record is deleted, a deleted one restored. Undo of an undo brings it back.',
  isReading: false,
  isDestructive: true,
  ifUnsure:
    'It may be undone: see get_history with the same id before you repeat it, as undoing twice brings the change back.',
  input: z.object({
    id: z.string().describe('of a record or a request'),
    to_version: z.int().min(1).describe('of the record; default: the one before').optional(),
    project,
  }),
  run: async ({ id, to_version: toVersion, project: named }, call) => {
    if (isRecordId(id)) return undoRecord(id, toVersion, call);
    if (toVersion !== undefined) {
      throw new AskError(
        'INVALID_INPUT',
        'to_version is of a record, and this is the id of a request.',
        'Leave it out to undo the whole request, or give the id of one record.',
      );
    }
    return undoRequest((await call.project(named)).id, id, call);
  },
});

async function undoRecord(id: string, toVersion: number | undefined, call: Call): Promise<string> {
  const { node } = await call.ask(GetLatestChange, { id });
  if (!node || !('history' in node)) throw noRecord(id);
  if (toVersion === undefined) {
    const [entry] = node.history.nodes;
    if (!entry) throw nothingToUndo(id);
    return `Undone: ${await undoEntry(entry, call)}`;
  }
  const input = { id, toVersion, version: node.version };
  payloadOf((await call.ask(RevertRecord, { input })).revertRecord);
  return `${id} is as in v${toVersion} again, as v${node.version + 1}.`;
}

async function undoEntry({ recordId: id, operation, version }: HistoryEntryFragment, call: Call): Promise<string> {
  if (operation === 'PURGE') throw nothingToUndo(id);
  if (operation === 'CREATE') {
    await deleteRecord({ id, version }, call);
    return `${id} was created, and is deleted now.`;
  }
  const input = { id, toVersion: version - 1, version };
  payloadOf((await call.ask(RevertRecord, { input })).revertRecord);
  const restored = operation === 'DELETE' ? ' It is restored.' : '';
  return `${id} is as in v${version - 1} again, as v${version + 1}.${restored}`;
}

async function deleteRecord(input: { readonly id: string; readonly version: number }, { ask }: Call): Promise<void> {
  switch (input.id.slice(0, 4)) {
    case 'tsk_':
      payloadOf((await ask(DeleteTask, { input })).deleteTask);
      return;
    case 'mem_':
      payloadOf((await ask(DeleteMemory, { input })).deleteMemory);
      return;
    case 'ses_':
      payloadOf((await ask(DeleteSession, { input })).deleteSession);
      return;
    case 'sta_':
      payloadOf((await ask(DeleteState, { input })).deleteState);
      return;
    default:
      throw new AskError(
        'INVALID_INPUT',
        'The creation of a project is not undone here.',
        'Ask the user: a project is deleted with its own command or in the API.',
      );
  }
}

/** Changes and ids that an answer lists. */
const SHOWN = 20;

async function undoRequest(projectId: string, requestId: string, { ask }: Call): Promise<string> {
  const { revertRequest: result } = await ask(RevertRequest, { input: { projectId, requestId } });
  if (result.__typename === 'ChangedSinceError') {
    const changes = result.changes.slice(0, SHOWN).map(historyLine).join('\n');
    return payloadOf({ ...result, message: `${result.message}\n${changes}` });
  }
  const { count, ids } = payloadOf(result);
  if (count === 0) return 'Nothing to undo: all that the request wrote is as it was before already.';
  const more = count > SHOWN ? `, … of ${count}` : '';
  return `Undone, ${count === 1 ? 'one record' : `${count} records`}: ${ids.slice(0, SHOWN).join(', ')}${more}. Undo it again with its own request: see get_history.`;
}

function nothingToUndo(id: string): AskError {
  return new AskError('NOT_FOUND', `There is nothing to undo for ${id}: it was deleted for good.`, 'See get_history.');
}
