import type { Migration } from '../../../src/domain/migration.js';
import { type Place, projectAt } from '../../../src/domain/place.js';
import type { Project } from '../../../src/domain/project.js';
import type { RecordBase } from '../../../src/domain/record.js';
import type { RepositoryFactory } from '../../../src/repositories/factory.js';
import { migrations, PROJECT_COLLECTIONS, projects } from '../../../src/storage/collections.js';
import type { Change, CollectionSpec, Store } from '../../../src/storage/store.js';

/** What the runner of migrations does, by hand. */

const AT = '2026-03-01T12:00:00.000Z';

function put<T extends RecordBase>(spec: CollectionSpec<T>, document: T): Change {
  return { kind: 'put', collection: spec.name, operation: 'UPDATE', document };
}

async function commit(catalog: Store, changes: readonly Change[]): Promise<void> {
  const context = { epoch: await catalog.epoch(), actor: 'migration', requestId: 'run', at: AT };
  await catalog.commit(changes, context);
}

async function getOne<T extends RecordBase>(catalog: Store, spec: CollectionSpec<T>, id: string): Promise<T> {
  const [found] = await catalog.collection(spec).get([id]);
  return found!;
}

/** Writes the migration's record as a checkpoint does. */
export async function checkpoint(catalog: Store, id: string, change: Partial<Migration>): Promise<Migration> {
  const before = await getOne(catalog, migrations, id);
  const after = { ...before, ...change, version: before.version + 1, updatedAt: AT };
  await commit(catalog, [put(migrations, after)]);
  return after;
}

/** Stops the writes to the project where it lives, as a cut-over does. */
export async function fence(factory: RepositoryFactory, project: Project): Promise<void> {
  const { store } = await factory.open(project);
  await store.setEpoch(project.epoch, project.epoch + 1);
}

/** Copies everything, once writes have been stopped, and flips the project. */
export async function flip(
  { catalog }: RepositoryFactory,
  project: Project,
  to: Place,
  { source, target }: { readonly source: Store; readonly target: Store },
): Promise<Project> {
  const documents: { readonly collection: string; readonly document: RecordBase }[] = [];
  for (const spec of PROJECT_COLLECTIONS as readonly CollectionSpec<RecordBase>[]) {
    for (const document of await source.scan(spec, null, 10_000)) documents.push({ collection: spec.name, document });
  }
  const entries = await source.log.read(0, 10_000);
  const epoch = await target.epoch();
  await target.import({ documents, entries, removed: [] }, epoch);
  await target.setEpoch(epoch, project.epoch + 2);
  const before = await getOne(catalog.store, projects, project.id);
  const moved = { ...projectAt(before, to), epoch: project.epoch + 2, version: before.version + 1 };
  await commit(catalog.store, [put(projects, moved)]);
  return moved;
}
