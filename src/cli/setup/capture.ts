import { projectFoldersOf, projectNameOf } from '../../util/project-folders.js';
import { type Api, createApi } from '../api.js';
import { payloadOf } from '../exit.js';
import { graphql } from '../gql/gql.js';
import type { Capture } from '../gql/graphql.js';
import { reachAgentsServer } from '../server.js';
import { plainTexts } from '../text.js';
import type { Decided } from './journal.js';

const FindCapture = graphql(`
  query FindCapture($by: ProjectBy!) {
    project(by: $by) { id name capture version deletedAt }
  }
`);

const SetCapture = graphql(`
  mutation SetCapture($input: UpdateProjectInput!) {
    updateProject(input: $input) {
      ... on UpdateProjectPayload { project { id } }
      ... on Error { code message hint }
    }
  }
`);

const CreateCaptured = graphql(`
  mutation CreateCaptured($input: CreateProjectInput!) {
    createProject(input: $input) {
      ... on CreateProjectPayload { project { id } }
      ... on Error { code message hint }
    }
  }
`);

/** What is captured of the project in whose folder the command runs, as it is decided on the server of the user's agents. */
export interface ProjectCapture {
  /** Null when there is no project yet. */
  readonly name: string | null;
  /** The folder of the project that would be created; null: none is created for the folder, such as a home directory. */
  readonly root: string | null;
  /** Null when it isn't decided. */
  readonly capture: Capture | null;
  /** Decides it, for a project that is created if there is none. */
  decide(capture: Decided['after']): Promise<Decided>;
  /** Takes a decision back, unless somebody decided otherwise since. @returns whether it did */
  takeBack(decided: Decided): Promise<boolean>;
  close(): Promise<void>;
}

/** @param url - of the server, as given on the command line */
export async function openProjectCapture(url: string | null): Promise<ProjectCapture> {
  const { folders, root } = projectFoldersOf(process.cwd());
  const server = await reachAgentsServer(url);
  try {
    const api = createApi(server, { read: plainTexts });
    const project = await findIn(api, folders);
    return {
      name: project?.name ?? null,
      root,
      capture: project?.capture ?? null,
      async decide(capture) {
        const projectId = project ? await set(api, project, capture) : await create(api, root!, capture);
        return { projectId, before: project?.capture ?? null, after: capture };
      },
      async takeBack({ projectId, before, after }) {
        const { project: now } = await api.run(FindCapture, { by: { id: projectId } });
        if (!now || now.deletedAt || now.capture !== after) return false;
        await set(api, now, before);
        return true;
      },
      close: server.close,
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

interface Versioned {
  readonly id: string;
  readonly version: number;
}

/** The project of the nearest folder that is one's. */
async function findIn(api: Api, folders: readonly string[]) {
  const found = await Promise.all(folders.map((path) => api.run(FindCapture, { by: { path } })));
  return found.map(({ project }) => project).find((project) => project && !project.deletedAt) ?? null;
}

async function set(api: Api, { id, version }: Versioned, capture: Capture | null): Promise<string> {
  return payloadOf((await api.run(SetCapture, { input: { id, version, capture } })).updateProject).project.id;
}

async function create(api: Api, path: string, capture: Capture): Promise<string> {
  const input = { name: projectNameOf(path), path, capture };
  return payloadOf((await api.run(CreateCaptured, { input })).createProject).project.id;
}
