import { ancestorsOf, mayBeProject, projectFoldersOf, projectNameOf, realFolder } from '../../util/project-folders.js';
import { plainLine } from '../../util/text/plain.js';
import { AskError, payloadOf } from '../ask.js';
import type { Call, CreatedProject, ProjectName } from '../calls/call.js';
import { graphql } from '../gql/gql.js';
import { dotted } from '../text/answer.js';

const FindProject = graphql(`
  query FindProject($by: ProjectBy!) {
    project(by: $by) { id name deletedAt }
  }
`);

const ListProjects = graphql(`
  query ListProjects($filter: ProjectFilter, $first: Int!) {
    projects(filter: $filter, first: $first, orderBy: { field: UPDATED_AT }) { totalCount nodes { id name path } }
  }
`);

const CreateProject = graphql(`
  mutation CreateProject($input: CreateProjectInput!) {
    createProject(input: $input) {
      __typename
      ... on CreateProjectPayload { project { id name } }
      ... on Error { code message hint }
    }
  }
`);

type Ask = Pick<Call, 'ask'>;

/** Where a connection stands: which project its tools work in when they name none. */
export interface Place {
  /** Id or path of a project, or a folder in it; null when the client said nothing. */
  readonly named: string | null;
  /** Whether the folder is on this machine: then its Git checkout counts, too. */
  readonly isLocal: boolean;
  /** Whether to create a project for the folder when there is none. */
  readonly mayCreate: boolean;
  /** Says which other server of the user has the project; null when none has. Left out: there is no other. */
  readonly whereElse?: () => Promise<string | null>;
}

/** The project of the connection. @throws AskError when there is none */
export async function projectOfPlace(place: Place, call: Ask): Promise<ProjectName> {
  const { named } = place;
  if (named === null) throw await noProject('This connection has no project.', call);
  if (isId(named)) return projectOfId(named, call);
  if (!place.isLocal && !isPath(named)) return projectNamed(named, place, call);
  const found = await findAround(place, named, call);
  if (found) return found;
  const root = rootOf(place, named);
  if (place.mayCreate && mayBeProject(root)) {
    return createAt(place, null, call).catch(async (error: unknown) => {
      // Another agent was faster.
      const made =
        error instanceof AskError && error.code === 'ALREADY_EXISTS' && (await findAround(place, named, call));
      if (made) return made;
      throw error;
    });
  }
  const other = await place.whereElse?.();
  const not = place.mayCreate ? ' None is created for it: it is not a folder that a single project has.' : '';
  const error = await noProject(`No project has the folder ${plainLine(named)}, or one around it.${not}`, call);
  throw other ? new AskError(error.code, `${error.message} ${other}`, error.hint) : error;
}

/** The project of a folder, or of one around it; null when there is none. */
async function findAround({ isLocal }: Place, named: string, call: Ask): Promise<ProjectName | null> {
  for (const path of isLocal ? projectFoldersOf(named).folders : ancestorsOf(named)) {
    const found = await find({ path }, call);
    if (found) return found;
  }
  return null;
}

/** The project that a tool's argument names, by id, path or name. @throws AskError */
export async function projectNamed(named: string, place: Place, call: Ask): Promise<ProjectName> {
  if (isId(named)) return projectOfId(named, call);
  if (isPath(named)) return projectOfPlace({ named, isLocal: place.isLocal, mayCreate: false }, call);
  const { projects } = await call.ask(ListProjects, { filter: { text: named }, first: 50 });
  const same = projects.nodes.flatMap((each) => (each && fold(each.name) === fold(named) ? [each] : []));
  const [only] = same;
  if (only && same.length === 1) return only;
  const known = `projects named ${JSON.stringify(plainLine(named).slice(0, 100))}`;
  throw await noProject(same.length === 0 ? `There are no ${known}.` : `There are ${same.length} ${known}.`, call);
}

/**
 * Creates a project where the connection stands: at the root of the checkout when it is on this machine.
 * @param name null: the folder's
 * @throws AskError
 */
export async function createAt(place: Place, name: string | null, { ask }: Ask): Promise<CreatedProject> {
  const { named } = place;
  const root = named === null || isId(named) || !isPath(named) ? null : rootOf(place, named);
  const path = root !== null && place.isLocal && !mayBeProject(root) ? null : root;
  const input = { name: name ?? (projectNameOf(path ?? '') || 'Project'), path };
  const { createProject } = await ask(CreateProject, { input });
  return { ...payloadOf(createProject).project, hasFolder: path !== null };
}

async function projectOfId(id: string, call: Ask): Promise<ProjectName> {
  const found = await find({ id }, call);
  if (found) return found;
  throw await noProject(`There is no project ${id.slice(0, 100)}.`, call);
}

async function find(
  by: { readonly id: string } | { readonly path: string },
  { ask }: Ask,
): Promise<ProjectName | null> {
  const { project } = await ask(FindProject, { by });
  return project?.deletedAt === null ? { id: project.id, name: project.name } : null;
}

function rootOf({ isLocal }: Place, named: string): string {
  return isLocal ? (projectFoldersOf(named).root ?? realFolder(named)) : named;
}

function isPath(named: string): boolean {
  return /^(\/|[a-z]:[\\/]|~)/i.test(named);
}

function isId(named: string): boolean {
  return named.startsWith('prj_');
}

function fold(name: string): string {
  return name.trim().toLowerCase();
}

/** Projects named in the error. */
const SHOWN = 8;

async function noProject(message: string, { ask }: Ask): Promise<AskError> {
  const { projects } = await ask(ListProjects, { filter: null, first: SHOWN });
  const known = projects.nodes.flatMap((each) =>
    each ? [dotted(each.id, plainLine(each.name), each.path && plainLine(each.path))] : [],
  );
  const create = 'create one with the tool project and its argument create';
  const hint =
    known.length === 0
      ? `There are no projects yet: ask the user, then ${create}.`
      : `Ask the user, then ${create}. If the work belongs to one of these, pass it as project instead:\n${known.join('\n')}${projects.totalCount > SHOWN ? `\n… of ${projects.totalCount}` : ''}`;
  return new AskError('NO_PROJECT', message, hint);
}
