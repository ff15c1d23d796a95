import { manifestOf, type Project } from '../domain/project.js';
import type { Store } from '../storage/store.js';

/**
 * Writes the store's copy of its project's record, unless that is as new already.
 * @param evenIfOlder for a project that was attached: its versions start again
 * @throws StoreError
 */
export async function writeManifest(store: Store, project: Project, { evenIfOlder = false } = {}): Promise<void> {
  const manifest = evenIfOlder ? null : await store.manifest();
  if (manifest && manifest.id === project.id && Number(manifest.version) >= project.version) return;
  await store.writeManifest(manifestOf(project));
}
