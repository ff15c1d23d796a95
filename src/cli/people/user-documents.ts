import { graphql } from '../gql/gql.js';

/** The command line's operations on users. */

export const GetUser = graphql(`
  query GetUser($id: ID!) { user(id: $id) { ...UserRow } }
`);

export const UserRow = graphql(`
  fragment UserRow on User { id version email name role { id name } disabledAt deletedAt createdAt }
`);

export const ListUsers = graphql(`
  query ListUsers($filter: UserFilter, $deleted: DeletedFilter, $first: Int, $after: String) {
    users(filter: $filter, deleted: $deleted, first: $first, after: $after) {
      nodes { ...UserRow }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export const CreateUser = graphql(`
  mutation CreateUser($input: CreateUserInput!) {
    createUser(input: $input) {
      ... on CreateUserPayload { user { ...UserRow } }
      ... on Error { code message hint }
    }
  }
`);

export const InviteUser = graphql(`
  mutation InviteUser($input: InviteUserInput!) {
    inviteUser(input: $input) {
      ... on InviteUserPayload { user { ...UserRow } link { path url expiresAt } isMailed }
      ... on Error { code message hint }
    }
  }
`);

export const ResetPassword = graphql(`
  mutation ResetPassword($input: ResetPasswordInput!) {
    resetPassword(input: $input) {
      ... on ResetPasswordPayload { link { path url expiresAt } isMailed }
      ... on Error { code message hint }
    }
  }
`);

export const UpdateUser = graphql(`
  mutation UpdateUser($input: UpdateUserInput!) {
    updateUser(input: $input) {
      ... on UpdateUserPayload { user { ...UserRow } }
      ... on Error { code message hint }
    }
  }
`);

export const DisableUser = graphql(`
  mutation DisableUser($input: DisableUserInput!) {
    disableUser(input: $input) {
      ... on DisableUserPayload { user { ...UserRow } }
      ... on Error { code message hint }
    }
  }
`);

export const EnableUser = graphql(`
  mutation EnableUser($input: EnableUserInput!) {
    enableUser(input: $input) {
      ... on EnableUserPayload { user { ...UserRow } }
      ... on Error { code message hint }
    }
  }
`);

export const DeleteUser = graphql(`
  mutation DeleteUser($input: DeleteUserInput!) {
    deleteUser(input: $input) {
      ... on DeleteUserPayload { user { ...UserRow } }
      ... on Error { code message hint }
    }
  }
`);

export const RestoreUser = graphql(`
  mutation RestoreUser($input: RestoreUserInput!) {
    restoreUser(input: $input) {
      ... on RestoreUserPayload { user { ...UserRow } }
      ... on Error { code message hint }
    }
  }
`);
