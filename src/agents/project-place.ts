import { resolve } from 'node:path';
import type { Environment } from '../config/environment.js';
import { authorizationFor, type Endpoint } from '../endpoint/endpoint.js';
import { postJson } from '../endpoint/post-json.js';
import { projectFoldersOf } from '../util/project-folders.js';

/** How a project is looked for: its id, or the path of a folder in it. */
export type ProjectBy = { readonly id: string } | { readonly path: string };

/** A server that has not answered by then is passed over. */
const ANSWER_MS = 3_000;

/**
 * The project of an agent: an id, or the absolute path of a folder in it; null when nobody named one, and the working directory
 * was deleted.
 * @param option as named on the command line; empty when it wasn't
 */
export function namedProject(option: string, { MOORING_PROJECT_DIR, CLAUDE_PROJECT_DIR }: Environment): string | null {
  const named = option || MOORING_PROJECT_DIR || CLAUDE_PROJECT_DIR || '.';
  try {
    return named.startsWith('prj_') ? named : resolve(named);
  } catch {
    return null;
  }
}

/** The ways to look for a project that is named by its id, or by a folder in it: see `projectFoldersOf`. */
export function waysTo(named: string | null): readonly ProjectBy[] {
  if (named === null) return [];
  return named.startsWith('prj_')
    ? [{ id: named }]
    : projectFoldersOf(resolve(named)).folders.map((path) => ({ path }));
}

/** Whether the server has a live project that is found in one of the ways. False when it doesn't answer, or doesn't show it to this user. */
export async function hasProject(server: Endpoint, ways: readonly ProjectBy[]): Promise<boolean> {
  if (ways.length === 0) return false;
  const variables = Object.fromEntries(ways.map((by, n) => [`p${n}`, by]));
  const query = `query OfFolder(${ways.map((_, n) => `$p${n}: ProjectBy!`)}) {
    ${ways.map((_, n) => `p${n}: project(by: $p${n}) { deletedAt }`).join('\n')}
  }`;
  const { data } = await ask(server, JSON.stringify({ query, variables })).catch((): Answer => ({}));
  return Object.values(data ?? {}).some((project) => project !== null && project.deletedAt === null);
}

interface Answer {
  readonly data?: Readonly<Record<string, { readonly deletedAt: string | null } | null>> | null;
}

async function ask(server: Endpoint, body: string): Promise<Answer> {
  const headers = { 'mooring-actor': 'mcp', ...authorizationFor(server) };
  const options = { headers, signal: AbortSignal.timeout(ANSWER_MS) };
  return JSON.parse((await postJson(`${server.url}/graphql`, body, options)).text) as Answer;
}
