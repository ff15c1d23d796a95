/* eslint-disable */
import * as types from './graphql.js';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query FindProject($by: ProjectBy!) {\n    project(by: $by) { id name deletedAt }\n  }\n": typeof types.FindProjectDocument,
    "\n  query ListProjects($filter: ProjectFilter, $first: Int!) {\n    projects(filter: $filter, first: $first, orderBy: { field: UPDATED_AT }) { totalCount nodes { id name path } }\n  }\n": typeof types.ListProjectsDocument,
    "\n  mutation CreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      __typename\n      ... on CreateProjectPayload { project { id name } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.CreateProjectDocument,
    "\n  query SuggestMemories($projectId: ID!, $query: String!, $search: Boolean!) {\n    project(by: { id: $projectId }) {\n      searchMemories(query: $query, first: 20) @include(if: $search) { hits { node { id } } }\n      memories(first: 20) @skip(if: $search) { nodes { id } }\n    }\n  }\n": typeof types.SuggestMemoriesDocument,
    "\n  query SuggestTasks($projectId: ID!, $query: String!, $search: Boolean!) {\n    project(by: { id: $projectId }) {\n      searchTasks(query: $query, first: 20) @include(if: $search) { hits { node { id } } }\n      tasks(first: 20, orderBy: { field: UPDATED_AT }) @skip(if: $search) { nodes { id } }\n    }\n  }\n": typeof types.SuggestTasksDocument,
    "\n  query SuggestSessions($projectId: ID!) {\n    project(by: { id: $projectId }) { sessions(first: 200) { nodes { key title } } }\n  }\n": typeof types.SuggestSessionsDocument,
    "\n  query ReadRecord($id: ID!) {\n    node(id: $id) { ...WholeRecord }\n  }\n": typeof types.ReadRecordDocument,
    "\n  query ReadSession($projectId: ID!, $key: String!) {\n    project(by: { id: $projectId }) {\n      sessions(filter: { key: $key }, first: 1) { nodes { id export(format: MARKDOWN) { text hasNextPage } } }\n    }\n  }\n": typeof types.ReadSessionDocument,
    "\n  query GetCursor($projectId: ID!) {\n    project(by: { id: $projectId }) { cursor }\n  }\n": typeof types.GetCursorDocument,
    "\n  query GetChanges($projectId: ID!) {\n    project(by: { id: $projectId }) { cursor log(first: 100) { nodes { seq recordId } } }\n  }\n": typeof types.GetChangesDocument,
    "\n  fragment TaskLine on Task {\n    id handle title status priority type assignedAgent version\n    claim { agent expiresAt isExpired token }\n    progress { done total }\n  }\n": typeof types.TaskLineFragmentDoc,
    "\n  fragment MemoryLine on Memory { id kind role occurredAt pinned content sessionId taskId version }\n": typeof types.MemoryLineFragmentDoc,
    "\n  fragment WholeMemory on Memory {\n    ...MemoryLine deletedAt toolName references\n    project { id name }\n    task { id title }\n    supersedes { id }\n    supersededBy { id }\n  }\n": typeof types.WholeMemoryFragmentDoc,
    "\n  fragment WholeTask on Task {\n    ...TaskLine deletedAt description analysis result gitBranch worktreePath\n    project { id name }\n    parent { id title }\n    blockedBy { id status title }\n    subtasks(first: 20) { totalCount nodes { id status title } }\n    memories(first: 5) { totalCount nodes { ...MemoryLine } }\n  }\n": typeof types.WholeTaskFragmentDoc,
    "\n  fragment WholeRecord on Node {\n    __typename\n    id\n    ...WholeMemory\n    ...WholeTask\n    ... on Session {\n      key sessionTitle: title agent startedAt activeAt memoryCount\n      memories(first: 20) { nodes { ...MemoryLine } }\n    }\n    ... on State { key version value ownerId }\n    ... on Project { name path description customInstructions storageMode }\n  }\n": typeof types.WholeRecordFragmentDoc,
    "\n  mutation ClaimTask($input: ClaimTaskInput!) {\n    claimTask(input: $input) {\n      __typename\n      ... on ClaimTaskPayload { task { ...WholeTask } claim { agent expiresAt token } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.ClaimTaskDocument,
    "\n  mutation RenewClaim($input: RenewClaimInput!) {\n    renewClaim(input: $input) {\n      __typename\n      ... on RenewClaimPayload { task { ...WholeTask } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.RenewClaimDocument,
    "\n  query FindTask($id: ID, $by: TaskBy) {\n    task(id: $id, by: $by) { ...TaskLine deletedAt project { id name } }\n  }\n": typeof types.FindTaskDocument,
    "\n  query GetContext(\n    $projectId: ID!, $query: String, $sessionId: String, $taskId: ID, $maxTokens: Int!, $agent: String, $latest: Boolean!\n  ) {\n    project(by: { id: $projectId }) {\n      id name path description customInstructions\n      memoryContext(query: $query, sessionId: $sessionId, taskId: $taskId, maxTokens: $maxTokens) {\n        omitted items { text record { id } }\n      }\n      memories(first: 5) @include(if: $latest) { nodes { ...MemoryLine supersededBy { id } } }\n      tasks(filter: { assignedAgent: $agent, statuses: [ANALYSIS, IN_PROGRESS, CODE_REVIEW, TESTING] }, first: 20) {\n        nodes { ...TaskLine }\n      }\n      readyTasks(first: 5) { totalCount nodes { ...TaskLine } }\n      searchIndex { isBuilding stored searchable failed }\n    }\n  }\n": typeof types.GetContextDocument,
    "\n  fragment HistoryEntry on LogEntry { seq at actor requestId recordId operation version changedFields }\n": typeof types.HistoryEntryFragmentDoc,
    "\n  query GetRecordHistory($id: ID!, $first: Int!) {\n    node(id: $id) {\n      ... on StoredRecord {\n        history(first: $first) { nodes { ...HistoryEntry } pageInfo { hasNextPage } }\n      }\n    }\n  }\n": typeof types.GetRecordHistoryDocument,
    "\n  query GetLog($projectId: ID!, $first: Int!, $requestId: String) {\n    project(by: { id: $projectId }) {\n      log(first: $first, requestId: $requestId) { nodes { ...HistoryEntry } pageInfo { hasNextPage } }\n    }\n  }\n": typeof types.GetLogDocument,
    "\n  query GetRecords($ids: [ID!]!) {\n    nodes(ids: $ids) { ...WholeRecord }\n  }\n": typeof types.GetRecordsDocument,
    "\n  query ListReady($projectId: ID!, $first: Int!) {\n    project(by: { id: $projectId }) {\n      readyTasks(first: $first) { totalCount nodes { ...TaskLine } }\n    }\n    taskBoard(projectId: $projectId) { ready claimed blocked byStatus { status count } }\n  }\n": typeof types.ListReadyDocument,
    "\n  query ListTasks($projectId: ID!, $filter: TaskFilter, $first: Int!, $after: String, $waiting: Boolean!) {\n    project(by: { id: $projectId }) {\n      tasks(filter: $filter, first: $first, after: $after, orderBy: { field: UPDATED_AT }) {\n        totalCount\n        nodes { ...TaskLine blockedBy @include(if: $waiting) { id } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n": typeof types.ListTasksDocument,
    "\n  query GetProject($id: ID!) {\n    project(by: { id: $id }) {\n      id name path description mode storageMode isActive techStack\n      memories(first: 1) { totalCount }\n      sessions(first: 1) { totalCount }\n      searchIndex { isBuilding stored searchable pending failed }\n      migration { phase isOver message }\n      agents { name lastSeen }\n    }\n    taskBoard(projectId: $id) { ready claimed blocked overdue byStatus { status count } }\n    projects(first: 30, orderBy: { field: UPDATED_AT }) { totalCount nodes { id name path } }\n  }\n": typeof types.GetProjectDocument,
    "\n  mutation SaveMemory($input: SaveMemoryInput!) {\n    saveMemory(input: $input) {\n      __typename\n      ... on SaveMemoryPayload { memory { ...MemoryLine } redactions { rule count } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.SaveMemoryDocument,
    "\n  mutation CreateTask($input: CreateTaskInput!) {\n    createTask(input: $input) {\n      __typename\n      ... on CreateTaskPayload { task { ...TaskLine } redactions { rule count } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.CreateTaskDocument,
    "\n  mutation UpdateTask($input: UpdateTaskInput!) {\n    updateTask(input: $input) {\n      __typename\n      ... on UpdateTaskPayload { task { ...TaskLine } redactions { rule count } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.UpdateTaskDocument,
    "\n  mutation CompleteTask($input: CompleteTaskInput!) {\n    completeTask(input: $input) {\n      __typename\n      ... on CompleteTaskPayload { task { ...TaskLine } redactions { rule count } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.CompleteTaskDocument,
    "\n  mutation SaveNote($input: SaveMemoryInput!) {\n    saveMemory(input: $input) {\n      __typename\n      ... on SaveMemoryPayload { memory { id } redactions { rule count } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.SaveNoteDocument,
    "\n  query Search(\n    $projectId: ID!, $query: String!, $first: Int!, $filter: MemoryFilter, $memories: Boolean!, $tasks: Boolean!\n  ) {\n    project(by: { id: $projectId }) {\n      searchMemories(query: $query, first: $first, filter: $filter, superseded: false) @include(if: $memories) {\n        answeredBy pending\n        hits { score passage { text } node { ...MemoryLine } }\n      }\n      searchTasks(query: $query, first: $first) @include(if: $tasks) { hits { node { ...TaskLine } } }\n      searchIndex { isBuilding stored searchable failed }\n    }\n  }\n": typeof types.SearchDocument,
    "\n  query GetLatestChange($id: ID!) {\n    node(id: $id) { ... on StoredRecord { version history(first: 1) { nodes { ...HistoryEntry } } } }\n  }\n": typeof types.GetLatestChangeDocument,
    "\n  mutation RevertRequest($input: RevertRequestInput!) {\n    revertRequest(input: $input) {\n      __typename\n      ... on RevertRequestPayload { count ids }\n      ... on ChangedSinceError { code message hint changes { ...HistoryEntry } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.RevertRequestDocument,
    "\n  mutation RevertRecord($input: RevertRecordInput!) {\n    revertRecord(input: $input) {\n      __typename\n      ... on RevertRecordPayload { record { id } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.RevertRecordDocument,
    "\n  mutation DeleteTask($input: DeleteTaskInput!) {\n    deleteTask(input: $input) { __typename ... on Error { code message hint } }\n  }\n": typeof types.DeleteTaskDocument,
    "\n  mutation DeleteMemory($input: DeleteMemoryInput!) {\n    deleteMemory(input: $input) { __typename ... on Error { code message hint } }\n  }\n": typeof types.DeleteMemoryDocument,
    "\n  mutation DeleteSession($input: DeleteSessionInput!) {\n    deleteSession(input: $input) { __typename ... on Error { code message hint } }\n  }\n": typeof types.DeleteSessionDocument,
    "\n  mutation DeleteState($input: DeleteStateInput!) {\n    deleteState(input: $input) { __typename ... on Error { code message hint } }\n  }\n": typeof types.DeleteStateDocument,
};
const documents: Documents = {
    "\n  query FindProject($by: ProjectBy!) {\n    project(by: $by) { id name deletedAt }\n  }\n": types.FindProjectDocument,
    "\n  query ListProjects($filter: ProjectFilter, $first: Int!) {\n    projects(filter: $filter, first: $first, orderBy: { field: UPDATED_AT }) { totalCount nodes { id name path } }\n  }\n": types.ListProjectsDocument,
    "\n  mutation CreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      __typename\n      ... on CreateProjectPayload { project { id name } }\n      ... on Error { code message hint }\n    }\n  }\n": types.CreateProjectDocument,
    "\n  query SuggestMemories($projectId: ID!, $query: String!, $search: Boolean!) {\n    project(by: { id: $projectId }) {\n      searchMemories(query: $query, first: 20) @include(if: $search) { hits { node { id } } }\n      memories(first: 20) @skip(if: $search) { nodes { id } }\n    }\n  }\n": types.SuggestMemoriesDocument,
    "\n  query SuggestTasks($projectId: ID!, $query: String!, $search: Boolean!) {\n    project(by: { id: $projectId }) {\n      searchTasks(query: $query, first: 20) @include(if: $search) { hits { node { id } } }\n      tasks(first: 20, orderBy: { field: UPDATED_AT }) @skip(if: $search) { nodes { id } }\n    }\n  }\n": types.SuggestTasksDocument,
    "\n  query SuggestSessions($projectId: ID!) {\n    project(by: { id: $projectId }) { sessions(first: 200) { nodes { key title } } }\n  }\n": types.SuggestSessionsDocument,
    "\n  query ReadRecord($id: ID!) {\n    node(id: $id) { ...WholeRecord }\n  }\n": types.ReadRecordDocument,
    "\n  query ReadSession($projectId: ID!, $key: String!) {\n    project(by: { id: $projectId }) {\n      sessions(filter: { key: $key }, first: 1) { nodes { id export(format: MARKDOWN) { text hasNextPage } } }\n    }\n  }\n": types.ReadSessionDocument,
    "\n  query GetCursor($projectId: ID!) {\n    project(by: { id: $projectId }) { cursor }\n  }\n": types.GetCursorDocument,
    "\n  query GetChanges($projectId: ID!) {\n    project(by: { id: $projectId }) { cursor log(first: 100) { nodes { seq recordId } } }\n  }\n": types.GetChangesDocument,
    "\n  fragment TaskLine on Task {\n    id handle title status priority type assignedAgent version\n    claim { agent expiresAt isExpired token }\n    progress { done total }\n  }\n": types.TaskLineFragmentDoc,
    "\n  fragment MemoryLine on Memory { id kind role occurredAt pinned content sessionId taskId version }\n": types.MemoryLineFragmentDoc,
    "\n  fragment WholeMemory on Memory {\n    ...MemoryLine deletedAt toolName references\n    project { id name }\n    task { id title }\n    supersedes { id }\n    supersededBy { id }\n  }\n": types.WholeMemoryFragmentDoc,
    "\n  fragment WholeTask on Task {\n    ...TaskLine deletedAt description analysis result gitBranch worktreePath\n    project { id name }\n    parent { id title }\n    blockedBy { id status title }\n    subtasks(first: 20) { totalCount nodes { id status title } }\n    memories(first: 5) { totalCount nodes { ...MemoryLine } }\n  }\n": types.WholeTaskFragmentDoc,
    "\n  fragment WholeRecord on Node {\n    __typename\n    id\n    ...WholeMemory\n    ...WholeTask\n    ... on Session {\n      key sessionTitle: title agent startedAt activeAt memoryCount\n      memories(first: 20) { nodes { ...MemoryLine } }\n    }\n    ... on State { key version value ownerId }\n    ... on Project { name path description customInstructions storageMode }\n  }\n": types.WholeRecordFragmentDoc,
    "\n  mutation ClaimTask($input: ClaimTaskInput!) {\n    claimTask(input: $input) {\n      __typename\n      ... on ClaimTaskPayload { task { ...WholeTask } claim { agent expiresAt token } }\n      ... on Error { code message hint }\n    }\n  }\n": types.ClaimTaskDocument,
    "\n  mutation RenewClaim($input: RenewClaimInput!) {\n    renewClaim(input: $input) {\n      __typename\n      ... on RenewClaimPayload { task { ...WholeTask } }\n      ... on Error { code message hint }\n    }\n  }\n": types.RenewClaimDocument,
    "\n  query FindTask($id: ID, $by: TaskBy) {\n    task(id: $id, by: $by) { ...TaskLine deletedAt project { id name } }\n  }\n": types.FindTaskDocument,
    "\n  query GetContext(\n    $projectId: ID!, $query: String, $sessionId: String, $taskId: ID, $maxTokens: Int!, $agent: String, $latest: Boolean!\n  ) {\n    project(by: { id: $projectId }) {\n      id name path description customInstructions\n      memoryContext(query: $query, sessionId: $sessionId, taskId: $taskId, maxTokens: $maxTokens) {\n        omitted items { text record { id } }\n      }\n      memories(first: 5) @include(if: $latest) { nodes { ...MemoryLine supersededBy { id } } }\n      tasks(filter: { assignedAgent: $agent, statuses: [ANALYSIS, IN_PROGRESS, CODE_REVIEW, TESTING] }, first: 20) {\n        nodes { ...TaskLine }\n      }\n      readyTasks(first: 5) { totalCount nodes { ...TaskLine } }\n      searchIndex { isBuilding stored searchable failed }\n    }\n  }\n": types.GetContextDocument,
    "\n  fragment HistoryEntry on LogEntry { seq at actor requestId recordId operation version changedFields }\n": types.HistoryEntryFragmentDoc,
    "\n  query GetRecordHistory($id: ID!, $first: Int!) {\n    node(id: $id) {\n      ... on StoredRecord {\n        history(first: $first) { nodes { ...HistoryEntry } pageInfo { hasNextPage } }\n      }\n    }\n  }\n": types.GetRecordHistoryDocument,
    "\n  query GetLog($projectId: ID!, $first: Int!, $requestId: String) {\n    project(by: { id: $projectId }) {\n      log(first: $first, requestId: $requestId) { nodes { ...HistoryEntry } pageInfo { hasNextPage } }\n    }\n  }\n": types.GetLogDocument,
    "\n  query GetRecords($ids: [ID!]!) {\n    nodes(ids: $ids) { ...WholeRecord }\n  }\n": types.GetRecordsDocument,
    "\n  query ListReady($projectId: ID!, $first: Int!) {\n    project(by: { id: $projectId }) {\n      readyTasks(first: $first) { totalCount nodes { ...TaskLine } }\n    }\n    taskBoard(projectId: $projectId) { ready claimed blocked byStatus { status count } }\n  }\n": types.ListReadyDocument,
    "\n  query ListTasks($projectId: ID!, $filter: TaskFilter, $first: Int!, $after: String, $waiting: Boolean!) {\n    project(by: { id: $projectId }) {\n      tasks(filter: $filter, first: $first, after: $after, orderBy: { field: UPDATED_AT }) {\n        totalCount\n        nodes { ...TaskLine blockedBy @include(if: $waiting) { id } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n": types.ListTasksDocument,
    "\n  query GetProject($id: ID!) {\n    project(by: { id: $id }) {\n      id name path description mode storageMode isActive techStack\n      memories(first: 1) { totalCount }\n      sessions(first: 1) { totalCount }\n      searchIndex { isBuilding stored searchable pending failed }\n      migration { phase isOver message }\n      agents { name lastSeen }\n    }\n    taskBoard(projectId: $id) { ready claimed blocked overdue byStatus { status count } }\n    projects(first: 30, orderBy: { field: UPDATED_AT }) { totalCount nodes { id name path } }\n  }\n": types.GetProjectDocument,
    "\n  mutation SaveMemory($input: SaveMemoryInput!) {\n    saveMemory(input: $input) {\n      __typename\n      ... on SaveMemoryPayload { memory { ...MemoryLine } redactions { rule count } }\n      ... on Error { code message hint }\n    }\n  }\n": types.SaveMemoryDocument,
    "\n  mutation CreateTask($input: CreateTaskInput!) {\n    createTask(input: $input) {\n      __typename\n      ... on CreateTaskPayload { task { ...TaskLine } redactions { rule count } }\n      ... on Error { code message hint }\n    }\n  }\n": types.CreateTaskDocument,
    "\n  mutation UpdateTask($input: UpdateTaskInput!) {\n    updateTask(input: $input) {\n      __typename\n      ... on UpdateTaskPayload { task { ...TaskLine } redactions { rule count } }\n      ... on Error { code message hint }\n    }\n  }\n": types.UpdateTaskDocument,
    "\n  mutation CompleteTask($input: CompleteTaskInput!) {\n    completeTask(input: $input) {\n      __typename\n      ... on CompleteTaskPayload { task { ...TaskLine } redactions { rule count } }\n      ... on Error { code message hint }\n    }\n  }\n": types.CompleteTaskDocument,
    "\n  mutation SaveNote($input: SaveMemoryInput!) {\n    saveMemory(input: $input) {\n      __typename\n      ... on SaveMemoryPayload { memory { id } redactions { rule count } }\n      ... on Error { code message hint }\n    }\n  }\n": types.SaveNoteDocument,
    "\n  query Search(\n    $projectId: ID!, $query: String!, $first: Int!, $filter: MemoryFilter, $memories: Boolean!, $tasks: Boolean!\n  ) {\n    project(by: { id: $projectId }) {\n      searchMemories(query: $query, first: $first, filter: $filter, superseded: false) @include(if: $memories) {\n        answeredBy pending\n        hits { score passage { text } node { ...MemoryLine } }\n      }\n      searchTasks(query: $query, first: $first) @include(if: $tasks) { hits { node { ...TaskLine } } }\n      searchIndex { isBuilding stored searchable failed }\n    }\n  }\n": types.SearchDocument,
    "\n  query GetLatestChange($id: ID!) {\n    node(id: $id) { ... on StoredRecord { version history(first: 1) { nodes { ...HistoryEntry } } } }\n  }\n": types.GetLatestChangeDocument,
    "\n  mutation RevertRequest($input: RevertRequestInput!) {\n    revertRequest(input: $input) {\n      __typename\n      ... on RevertRequestPayload { count ids }\n      ... on ChangedSinceError { code message hint changes { ...HistoryEntry } }\n      ... on Error { code message hint }\n    }\n  }\n": types.RevertRequestDocument,
    "\n  mutation RevertRecord($input: RevertRecordInput!) {\n    revertRecord(input: $input) {\n      __typename\n      ... on RevertRecordPayload { record { id } }\n      ... on Error { code message hint }\n    }\n  }\n": types.RevertRecordDocument,
    "\n  mutation DeleteTask($input: DeleteTaskInput!) {\n    deleteTask(input: $input) { __typename ... on Error { code message hint } }\n  }\n": types.DeleteTaskDocument,
    "\n  mutation DeleteMemory($input: DeleteMemoryInput!) {\n    deleteMemory(input: $input) { __typename ... on Error { code message hint } }\n  }\n": types.DeleteMemoryDocument,
    "\n  mutation DeleteSession($input: DeleteSessionInput!) {\n    deleteSession(input: $input) { __typename ... on Error { code message hint } }\n  }\n": types.DeleteSessionDocument,
    "\n  mutation DeleteState($input: DeleteStateInput!) {\n    deleteState(input: $input) { __typename ... on Error { code message hint } }\n  }\n": types.DeleteStateDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FindProject($by: ProjectBy!) {\n    project(by: $by) { id name deletedAt }\n  }\n"): typeof import('./graphql.js').FindProjectDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListProjects($filter: ProjectFilter, $first: Int!) {\n    projects(filter: $filter, first: $first, orderBy: { field: UPDATED_AT }) { totalCount nodes { id name path } }\n  }\n"): typeof import('./graphql.js').ListProjectsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      __typename\n      ... on CreateProjectPayload { project { id name } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').CreateProjectDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SuggestMemories($projectId: ID!, $query: String!, $search: Boolean!) {\n    project(by: { id: $projectId }) {\n      searchMemories(query: $query, first: 20) @include(if: $search) { hits { node { id } } }\n      memories(first: 20) @skip(if: $search) { nodes { id } }\n    }\n  }\n"): typeof import('./graphql.js').SuggestMemoriesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SuggestTasks($projectId: ID!, $query: String!, $search: Boolean!) {\n    project(by: { id: $projectId }) {\n      searchTasks(query: $query, first: 20) @include(if: $search) { hits { node { id } } }\n      tasks(first: 20, orderBy: { field: UPDATED_AT }) @skip(if: $search) { nodes { id } }\n    }\n  }\n"): typeof import('./graphql.js').SuggestTasksDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SuggestSessions($projectId: ID!) {\n    project(by: { id: $projectId }) { sessions(first: 200) { nodes { key title } } }\n  }\n"): typeof import('./graphql.js').SuggestSessionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadRecord($id: ID!) {\n    node(id: $id) { ...WholeRecord }\n  }\n"): typeof import('./graphql.js').ReadRecordDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadSession($projectId: ID!, $key: String!) {\n    project(by: { id: $projectId }) {\n      sessions(filter: { key: $key }, first: 1) { nodes { id export(format: MARKDOWN) { text hasNextPage } } }\n    }\n  }\n"): typeof import('./graphql.js').ReadSessionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetCursor($projectId: ID!) {\n    project(by: { id: $projectId }) { cursor }\n  }\n"): typeof import('./graphql.js').GetCursorDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetChanges($projectId: ID!) {\n    project(by: { id: $projectId }) { cursor log(first: 100) { nodes { seq recordId } } }\n  }\n"): typeof import('./graphql.js').GetChangesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TaskLine on Task {\n    id handle title status priority type assignedAgent version\n    claim { agent expiresAt isExpired token }\n    progress { done total }\n  }\n"): typeof import('./graphql.js').TaskLineFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MemoryLine on Memory { id kind role occurredAt pinned content sessionId taskId version }\n"): typeof import('./graphql.js').MemoryLineFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment WholeMemory on Memory {\n    ...MemoryLine deletedAt toolName references\n    project { id name }\n    task { id title }\n    supersedes { id }\n    supersededBy { id }\n  }\n"): typeof import('./graphql.js').WholeMemoryFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment WholeTask on Task {\n    ...TaskLine deletedAt description analysis result gitBranch worktreePath\n    project { id name }\n    parent { id title }\n    blockedBy { id status title }\n    subtasks(first: 20) { totalCount nodes { id status title } }\n    memories(first: 5) { totalCount nodes { ...MemoryLine } }\n  }\n"): typeof import('./graphql.js').WholeTaskFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment WholeRecord on Node {\n    __typename\n    id\n    ...WholeMemory\n    ...WholeTask\n    ... on Session {\n      key sessionTitle: title agent startedAt activeAt memoryCount\n      memories(first: 20) { nodes { ...MemoryLine } }\n    }\n    ... on State { key version value ownerId }\n    ... on Project { name path description customInstructions storageMode }\n  }\n"): typeof import('./graphql.js').WholeRecordFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ClaimTask($input: ClaimTaskInput!) {\n    claimTask(input: $input) {\n      __typename\n      ... on ClaimTaskPayload { task { ...WholeTask } claim { agent expiresAt token } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').ClaimTaskDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RenewClaim($input: RenewClaimInput!) {\n    renewClaim(input: $input) {\n      __typename\n      ... on RenewClaimPayload { task { ...WholeTask } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').RenewClaimDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FindTask($id: ID, $by: TaskBy) {\n    task(id: $id, by: $by) { ...TaskLine deletedAt project { id name } }\n  }\n"): typeof import('./graphql.js').FindTaskDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetContext(\n    $projectId: ID!, $query: String, $sessionId: String, $taskId: ID, $maxTokens: Int!, $agent: String, $latest: Boolean!\n  ) {\n    project(by: { id: $projectId }) {\n      id name path description customInstructions\n      memoryContext(query: $query, sessionId: $sessionId, taskId: $taskId, maxTokens: $maxTokens) {\n        omitted items { text record { id } }\n      }\n      memories(first: 5) @include(if: $latest) { nodes { ...MemoryLine supersededBy { id } } }\n      tasks(filter: { assignedAgent: $agent, statuses: [ANALYSIS, IN_PROGRESS, CODE_REVIEW, TESTING] }, first: 20) {\n        nodes { ...TaskLine }\n      }\n      readyTasks(first: 5) { totalCount nodes { ...TaskLine } }\n      searchIndex { isBuilding stored searchable failed }\n    }\n  }\n"): typeof import('./graphql.js').GetContextDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment HistoryEntry on LogEntry { seq at actor requestId recordId operation version changedFields }\n"): typeof import('./graphql.js').HistoryEntryFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetRecordHistory($id: ID!, $first: Int!) {\n    node(id: $id) {\n      ... on StoredRecord {\n        history(first: $first) { nodes { ...HistoryEntry } pageInfo { hasNextPage } }\n      }\n    }\n  }\n"): typeof import('./graphql.js').GetRecordHistoryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetLog($projectId: ID!, $first: Int!, $requestId: String) {\n    project(by: { id: $projectId }) {\n      log(first: $first, requestId: $requestId) { nodes { ...HistoryEntry } pageInfo { hasNextPage } }\n    }\n  }\n"): typeof import('./graphql.js').GetLogDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetRecords($ids: [ID!]!) {\n    nodes(ids: $ids) { ...WholeRecord }\n  }\n"): typeof import('./graphql.js').GetRecordsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListReady($projectId: ID!, $first: Int!) {\n    project(by: { id: $projectId }) {\n      readyTasks(first: $first) { totalCount nodes { ...TaskLine } }\n    }\n    taskBoard(projectId: $projectId) { ready claimed blocked byStatus { status count } }\n  }\n"): typeof import('./graphql.js').ListReadyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListTasks($projectId: ID!, $filter: TaskFilter, $first: Int!, $after: String, $waiting: Boolean!) {\n    project(by: { id: $projectId }) {\n      tasks(filter: $filter, first: $first, after: $after, orderBy: { field: UPDATED_AT }) {\n        totalCount\n        nodes { ...TaskLine blockedBy @include(if: $waiting) { id } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n"): typeof import('./graphql.js').ListTasksDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetProject($id: ID!) {\n    project(by: { id: $id }) {\n      id name path description mode storageMode isActive techStack\n      memories(first: 1) { totalCount }\n      sessions(first: 1) { totalCount }\n      searchIndex { isBuilding stored searchable pending failed }\n      migration { phase isOver message }\n      agents { name lastSeen }\n    }\n    taskBoard(projectId: $id) { ready claimed blocked overdue byStatus { status count } }\n    projects(first: 30, orderBy: { field: UPDATED_AT }) { totalCount nodes { id name path } }\n  }\n"): typeof import('./graphql.js').GetProjectDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveMemory($input: SaveMemoryInput!) {\n    saveMemory(input: $input) {\n      __typename\n      ... on SaveMemoryPayload { memory { ...MemoryLine } redactions { rule count } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').SaveMemoryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateTask($input: CreateTaskInput!) {\n    createTask(input: $input) {\n      __typename\n      ... on CreateTaskPayload { task { ...TaskLine } redactions { rule count } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').CreateTaskDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateTask($input: UpdateTaskInput!) {\n    updateTask(input: $input) {\n      __typename\n      ... on UpdateTaskPayload { task { ...TaskLine } redactions { rule count } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').UpdateTaskDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CompleteTask($input: CompleteTaskInput!) {\n    completeTask(input: $input) {\n      __typename\n      ... on CompleteTaskPayload { task { ...TaskLine } redactions { rule count } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').CompleteTaskDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveNote($input: SaveMemoryInput!) {\n    saveMemory(input: $input) {\n      __typename\n      ... on SaveMemoryPayload { memory { id } redactions { rule count } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').SaveNoteDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Search(\n    $projectId: ID!, $query: String!, $first: Int!, $filter: MemoryFilter, $memories: Boolean!, $tasks: Boolean!\n  ) {\n    project(by: { id: $projectId }) {\n      searchMemories(query: $query, first: $first, filter: $filter, superseded: false) @include(if: $memories) {\n        answeredBy pending\n        hits { score passage { text } node { ...MemoryLine } }\n      }\n      searchTasks(query: $query, first: $first) @include(if: $tasks) { hits { node { ...TaskLine } } }\n      searchIndex { isBuilding stored searchable failed }\n    }\n  }\n"): typeof import('./graphql.js').SearchDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetLatestChange($id: ID!) {\n    node(id: $id) { ... on StoredRecord { version history(first: 1) { nodes { ...HistoryEntry } } } }\n  }\n"): typeof import('./graphql.js').GetLatestChangeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevertRequest($input: RevertRequestInput!) {\n    revertRequest(input: $input) {\n      __typename\n      ... on RevertRequestPayload { count ids }\n      ... on ChangedSinceError { code message hint changes { ...HistoryEntry } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').RevertRequestDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevertRecord($input: RevertRecordInput!) {\n    revertRecord(input: $input) {\n      __typename\n      ... on RevertRecordPayload { record { id } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').RevertRecordDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteTask($input: DeleteTaskInput!) {\n    deleteTask(input: $input) { __typename ... on Error { code message hint } }\n  }\n"): typeof import('./graphql.js').DeleteTaskDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteMemory($input: DeleteMemoryInput!) {\n    deleteMemory(input: $input) { __typename ... on Error { code message hint } }\n  }\n"): typeof import('./graphql.js').DeleteMemoryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteSession($input: DeleteSessionInput!) {\n    deleteSession(input: $input) { __typename ... on Error { code message hint } }\n  }\n"): typeof import('./graphql.js').DeleteSessionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteState($input: DeleteStateInput!) {\n    deleteState(input: $input) { __typename ... on Error { code message hint } }\n  }\n"): typeof import('./graphql.js').DeleteStateDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
