import { AlreadyExistsError, InvalidInputError } from '../../domain/errors.js';
import type { Json } from '../../domain/json.js';
import { PLACE_SETTING, placeFault, placeKey, placeOf, projectAt } from '../../domain/place.js';
import type { Project } from '../../domain/project.js';
import { projects } from '../../storage/collections.js';
import { findByValues } from '../reads.js';
import { comesAlive, type Draft, type Rules } from './rules.js';

/** A path is unique among live projects; where a project lives changes by a move alone. */
export const projectRules: Rules<Project> = {
  kind: 'project',
  spec: projects,
  async settle({ store }, drafts) {
    const documents: Project[] = [];
    for (const draft of drafts) {
      const { before, after } = draft;
      const { path } = after;
      if (path !== null && !after.deletedAt && (comesAlive(draft) || path !== before?.path)) {
        const holder = (await findByValues(store, projects, 'path', [path], 'EXCLUDE')).get(path);
        if (holder && holder.id !== after.id) throw pathTaken(holder);
      }
      documents.push(before ? inPlace(before, draft) : checkPlace(after));
    }
    return { documents, also: [] };
  },
};

function checkPlace(project: Project): Project {
  const fault = placeFault(project);
  if (!fault) return project;
  const hint = project.storageMode === 'FILE' ? WHOLE_PATH : DATABASE_NAME;
  throw new InvalidInputError(`settings.${fault.name} ${fault.why}.`, hint, `settings.${fault.name}`);
}

const WHOLE_PATH =
  "Give the whole path of a folder, from the server's root; or leave it out: then the files lie with those of the other projects.";
const DATABASE_NAME =
  'Give up to 63 letters, digits, _ and -; or leave it out: then it lies in the database of the other projects.';

/** What was written, with the place as it was: an update that changes it is refused, going back to a version keeps it. */
function inPlace(before: Project, { operation, after }: Draft<Project>): Project {
  const { key, epoch, storageMode } = before;
  const place = placeOf(before);
  const there = { ...after, key, epoch, storageMode };
  const isSame = placeKey(placeOf(there)) === placeKey(place) && !placeFault(there);
  if (operation === 'UPDATE' && after.storageMode !== storageMode) throw cantMove('storageMode', storageMode);
  if (operation === 'UPDATE' && !isSame) throw cantMove(`settings.${PLACE_SETTING[storageMode]}`, place.location);
  return isSame ? there : projectAt(there, place);
}

function cantMove(field: string, now: Json): InvalidInputError {
  return new InvalidInputError(
    `${field} can't be changed by an update: it says where the project's data lies.`,
    `A project is moved by \`startMigration\`, not by an update. Leave it as it is: ${JSON.stringify(now)}.`,
    field,
  );
}

function pathTaken(holder: Project): AlreadyExistsError {
  return new AlreadyExistsError(
    `The path belongs to the project ${holder.id}.`,
    'Work with that project, or give one of the two another path first.',
    holder.id,
    ['path'],
    false,
  );
}
