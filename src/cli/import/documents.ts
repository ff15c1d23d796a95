import { graphql } from '../gql/gql.js';

export const ProjectOfFolder = graphql(`
  query ProjectOfFolder($by: ProjectBy!) {
    project(by: $by) { id name path deletedAt capture captureToolCharacters }
  }
`);

export const CreateProjectForImport = graphql(`
  mutation CreateProjectForImport($input: CreateProjectInput!) {
    createProject(input: $input) {
      ... on CreateProjectPayload { project { id name path deletedAt capture captureToolCharacters } }
      ... on Error { code message hint }
    }
  }
`);

export const ImportSession = graphql(`
  mutation ImportSession($input: UpsertSessionInput!) {
    upsertSession(input: $input) {
      ... on UpsertSessionPayload { created }
      ... on Error { code message hint }
    }
  }
`);

export const ImportMemories = graphql(`
  mutation ImportMemories($input: SaveMemoriesInput!) {
    saveMemories(input: $input) {
      ... on SaveMemoriesPayload { memories { id } }
      ... on Error { code message hint }
    }
  }
`);

export const CountMemories = graphql(`
  query CountMemories($projectId: ID!) {
    project(by: { id: $projectId }) { memories(first: 1) { totalCount } }
  }
`);
