import { manifestOf, type Project } from '../domain/project.js';
import type { Store } from '../storage/store.js';
import type { JsonObject } from '../util/json.js';

/**
 * Writes the store's copy of its project's record, unless that is as new already.
 * @param evenIfOlder for a project that was attached: its versions start again
 * @throws StoreError
 */
export async function writeManifest(store: Store, project: Project, { evenIfOlder = false } = {}): Promise<void> {
  const manifest = evenIfOlder ? null : await store.manifest();
  if (manifest && manifest.id === project.id && !isNewer(project, manifest)) return;
  await store.writeManifest(manifestOf(project));
}

/**
 * Whether a project's record is newer than one that was read before, or a copy of it. By its time as well: a catalog that was
 * put back to an older state gives the versions that it lost once more.
 */
export function isNewer(project: Project, { version, updatedAt }: JsonObject): boolean {
  return project.version > Number(version) || project.updatedAt > String(updatedAt);
}
