import { manifestOf, type Project } from '../domain/project.js';
import type { OpenProject } from '../modes/contract.js';
import type { Store } from '../storage/store.js';
import type { JsonObject } from '../util/json/json.js';

/** Which version of a project's record an open store's manifest was last brought up to. */
export interface ManifestState {
  readonly of: { readonly version: number; readonly updatedAt: string };
  /** Resolves when the manifest is written, or couldn't be. */
  readonly written: Promise<void>;
}

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

/** Brings the manifest of a store up to its project's record once the store is open. */
export function refreshManifest(opened: Promise<OpenProject>, project: Project): ManifestState {
  // A manifest that can't be written (a read-only directory) must not prevent reading; the next opening tries again.
  const written = opened.then(({ store }) => writeManifest(store, project)).catch(() => undefined);
  const { version, updatedAt } = project;
  return { of: { version, updatedAt }, written };
}

/**
 * Whether a project's record is newer than one that was read before, or a copy of it. Times count too: a catalog restored to
 * an older state assigns the versions that it lost a second time.
 */
export function isNewer(project: Project, { version, updatedAt }: JsonObject): boolean {
  return project.version > Number(version) || project.updatedAt > String(updatedAt);
}
