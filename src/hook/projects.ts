import { type ProjectFolders, projectNameOf } from '../util/project-folders.js';
import { type Ask, AskError, payloadOf, type Result } from './ask.js';
import { CREATE_PROJECT, findProjects } from './documents.js';

export type Capture = 'OFF' | 'MESSAGES' | 'ALL';

/** A project, as hooks know it. */
export interface HookProject {
  readonly id: string;
  /** Null: not decided. */
  readonly capture: Capture | null;
  readonly captureToolCharacters: number;
}

/** The project of a place: that of the nearest folder which is one's. Null when there is none. @throws AskError */
export async function findProject(ask: Ask, { folders }: ProjectFolders): Promise<HookProject | null> {
  if (folders.length === 0) return null;
  const variables = Object.fromEntries(folders.map((folder, index) => [`p${index}`, folder]));
  const found = await ask<Readonly<Record<string, HookProject | null>>>(findProjects(folders.length), variables);
  return folders.map((_, index) => found[`p${index}`]).find((project) => project != null) ?? null;
}

/** Creates the project of a place; null when a project may not be created there. @throws AskError */
export async function createProject(ask: Ask, place: ProjectFolders): Promise<HookProject | null> {
  if (place.root === null) return null;
  const input = { name: projectNameOf(place.root), path: place.root };
  try {
    const { made } = await ask<{ made: Result & { project: HookProject } }>(CREATE_PROJECT, { input });
    return payloadOf(made).project;
  } catch (error) {
    // Another hook was faster.
    if (error instanceof AskError && error.code === 'ALREADY_EXISTS') return findProject(ask, place);
    throw error;
  }
}

/** What is captured of a project's conversations. @param isSetUp whether the agent was set up to capture */
export function captureOf(project: Pick<HookProject, 'capture'>, isSetUp: boolean): Capture {
  return project.capture ?? (isSetUp ? 'MESSAGES' : 'OFF');
}
