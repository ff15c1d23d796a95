import type { FileSettings } from '../../domain/storage-settings.js';
import type { StorageHealth } from '../health.js';
import { toFileError } from './errors.js';
import type { FolderInspector } from './inspector.js';
import { probe } from './projects.js';

/** The health of the folder of all projects. */
export async function fileHealth(
  { path }: FileSettings,
  collections: readonly string[],
  inspector: Pick<FolderInspector, 'exists' | 'counts'>,
): Promise<StorageHealth> {
  const start = performance.now();
  const base = {
    mode: 'FILE',
    place: path,
    indexes: { present: [], missing: [] },
    pool: null,
    lastError: null,
  } as const;
  try {
    const isThere = await inspector.exists(path, path);
    const latencyMs = performance.now() - start;
    const found = await inspector.counts(path, collections);
    if (isThere) await probe(path);
    const problems = [...new Set(found.flatMap((each) => each.problems))];
    const counts = collections.map((name, index) => ({
      name,
      count: found.reduce((sum, each) => sum + each.counts[index]!, 0),
    }));
    return { ...base, ok: problems.length === 0, isReachable: true, latencyMs, collections: counts, problems };
  } catch (error) {
    const isReachable = await inspector.exists(path, path).catch(() => false);
    const problems = [toFileError(error, path).message];
    return { ...base, ok: false, isReachable, latencyMs: null, collections: [], problems };
  }
}
