import { z } from 'zod';
import { plainLine } from '../../util/text/plain.js';
import { AskError, payloadOf } from '../ask.js';
import type { Call } from '../calls/call.js';
import { graphql } from '../gql/gql.js';
import type { TaskLineFragment, UpdateTaskInput } from '../gql/graphql.js';
import { minute, paragraphs } from '../text/answer.js';
import { type Redacted, redactedLine, taskLine } from '../text/records.js';
import { choice, project, upper } from './fields.js';
import { type FoundTask, findTask, isHeldBy } from './find-task.js';
import { defineTool } from './tool.js';

const CreateTask = graphql(`
  mutation CreateTask($input: CreateTaskInput!) {
    createTask(input: $input) {
      __typename
      ... on CreateTaskPayload { task { ...TaskLine } redactions { rule count } }
      ... on Error { code message hint }
    }
  }
`);

const UpdateTask = graphql(`
  mutation UpdateTask($input: UpdateTaskInput!) {
    updateTask(input: $input) {
      __typename
      ... on UpdateTaskPayload { task { ...TaskLine } redactions { rule count } }
      ... on Error { code message hint }
    }
  }
`);

const CompleteTask = graphql(`
  mutation CompleteTask($input: CompleteTaskInput!) {
    completeTask(input: $input) {
      __typename
      ... on CompleteTaskPayload { task { ...TaskLine } redactions { rule count } }
      ... on Error { code message hint }
    }
  }
`);

const SaveNote = graphql(`
  mutation SaveNote($input: SaveMemoryInput!) {
    saveMemory(input: $input) {
      __typename
      ... on SaveMemoryPayload { memory { id } redactions { rule count } }
      ... on Error { code message hint }
    }
  }
`);

const input = z.object({
  id: z.string().describe('tsk_… or handle; none: a new task').optional(),
  title: z.string().min(1).optional(),
  description: z.string().optional(),
  status: choice('backlog', 'analysis', 'in_progress', 'code_review', 'testing', 'blocked', 'done').optional(),
  priority: choice('low', 'medium', 'high', 'critical').optional(),
  type: choice('feature', 'bug', 'refactor', 'docs', 'chore').optional(),
  depends_on: z.array(z.string()).describe('ids of tasks that come first').optional(),
  branch: z.string().optional(),
  result: z.string().describe('what was achieved').optional(),
  note: z.string().describe('saved as a memory of the task').optional(),
  version: z.int().min(1).describe('refuse if changed since').optional(),
  project,
});

export const saveTask = defineTool({
  name: 'save_task',
  title: 'Save a task',
  description:
    'Use to create a task (title), change one (id), or finish one: status done completes your claim. Only what is given changes; depends_on replaces the list.',
  isReading: false,
  isIdempotent: false,
  input,
  run: async (given, call) => (given.id === undefined ? create(given, call) : change(given.id, given, call)),
});

type Given = z.infer<typeof input>;

async function create(given: Given, call: Call): Promise<string> {
  const { title, note } = given;
  if (title === undefined) {
    throw new AskError('INVALID_INPUT', 'A new task needs a title.', 'Give title, or the id of the task to change.');
  }
  const { id: projectId, name } = await call.project(given.project);
  const fields = { projectId, title, ...fieldsOf(given) };
  // One key for both: when the note isn't saved, the task isn't created again with the call that repeats it.
  const written = await call.memory.retryKeys.use(['task', call.actor, fields], async (externalId) => {
    const { createTask } = await call.ask(CreateTask, { input: { ...fields, externalId } });
    const created = payloadOf(createTask);
    return withRedactions(created, await saveNote(note, projectId, created.task.id, call));
  });
  return saved(`Created in ${plainLine(name)}`, written, call);
}

/** Attempts when other writes interfere: each reads the task again. */
const ATTEMPTS = 3;

async function change(named: string, given: Given, call: Call): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const task = await findTask(named, given.project, call);
    try {
      const changed = await changeOnce(task, given, call);
      const left = await saveNote(given.note, task.project.id, task.id, call);
      return saved(given.status === 'done' ? 'Done' : 'Saved', withRedactions(changed, left), call);
    } catch (error) {
      const mayRepeat = error instanceof AskError && error.code === 'CONFLICT' && given.version === undefined;
      if (!mayRepeat || attempt === ATTEMPTS) throw error;
    }
  }
}

/** A task after a write, and what was left out of its texts. */
interface Written {
  readonly task: TaskLineFragment;
  readonly redactions: readonly Redacted[];
}

function withRedactions({ task, redactions }: Written, more: readonly Redacted[]): Written {
  return { task, redactions: [...redactions, ...more] };
}

async function changeOnce(task: FoundTask, given: Given, call: Call): Promise<Written> {
  const token = given.status === 'done' ? tokenOf(task, call) : null;
  const { status, result, ...others } = fieldsOf(given);
  const fields = { ...others, ...(given.title !== undefined && { title: given.title }) };
  if (token === null) {
    const all = { ...fields, ...(status && { status }), ...(result !== undefined && { result }) };
    return Object.keys(all).length === 0
      ? { task, redactions: [] }
      : update(task, given.version ?? task.version, all, call);
  }
  const isChanged = Object.keys(fields).length > 0;
  const before = isChanged ? await update(task, given.version ?? task.version, fields, call) : null;
  const input = { id: task.id, token, ...(result !== undefined && { result }) };
  const completed = payloadOf((await call.ask(CompleteTask, { input })).completeTask);
  call.memory.claims.delete(task.id);
  return withRedactions(completed, before?.redactions ?? []);
}

async function update(
  task: FoundTask,
  version: number,
  fields: Partial<UpdateTaskInput>,
  call: Call,
): Promise<Written> {
  const { updateTask } = await call.ask(UpdateTask, { input: { ...fields, id: task.id, version } });
  return payloadOf(updateTask);
}

/** The token that completes a task; null when nobody holds it. @throws AskError when another agent does */
function tokenOf(task: FoundTask, call: Call): number | null {
  const known = call.memory.claims.get(task.id);
  if (known !== undefined) return known;
  const { claim } = task;
  if (claim === null || claim.isExpired) return null;
  if (isHeldBy(task, call.actor)) return claim.token;
  throw new AskError(
    'CLAIM_LOST',
    `The task is held by ${plainLine(claim.agent)} until ${minute(claim.expiresAt)} UTC: only that agent completes it.`,
    'Save what you found with note, without status, or wait until it is free and claim it.',
  );
}

/** The fields of the API that were given. */
function fieldsOf(given: Given) {
  const { description, status, priority, type, depends_on: dependsOn, branch: gitBranch, result } = given;
  return {
    ...(description !== undefined && { description }),
    ...(status !== undefined && { status: upper(status) }),
    ...(priority !== undefined && { priority: upper(priority) }),
    ...(type !== undefined && { type: upper(type) }),
    ...(dependsOn !== undefined && { dependsOn }),
    ...(gitBranch !== undefined && { gitBranch }),
    ...(result !== undefined && { result }),
  };
}

/** @returns what was left out of the note */
async function saveNote(
  content: string | undefined,
  projectId: string,
  taskId: string,
  call: Call,
): Promise<readonly Redacted[]> {
  if (content === undefined || content === '') return [];
  const fields = { projectId, taskId, content, role: 'ASSISTANT', kind: 'NOTE' } as const;
  const save = async (externalId: string) =>
    payloadOf((await call.ask(SaveNote, { input: { ...fields, externalId } })).saveMemory);
  try {
    return (await call.memory.retryKeys.use(['note', call.actor, fields], save)).redactions;
  } catch (error) {
    if (!(error instanceof AskError)) throw error;
    const message = `The task ${taskId} is saved, but not its note: ${error.message}`;
    throw new AskError(error.code, message, `${error.hint} Then call save_task with id ${taskId} and note alone.`);
  }
}

function saved(said: string, { task, redactions }: Written, { requestId }: Call): string {
  return paragraphs(`${said}:\n${taskLine(task)}`, redactedLine(redactions), `undo ${requestId} takes it back.`);
}
