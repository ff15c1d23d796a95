import { isAbsolute } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { AlreadyExistsError, InvalidInputError } from '../../domain/errors.js';
import type { Json } from '../../domain/json.js';
import type { Project } from '../../domain/project.js';
import { projects } from '../../storage/collections.js';
import { findByValues } from '../reads.js';
import { comesAlive, type Draft, type Rules } from './rules.js';

/** Says in the settings of a `FILE` project where its files lie, when that isn't where those of all others do. */
const OWN_PLACE = 'fileStorePath';

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
        if (holder && holder.id !== after.id) throw pathTaken(path, holder);
      }
      documents.push(before ? inPlace(before, draft) : checkPlace(after));
    }
    return { documents, also: [] };
  },
};

/** The folder that a project of plain files has of its own; null when it lies where its mode's settings say. */
export function ownPlace({ storageMode, settings }: Project): Json | null {
  return storageMode === 'FILE' ? (settings[OWN_PLACE] ?? null) : null;
}

/** The settings of a project without the place that they name. */
export function withoutOwnPlace({ [OWN_PLACE]: _place, ...settings }: Project['settings']): Project['settings'] {
  return settings;
}

function checkPlace(project: Project): Project {
  const place = ownPlace(project);
  if (place === null || (typeof place === 'string' && isAbsolute(place))) return project;
  throw new InvalidInputError(
    `settings.${OWN_PLACE} isn't an absolute path.`,
    "Give the whole path of a folder, from the server's root; or leave it out: then the files lie with those of the other projects.",
    `settings.${OWN_PLACE}`,
  );
}

/** What was written, with the place as it was: an update that changes it is refused, going back to a version keeps it. */
function inPlace(before: Project, { operation, after }: Draft<Project>): Project {
  const { key, epoch, storageMode } = before;
  const place = ownPlace(before);
  const isSame = isDeepStrictEqual(place, ownPlace({ ...after, storageMode }));
  if (operation === 'UPDATE' && after.storageMode !== storageMode) throw cantMove('storageMode', storageMode);
  if (operation === 'UPDATE' && !isSame) throw cantMove(`settings.${OWN_PLACE}`, place);
  const settings = isSame
    ? after.settings
    : { ...withoutOwnPlace(after.settings), ...(place === null ? {} : { [OWN_PLACE]: place }) };
  return { ...after, key, epoch, storageMode, settings };
}

function cantMove(field: string, now: Json): InvalidInputError {
  return new InvalidInputError(
    `${field} can't be changed by an update: it says where the project's data lies.`,
    `A project is moved by a migration, not by an update. Leave it as it is: ${JSON.stringify(now)}.`,
    field,
  );
}

function pathTaken(path: string, holder: Project): AlreadyExistsError {
  return new AlreadyExistsError(
    `The path ${path} belongs to the project "${holder.name}" (${holder.id}).`,
    'Work with that project, or give one of the two another path first.',
    holder.id,
    ['path'],
  );
}
