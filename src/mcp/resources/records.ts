import { plainText } from '../../util/text/plain.js';
import { AskError } from '../ask.js';
import type { Call } from '../calls/call.js';
import { graphql } from '../gql/gql.js';
import { paragraphs } from '../text/answer.js';
import { wholeRecord } from '../text/whole.js';

const ReadRecord = graphql(`
  query ReadRecord($id: ID!) {
    node(id: $id) { ...WholeRecord }
  }
`);

const ReadSession = graphql(`
  query ReadSession($projectId: ID!, $key: String!) {
    project(by: { id: $projectId }) {
      sessions(filter: { key: $key }, first: 1) { nodes { id export(format: MARKDOWN) { text hasNextPage } } }
    }
  }
`);

/** A memory or a task whole. @throws AskError */
export async function recordText(id: string, { ask }: Call): Promise<string> {
  const { node } = await ask(ReadRecord, { id });
  if (node) return wholeRecord(node);
  throw new AskError('NOT_FOUND', `There is no record ${id.slice(0, 100)}.`, 'Find it with search.');
}

/** The beginning of a session's transcript. @throws AskError */
export async function sessionText(key: string, call: Call): Promise<string> {
  const { id: projectId } = await call.project();
  const { project } = await call.ask(ReadSession, { projectId, key });
  const session = project?.sessions.nodes[0];
  if (!session)
    throw new AskError('NOT_FOUND', 'There is no session with this key.', 'See the keys in answers of search.');
  const { text, hasNextPage } = session.export;
  return paragraphs(
    plainText(text),
    hasNextPage && `… the rest: get_records ${session.id}, or search with this session.`,
  );
}
