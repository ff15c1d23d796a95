import { AlreadyExistsError } from '../../domain/errors.js';
import type { Project } from '../../domain/project.js';
import { projects } from '../../storage/collections.js';
import { findByValues } from '../reads.js';
import { comesAlive, type Rules } from './rules.js';

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
      documents.push(
        before ? { ...after, key: before.key, epoch: before.epoch, storageMode: before.storageMode } : after,
      );
    }
    return { documents, also: [] };
  },
};

function pathTaken(path: string, holder: Project): AlreadyExistsError {
  return new AlreadyExistsError(
    `The path ${path} belongs to the project "${holder.name}" (${holder.id}).`,
    'Work with that project, or give one of the two another path first.',
    holder.id,
    ['path'],
  );
}
