import { graphql } from '../gql/gql.js';

/** The command line's operations on tasks. */

export const TaskFields = graphql(`
  fragment TaskFields on Task {
    id handle title description type priority status assignedAgent
    claim { agent expiresAt token isExpired }
  }
`);

export const FindTask = graphql(`
  query FindTask($id: ID, $by: TaskBy) {
    task(id: $id, by: $by) { ...TaskFields deletedAt project { id } }
  }
`);

export const ListTasks = graphql(`
  query ListTasks($projectId: ID!, $filter: TaskFilter, $first: Int, $after: String) {
    project(by: { id: $projectId }) {
      tasks(filter: $filter, first: $first, after: $after) {
        nodes { ...TaskFields }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export const ListReadyTasks = graphql(`
  query ListReadyTasks($projectId: ID!, $filter: TaskFilter, $agent: String, $first: Int, $after: String) {
    project(by: { id: $projectId }) {
      readyTasks(filter: $filter, agent: $agent, first: $first, after: $after) {
        nodes { ...TaskFields }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export const GetTaskBoard = graphql(`
  query GetTaskBoard($projectId: ID!) {
    taskBoard(projectId: $projectId) {
      byStatus { status count }
      ready blocked claimed overdue
      byAgent { agent assigned claimed overdue }
    }
  }
`);

export const ClaimTask = graphql(`
  mutation ClaimTask($input: ClaimTaskInput!) {
    claimTask(input: $input) {
      __typename
      ... on ClaimTaskPayload { task { ...TaskFields } claim { agent expiresAt token } }
      ... on TaskNotReadyError { heldBy }
      ... on Error { code message hint }
    }
  }
`);

export const RenewClaim = graphql(`
  mutation RenewClaim($input: RenewClaimInput!) {
    renewClaim(input: $input) {
      ... on RenewClaimPayload { task { ...TaskFields } }
      ... on Error { code message hint }
    }
  }
`);

export const ReleaseTask = graphql(`
  mutation ReleaseTask($input: ReleaseTaskInput!) {
    releaseTask(input: $input) {
      ... on ReleaseTaskPayload { task { ...TaskFields } }
      ... on Error { code message hint }
    }
  }
`);

export const CompleteTask = graphql(`
  mutation CompleteTask($input: CompleteTaskInput!) {
    completeTask(input: $input) {
      ... on CompleteTaskPayload { task { ...TaskFields } }
      ... on Error { code message hint }
    }
  }
`);
