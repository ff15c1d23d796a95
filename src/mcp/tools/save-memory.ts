import { z } from 'zod';
import { plainLine } from '../../util/text/plain.js';
import { payloadOf } from '../ask.js';
import { graphql } from '../gql/gql.js';
import { paragraphs } from '../text/answer.js';
import { memoryLine, redactedLine } from '../text/records.js';
import { choice, project, session, taskId, upper } from './fields.js';
import { defineTool } from './tool.js';

const SaveMemory = graphql(`
  mutation SaveMemory($input: SaveMemoryInput!) {
    saveMemory(input: $input) {
      __typename
      ... on SaveMemoryPayload { memory { ...MemoryLine } redactions { rule count } }
      ... on Error { code message hint }
    }
  }
`);

export const saveMemory = defineTool({
  name: 'save_memory',
  title: 'Save a memory',
  description:
    'Use as soon as something is decided, learned or agreed that a later session must know: a decision with its reason, a fact, a preference of the user, a summary. One memory for each thing. To correct one, save the new text with supersedes.',
  isReading: false,
  isAlwaysLoaded: true,
  isIdempotent: false,
  input: z.object({
    content: z.string().min(1),
    kind: choice('decision', 'fact', 'note', 'summary', 'message').describe('default note').optional(),
    role: choice('assistant', 'user', 'system').describe('who said it; default assistant').optional(),
    pinned: z.boolean().describe('always part of the context').optional(),
    supersedes: z.string().describe('id of the memory that this corrects').optional(),
    task: taskId,
    session,
    key: z.string().describe('saved once, however often it is sent').optional(),
    project,
  }),
  run: async (given, call) => {
    const { content, kind = 'note', role = 'assistant', pinned, supersedes, task, session: sessionId, key } = given;
    const { id: projectId, name } = await call.project(given.project);
    const fields = {
      projectId,
      content,
      kind: upper(kind),
      role: upper(role),
      ...(pinned !== undefined && { pinned }),
      ...(supersedes !== undefined && { supersedes }),
      ...(task !== undefined && { taskId: task }),
      ...(sessionId !== undefined && { sessionId }),
    };
    const save = async (externalId: string) =>
      payloadOf((await call.ask(SaveMemory, { input: { ...fields, externalId } })).saveMemory);
    const { memory, redactions } = await (key === undefined
      ? call.memory.retryKeys.use(['memory', call.actor, fields], save)
      : save(key));
    return paragraphs(
      `Saved in ${plainLine(name)}:\n${memoryLine(memory)}`,
      redactedLine(redactions),
      `undo ${memory.id} takes it back.`,
    );
  },
});
