import { graphql } from '../gql/gql.js';

/** The command line's operations on migrations. */

export const ProgressFields = graphql(`
  fragment ProgressFields on MigrationProgress {
    cursor migrationId phase isRollingBack isPaused
    collections { name done total rejected verified }
    vectors { done total failed }
    rate etaSeconds lag { entries seconds } pacing
    tokens dollars fenceMs canCutOver canRollBack message
    problem { code message hint }
    at
  }
`);

export const EstimateFields = graphql(`
  fragment EstimateFields on MigrationEstimate {
    checks { name outcome ms message hint }
    collections { name records bytes }
    bytes vectors isSameModel fromModel toModel tokens dollars seconds
  }
`);

export const MigrationFields = graphql(`
  fragment MigrationFields on Migration {
    id projectId project { name }
    from { mode location } to { mode location }
    dryRun autoCutOver batchSize onReject
    phase isRollingBack isPaused isOver message
    problem { code message hint }
    progress { ...ProgressFields }
    preflight { at estimate { ...EstimateFields } checks { name outcome ms message hint } }
    verification { at isComplete seq collections { name compared mismatches repaired digest } }
    rejects(first: 20) { nodes { collection recordId reason } pageInfo { hasNextPage } }
    mismatches(first: 20) { nodes { collection recordId differing reason isRepaired } pageInfo { hasNextPage } }
    createdAt movedAt endedAt
  }
`);

export const GetMigration = graphql(`
  query GetMigration($id: ID!) { migration(id: $id) { ...MigrationFields } }
`);

export const ListMigrations = graphql(`
  query ListMigrations($projectId: ID, $first: Int, $after: String) {
    migrations(projectId: $projectId, first: $first, after: $after) {
      nodes {
        id projectId project { name } from { mode location } to { mode location }
        dryRun phase isRollingBack isPaused isOver message createdAt endedAt
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export const EstimateMigration = graphql(`
  query EstimateMigration($projectId: ID!, $to: StorageMode!, $location: String) {
    estimateMigration(projectId: $projectId, to: $to, location: $location) { ...EstimateFields }
  }
`);

export const GetVerification = graphql(`
  query GetVerification($id: ID!) { migration(id: $id) { verification { at isComplete } } }
`);

export const GetFinalization = graphql(`
  query GetFinalization($id: ID!) { migration(id: $id) { phase finalization { token expiresAt consequence } } }
`);

export const FollowMigration = graphql(`
  subscription FollowMigration($id: ID!, $after: String) {
    migrationProgress(id: $id, after: $after) { ...ProgressFields }
  }
`);

export const StartMigration = graphql(`
  mutation StartMigration($input: StartMigrationInput!) {
    startMigration(input: $input) {
      ... on StartMigrationPayload { migration { ...MigrationFields } }
      ... on Error { code message hint }
    }
  }
`);

export const PauseMigration = graphql(`
  mutation PauseMigration($input: PauseMigrationInput!) {
    pauseMigration(input: $input) {
      ... on PauseMigrationPayload { migration { ...MigrationFields } }
      ... on Error { code message hint }
    }
  }
`);

export const ResumeMigration = graphql(`
  mutation ResumeMigration($input: ResumeMigrationInput!) {
    resumeMigration(input: $input) {
      ... on ResumeMigrationPayload { migration { ...MigrationFields } }
      ... on Error { code message hint }
    }
  }
`);

export const CancelMigration = graphql(`
  mutation CancelMigration($input: CancelMigrationInput!) {
    cancelMigration(input: $input) {
      ... on CancelMigrationPayload { migration { ...MigrationFields } }
      ... on Error { code message hint }
    }
  }
`);

export const CutOverMigration = graphql(`
  mutation CutOverMigration($input: CutOverMigrationInput!) {
    cutOverMigration(input: $input) {
      ... on CutOverMigrationPayload { migration { ...MigrationFields } }
      ... on Error { code message hint }
    }
  }
`);

export const VerifyMigration = graphql(`
  mutation VerifyMigration($input: VerifyMigrationInput!) {
    verifyMigration(input: $input) {
      ... on VerifyMigrationPayload { migration { ...MigrationFields } }
      ... on Error { code message hint }
    }
  }
`);

export const RollBackMigration = graphql(`
  mutation RollBackMigration($input: RollBackMigrationInput!) {
    rollBackMigration(input: $input) {
      ... on RollBackMigrationPayload { migration { ...MigrationFields } }
      ... on Error { code message hint }
    }
  }
`);

export const FinalizeMigration = graphql(`
  mutation FinalizeMigration($input: FinalizeMigrationInput!) {
    finalizeMigration(input: $input) {
      ... on FinalizeMigrationPayload { migration { ...MigrationFields } }
      ... on Error { code message hint }
    }
  }
`);
