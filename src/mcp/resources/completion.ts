import type { Call } from '../calls/call.js';
import { graphql } from '../gql/gql.js';

const SuggestMemories = graphql(`
  query SuggestMemories($projectId: ID!, $query: String!, $search: Boolean!) {
    project(by: { id: $projectId }) {
      searchMemories(query: $query, first: 20) @include(if: $search) { hits { node { id } } }
      memories(first: 20) @skip(if: $search) { nodes { id } }
    }
  }
`);

const SuggestTasks = graphql(`
  query SuggestTasks($projectId: ID!, $query: String!, $search: Boolean!) {
    project(by: { id: $projectId }) {
      searchTasks(query: $query, first: 20) @include(if: $search) { hits { node { id } } }
      tasks(first: 20, orderBy: { field: UPDATED_AT }) @skip(if: $search) { nodes { id } }
    }
  }
`);

const SuggestSessions = graphql(`
  query SuggestSessions($projectId: ID!) {
    project(by: { id: $projectId }) { sessions(first: 200) { nodes { key title } } }
  }
`);

/** Ids for what somebody typed: of records that match its words, or the latest, of which it may be the beginning. */

export async function suggestMemories(typed: string, call: Call): Promise<string[]> {
  const { id: projectId } = await call.project();
  const { project } = await call.ask(SuggestMemories, { projectId, query: typed, search: isWords(typed) });
  const found = project?.searchMemories?.hits.map(({ node }) => node) ?? project?.memories?.nodes ?? [];
  return idsOf(found, typed);
}

export async function suggestTasks(typed: string, call: Call): Promise<string[]> {
  const { id: projectId } = await call.project();
  const { project } = await call.ask(SuggestTasks, { projectId, query: typed, search: isWords(typed) });
  const found = project?.searchTasks?.hits.map(({ node }) => node) ?? project?.tasks?.nodes ?? [];
  return idsOf(found, typed);
}

export async function suggestSessions(typed: string, call: Call): Promise<string[]> {
  const { id: projectId } = await call.project();
  const { project } = await call.ask(SuggestSessions, { projectId });
  const words = typed.toLowerCase();
  const sessions = project?.sessions.nodes ?? [];
  return sessions.flatMap(({ key, title }) => (`${key} ${title ?? ''}`.toLowerCase().includes(words) ? [key] : []));
}

function isWords(typed: string): boolean {
  return typed.trim() !== '' && !/^(mem|tsk)_?/.test(typed);
}

function idsOf(records: readonly { readonly id: string }[], typed: string): string[] {
  const ids = records.map(({ id }) => id);
  return isWords(typed) ? ids : ids.filter((id) => id.startsWith(typed));
}
