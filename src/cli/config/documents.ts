import { graphql } from '../gql/gql.js';

/** The command line's operations on storage settings. */

export const ModeFields = graphql(`
  fragment ModeFields on StorageModeConfig {
    mode available reason hint place vectorSearch embedder { model dimensions note } source savedAt overriddenBy
    settings { name value source variable }
    secrets { name isSet ending source variable }
  }
`);

export const GetConfig = graphql(`
  query GetConfig { storageConfig { modes { ...ModeFields } } }
`);

export const GetHealth = graphql(`
  query GetHealth($mode: StorageMode) {
    storageHealth(mode: $mode) {
      mode ok isReachable place latencyMs problems missingIndexes
      collections { name count } pool { inUse idle max } lastError { at message }
    }
  }
`);

export const TestConfig = graphql(`
  mutation TestConfig($input: TestStorageConfigInput!) {
    testStorageConfig(input: $input) {
      ... on TestStorageConfigPayload {
        passed checks { name outcome ms message hint } token projectIds
      }
      ... on Error { code message hint }
    }
  }
`);

export const SaveConfig = graphql(`
  mutation SaveConfig($input: SaveStorageConfigInput!) {
    saveStorageConfig(input: $input) {
      ... on SaveStorageConfigPayload { config { ...ModeFields } }
      ... on Error { code message hint }
    }
  }
`);

export const RemoveConfig = graphql(`
  mutation RemoveConfig($input: RemoveStorageConfigInput!) {
    removeStorageConfig(input: $input) {
      ... on RemoveStorageConfigPayload { config { ...ModeFields } }
      ... on Error { code message hint }
    }
  }
`);
