import { graphql } from '../gql/gql.js';

/** The command line's operations on API keys. */

export const KeyRow = graphql(`
  fragment KeyRow on ApiKey {
    id name ending level permissions projectIds ownerId owner { email name } isService status expiresAt perMinute allowedAddresses
    createdAt createdById revokedAt replacedById lastUsedAt
  }
`);

export const ListKeys = graphql(`
  query ListKeys($filter: ApiKeyFilter, $first: Int, $after: String) {
    apiKeys(filter: $filter, first: $first, after: $after) {
      nodes { ...KeyRow }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export const CreateKey = graphql(`
  mutation CreateKey($input: CreateApiKeyInput!) {
    createApiKey(input: $input) {
      ... on CreateApiKeyPayload { secret apiKey { ...KeyRow } }
      ... on Error { code message hint }
    }
  }
`);

export const RotateKey = graphql(`
  mutation RotateKey($input: RotateApiKeyInput!) {
    rotateApiKey(input: $input) {
      ... on RotateApiKeyPayload { secret apiKey { ...KeyRow } }
      ... on Error { code message hint }
    }
  }
`);

export const RevokeKey = graphql(`
  mutation RevokeKey($input: RevokeApiKeyInput!) {
    revokeApiKey(input: $input) {
      ... on RevokeApiKeyPayload { apiKey { ...KeyRow } others { ...KeyRow } }
      ... on Error { code message hint }
    }
  }
`);
