import { setTimeout as delay } from 'node:timers/promises';
import { follow, run } from './client.js';
import { graphql } from './gql/gql.js';
import type { StorageMode } from './gql/graphql.js';

/**
 * The tour: a project, tasks and memories; found by meaning; followed; undone; shared by two agents. `npm run tour` runs it where projects live
 * that don't say, `npm run tour -- FILE` (or `MONGODB`, `LOCAL`) in that storage mode.
 */

// What went wrong is said in a line; a stack would hide it.
process.once('uncaughtException', (error) => {
  console.error(error.message);
  process.exitCode = 1;
});

const CreateProject = graphql(`
  mutation CreateProject($input: CreateProjectInput!) {
    createProject(input: $input) {
      ... on CreateProjectPayload { project { id name storageMode cursor } }
      ... on Error { code message hint }
    }
  }
`);

const CreateTask = graphql(`
  mutation CreateTask($input: CreateTaskInput!) {
    createTask(input: $input) {
      ... on CreateTaskPayload { task { id title status version } }
      ... on Error { code message hint }
    }
  }
`);

const SaveMemories = graphql(`
  mutation SaveMemories($input: SaveMemoriesInput!) {
    saveMemories(input: $input) {
      ... on SaveMemoriesPayload { memories { id } }
      ... on Error { code message hint }
    }
  }
`);

const Search = graphql(`
  query Search($project: ID!, $query: String!) {
    project(by: { id: $project }) {
      searchMemories(query: $query, first: 1) {
        answeredBy pending
        hits { score similarity node { content } }
      }
    }
  }
`);

const UpdateTask = graphql(`
  mutation UpdateTask($input: UpdateTaskInput!) {
    updateTask(input: $input) {
      ... on UpdateTaskPayload { task { id status completedAt version } }
      ... on Error { code message hint }
    }
  }
`);

const Revert = graphql(`
  mutation Revert($input: RevertRecordInput!) {
    revertRecord(input: $input) {
      ... on RevertRecordPayload { record { id ... on Task { status completedAt version } } }
      ... on Error { code message hint }
    }
  }
`);

const ClaimTask = graphql(`
  mutation ClaimTask($input: ClaimTaskInput!) {
    claimTask(input: $input) {
      __typename
      ... on ClaimTaskPayload { task { id title status } claim { agent token } }
      ... on Error { code message hint }
    }
  }
`);

const CompleteTask = graphql(`
  mutation CompleteTask($input: CompleteTaskInput!) {
    completeTask(input: $input) {
      ... on CompleteTaskPayload { task { title status result } }
      ... on Error { code message hint }
    }
  }
`);

const Changes = graphql(`
  subscription Changes($project: ID!, $after: String) {
    projectChanges(projectId: $project, after: $after) {
      entry { seq actor operation collection recordId version }
    }
  }
`);

/** A mutation's payload, or its error as one that stops the tour. */
function done<T extends object>(result: T): Exclude<T, { code: unknown }> {
  if ('code' in result && 'message' in result && 'hint' in result) throw new Error(`${result.message} ${result.hint}`);
  return result as Exclude<T, { code: unknown }>;
}

/** Searches; again while vectors are still missing, for a minute: they come a moment after what was saved. */
async function searched(query: string) {
  for (let attempt = 1; ; attempt += 1) {
    const found = await run(Search, { project: project.id, query });
    const search = found.project!.searchMemories;
    if (search.pending === 0 || attempt === 300) return search;
    await delay(200);
  }
}

const storageMode = process.argv[2] as StorageMode | undefined;
const { createProject } = await run(CreateProject, {
  input: { name: 'Lighthouse', ...(storageMode ? { storageMode } : {}) },
});
const { project } = done(createProject);
console.log('created', project.name, 'in', project.storageMode);

const { createTask } = await run(CreateTask, {
  input: { projectId: project.id, title: 'Make the parser say which line is wrong' },
});
const { task } = done(createTask);

const contents = [
  'We decided that config files are parsed strictly: an unknown key is an error.',
  'The deployment to the staging cluster takes about four minutes.',
  'parseConfigFile() swallows the line number when YAML is malformed.',
];
done(
  (
    await run(SaveMemories, {
      input: {
        projectId: project.id,
        memories: contents.map((content) => ({
          role: 'ASSISTANT' as const,
          sessionId: 'monday',
          taskId: task.id,
          content,
        })),
      },
    })
  ).saveMemories,
);

for (const query of ['how long until it is released?', 'config file']) {
  const search = await searched(query);
  console.log(
    `"${query}" → ${search.hits[0]?.node.content} (${search.answeredBy}, ${search.hits[0]?.score.toFixed(2)})`,
  );
}

const finished = done(
  (await run(UpdateTask, { input: { id: task.id, version: task.version, status: 'DONE' } })).updateTask,
).task;
console.log('task is', finished.status, 'at version', finished.version);
const { record } = done(
  (await run(Revert, { input: { id: task.id, version: finished.version, toVersion: 1 } })).revertRecord,
);
if ('status' in record) console.log('and back to', record.status, 'at version', record.version);

console.log('everything that happened, from the cursor of the beginning:');
for await (const {
  projectChanges: { entry },
} of follow(Changes, { project: project.id, after: project.cursor })) {
  console.log(
    `  ${entry.seq} ${entry.operation} ${entry.collection} ${entry.recordId} v${entry.version} by ${entry.actor}`,
  );
  if (entry.operation === 'REVERT') break;
}

/** The next task for an agent; null when none is ready. */
async function claimed(agent: string) {
  const { claimTask } = await run(ClaimTask, { input: { projectId: project.id, agent } });
  if (claimTask.__typename === 'NothingReadyError') return null;
  const { task, claim } = done(claimTask);
  console.log(agent, 'claims', `"${task.title}",`, 'which is', task.status);
  return { id: task.id, token: claim.token };
}

console.log('two agents on one list, where one task waits for the other:');
done(
  (await run(CreateTask, { input: { projectId: project.id, title: 'Release it', dependsOn: [task.id] } })).createTask,
);
const held = await claimed('ada');
if ((await claimed('bob')) === null) console.log('nothing is ready for bob');
if (held) {
  const { completeTask } = await run(CompleteTask, { input: { ...held, result: 'Errors name the line.' } });
  console.log('ada completes it:', done(completeTask).task.result);
}
await claimed('bob');
