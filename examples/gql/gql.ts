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
    "\n  mutation CreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ... on CreateProjectPayload { project { id name storageMode cursor } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.CreateProjectDocument,
    "\n  mutation CreateTask($input: CreateTaskInput!) {\n    createTask(input: $input) {\n      ... on CreateTaskPayload { task { id title status version } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.CreateTaskDocument,
    "\n  mutation SaveMemories($input: SaveMemoriesInput!) {\n    saveMemories(input: $input) {\n      ... on SaveMemoriesPayload { memories { id } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.SaveMemoriesDocument,
    "\n  query Search($project: ID!, $query: String!) {\n    project(by: { id: $project }) {\n      searchMemories(query: $query, first: 1) {\n        answeredBy pending\n        hits { score similarity node { content } }\n      }\n    }\n  }\n": typeof types.SearchDocument,
    "\n  mutation UpdateTask($input: UpdateTaskInput!) {\n    updateTask(input: $input) {\n      ... on UpdateTaskPayload { task { id status completedAt version } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.UpdateTaskDocument,
    "\n  mutation Revert($input: RevertRecordInput!) {\n    revertRecord(input: $input) {\n      ... on RevertRecordPayload { record { id ... on Task { status completedAt version } } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.RevertDocument,
    "\n  mutation ClaimTask($input: ClaimTaskInput!) {\n    claimTask(input: $input) {\n      __typename\n      ... on ClaimTaskPayload { task { id title status } claim { agent token } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.ClaimTaskDocument,
    "\n  mutation CompleteTask($input: CompleteTaskInput!) {\n    completeTask(input: $input) {\n      ... on CompleteTaskPayload { task { title status result } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.CompleteTaskDocument,
    "\n  subscription Changes($project: ID!, $after: String) {\n    projectChanges(projectId: $project, after: $after) {\n      entry { seq actor operation collection recordId version }\n    }\n  }\n": typeof types.ChangesDocument,
};
const documents: Documents = {
    "\n  mutation CreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ... on CreateProjectPayload { project { id name storageMode cursor } }\n      ... on Error { code message hint }\n    }\n  }\n": types.CreateProjectDocument,
    "\n  mutation CreateTask($input: CreateTaskInput!) {\n    createTask(input: $input) {\n      ... on CreateTaskPayload { task { id title status version } }\n      ... on Error { code message hint }\n    }\n  }\n": types.CreateTaskDocument,
    "\n  mutation SaveMemories($input: SaveMemoriesInput!) {\n    saveMemories(input: $input) {\n      ... on SaveMemoriesPayload { memories { id } }\n      ... on Error { code message hint }\n    }\n  }\n": types.SaveMemoriesDocument,
    "\n  query Search($project: ID!, $query: String!) {\n    project(by: { id: $project }) {\n      searchMemories(query: $query, first: 1) {\n        answeredBy pending\n        hits { score similarity node { content } }\n      }\n    }\n  }\n": types.SearchDocument,
    "\n  mutation UpdateTask($input: UpdateTaskInput!) {\n    updateTask(input: $input) {\n      ... on UpdateTaskPayload { task { id status completedAt version } }\n      ... on Error { code message hint }\n    }\n  }\n": types.UpdateTaskDocument,
    "\n  mutation Revert($input: RevertRecordInput!) {\n    revertRecord(input: $input) {\n      ... on RevertRecordPayload { record { id ... on Task { status completedAt version } } }\n      ... on Error { code message hint }\n    }\n  }\n": types.RevertDocument,
    "\n  mutation ClaimTask($input: ClaimTaskInput!) {\n    claimTask(input: $input) {\n      __typename\n      ... on ClaimTaskPayload { task { id title status } claim { agent token } }\n      ... on Error { code message hint }\n    }\n  }\n": types.ClaimTaskDocument,
    "\n  mutation CompleteTask($input: CompleteTaskInput!) {\n    completeTask(input: $input) {\n      ... on CompleteTaskPayload { task { title status result } }\n      ... on Error { code message hint }\n    }\n  }\n": types.CompleteTaskDocument,
    "\n  subscription Changes($project: ID!, $after: String) {\n    projectChanges(projectId: $project, after: $after) {\n      entry { seq actor operation collection recordId version }\n    }\n  }\n": types.ChangesDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ... on CreateProjectPayload { project { id name storageMode cursor } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').CreateProjectDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateTask($input: CreateTaskInput!) {\n    createTask(input: $input) {\n      ... on CreateTaskPayload { task { id title status version } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').CreateTaskDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveMemories($input: SaveMemoriesInput!) {\n    saveMemories(input: $input) {\n      ... on SaveMemoriesPayload { memories { id } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').SaveMemoriesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Search($project: ID!, $query: String!) {\n    project(by: { id: $project }) {\n      searchMemories(query: $query, first: 1) {\n        answeredBy pending\n        hits { score similarity node { content } }\n      }\n    }\n  }\n"): typeof import('./graphql.js').SearchDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateTask($input: UpdateTaskInput!) {\n    updateTask(input: $input) {\n      ... on UpdateTaskPayload { task { id status completedAt version } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').UpdateTaskDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Revert($input: RevertRecordInput!) {\n    revertRecord(input: $input) {\n      ... on RevertRecordPayload { record { id ... on Task { status completedAt version } } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').RevertDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ClaimTask($input: ClaimTaskInput!) {\n    claimTask(input: $input) {\n      __typename\n      ... on ClaimTaskPayload { task { id title status } claim { agent token } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').ClaimTaskDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CompleteTask($input: CompleteTaskInput!) {\n    completeTask(input: $input) {\n      ... on CompleteTaskPayload { task { title status result } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').CompleteTaskDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription Changes($project: ID!, $after: String) {\n    projectChanges(projectId: $project, after: $after) {\n      entry { seq actor operation collection recordId version }\n    }\n  }\n"): typeof import('./graphql.js').ChangesDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
