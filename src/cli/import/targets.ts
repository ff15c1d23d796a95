import { resolve } from 'node:path';
import { projectFoldersOf, projectNameOf } from '../../util/project-folders.js';
import type { Api } from '../api.js';
import { CliError, EXIT, payloadOf } from '../exit.js';
import { noProject } from '../find-project.js';
import { requireUtf8 } from '../utf8.js';
import { CreateProjectForImport, ProjectOfFolder } from './documents.js';

/** A project that conversations are imported into. */
export interface Target {
  readonly id: string;
  readonly name: string;
  readonly capture: 'OFF' | 'MESSAGES' | 'ALL';
  readonly captureToolCharacters: number;
}

/** Where the conversations of a folder go: to a project, to one that is to be created for a folder, or nowhere. */
export type Destination = { readonly project: Target } | { readonly create: string } | null;

/** Finds the projects of folders, each once. */
export interface Targets {
  of(cwd: string): Promise<Destination>;
  /** Creates the project of a folder. @throws CliError */
  create(root: string): Promise<Target>;
}

/** @param only id or path of the only project to import into; null: all */
export async function createTargets(api: Api, only: string | null): Promise<Targets> {
  const known = new Map<string, Destination>();
  const wanted = only === null ? null : await find(only.startsWith('prj_') ? { id: only } : pathOf(only));
  if (only !== null && wanted === null) throw noProject(`There is no project ${only}.`);

  async function find(by: { readonly id: string } | { readonly path: string }): Promise<Target | null> {
    const { project } = await api.run(ProjectOfFolder, { by });
    return project && !project.deletedAt ? { ...project, capture: project.capture ?? 'MESSAGES' } : null;
  }

  async function search(cwd: string): Promise<Destination> {
    const { folders, root } = projectFoldersOf(cwd);
    for (const path of folders) {
      const project = await find({ path });
      if (project) return wanted === null || wanted.id === project.id ? { project } : null;
    }
    return root === null || wanted !== null ? null : { create: root };
  }

  return {
    async of(cwd) {
      const found = known.get(cwd) ?? (await search(cwd));
      known.set(cwd, found);
      return found;
    },
    async create(root) {
      const input = { name: projectNameOf(root), path: root };
      const { project } = payloadOf((await api.run(CreateProjectForImport, { input })).createProject);
      known.clear();
      return { ...project, capture: project.capture ?? 'MESSAGES' };
    },
  };
}

function pathOf(path: string): { readonly path: string } {
  const whole = requireUtf8('The path', resolve(path));
  if (whole !== '') return { path: whole };
  throw new CliError(EXIT.usage, '--project is empty.', 'Give the id or the path of a project.');
}
