import { AlreadyExistsError, InvalidInputError } from '../../../domain/errors.js';
import { PLACE_SETTING, placeFault, placeKey, placeOf, projectAt } from '../../../domain/place.js';
import type { Project } from '../../../domain/project.js';
import type { CatalogRepositories } from '../../../repositories/catalog.js';
import { projects } from '../../../storage/collections.js';
import type { Json } from '../../../util/json/json.js';
import { comesAlive, type RecordDraft, type Rules } from './contract.js';

/** A folder is the working directory of one live project; only a move changes where a project lives. */
export function createProjectRules({ projects: known }: Pick<CatalogRepositories, 'projects'>): Rules<Project> {
  /** With the key of its path, unless another project has had that path since before path keys. @throws AlreadyExistsError */
  async function withPathKey(draft: RecordDraft<Project>): Promise<Project> {
    const { before } = draft;
    const { pathKey: _, ...after } = draft.after;
    const pathKey = after.path === null ? null : known.pathKey(after.path);
    if (after.path === null || pathKey === null) return after;
    const holders = after.deletedAt ? [] : await known.listByPath(after.path);
    const holder = holders.find(({ id }) => id !== after.id);
    if (!holder) return { ...after, pathKey };
    const isNew = comesAlive(draft) || before?.path == null || known.pathKey(before.path) !== pathKey;
    if (isNew) throw pathTaken(holder);
    return after;
  }

  return {
    kind: 'project',
    spec: projects,
    async apply(_route, drafts) {
      const documents: Project[] = [];
      for (const draft of drafts) {
        const after = await withPathKey(draft);
        documents.push(draft.before ? inPlace(draft.before, { ...draft, after }) : checkPlace(after));
      }
      return { documents, also: [] };
    },
  };
}

function checkPlace(project: Project): Project {
  const fault = placeFault(project);
  if (!fault) return project;
  const hint = project.storageMode === 'FILE' ? WHOLE_PATH : DATABASE_NAME;
  throw new InvalidInputError(`settings.${fault.name} ${fault.why}.`, hint, `settings.${fault.name}`);
}

const WHOLE_PATH =
  'Give the absolute path of a folder on the server; or leave it out: then the files are kept with those of the other projects.';
const DATABASE_NAME =
  'Give up to 63 letters, digits, _ and -; or leave it out: then it is kept in the database of the other projects.';

/** The project with its place unchanged: an update that changes it is refused, a reversion keeps it, and its owner. */
function inPlace(before: Project, { operation, after }: RecordDraft<Project>): Project {
  const { key, epoch, storageMode } = before;
  const place = placeOf(before);
  const own = operation === 'REVERT' ? ownedAs(before, after) : after;
  const there = { ...own, key, epoch, storageMode };
  const isSame = placeKey(placeOf(there)) === placeKey(place) && !placeFault(there);
  if (operation === 'UPDATE' && after.storageMode !== storageMode) throw cantMove('storageMode', storageMode);
  if (operation === 'UPDATE' && !isSame) throw cantMove(`settings.${PLACE_SETTING[storageMode]}`, place.location);
  return isSame ? there : projectAt(there, place);
}

/** The project with the owner of another version of it. */
function ownedAs({ ownerId }: Project, { ownerId: _, ...project }: Project): Project {
  return ownerId === undefined ? project : { ...project, ownerId };
}

function cantMove(field: string, now: Json): InvalidInputError {
  return new InvalidInputError(
    `${field} can't be changed by an update: it says where the project's data is.`,
    `A project is moved by \`startMigration\`, not by an update. Leave it as it is: ${JSON.stringify(now)}.`,
    field,
  );
}

function pathTaken(holder: Project): AlreadyExistsError {
  return new AlreadyExistsError(
    `The path's folder belongs to the project ${holder.id}.`,
    'Work with that project, or give one of the two another path first.',
    holder.id,
    ['path'],
    false,
  );
}
