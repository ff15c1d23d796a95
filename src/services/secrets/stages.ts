import type { Author } from '../../domain/author.js';
import type { RecordBase } from '../../domain/record.js';
import type { RepositoryFactory } from '../../repositories/factory.js';
import { writeManifest } from '../../repositories/open-entry.js';
import type { Repositories } from '../../repositories/project-repositories.js';
import { PROJECT_COLLECTIONS, projects } from '../../storage/collections.js';
import type { CollectionSpec } from '../../storage/store.js';
import { requireNoMigration } from '../migrations/active.js';
import type { Router } from '../records/store-router.js';
import type { Transact } from '../records/transaction.js';
import type { Progress } from './progress.js';
import { searchEntries, searchLog } from './search-log.js';
import { type RecordsPage, searchRecords } from './search-records.js';

/** A part of a scan that is done page by page. */
export interface Stage {
  readonly name: string;
  /** Does the page after a place in the stage, null being its start. @returns the place to continue at; null when it is done */
  page(after: string | null): Promise<string | null>;
}

/** What a scan works on. */
export interface ScanScope {
  readonly factory: RepositoryFactory;
  readonly router: Router;
  readonly transact: Transact;
  readonly author: Author;
  readonly projectId: string;
  readonly redact: boolean;
  readonly progress: Progress;
}

/** How many records or entries are held at a time. */
const PAGE = 50;

/**
 * The stages of a scan, in their order: records before logs, so that what a redacted record was is in the log when that is
 * searched.
 */
export function stagesOf(scope: ScanScope): readonly Stage[] {
  return [
    projectStage(scope),
    projectLogStage(scope),
    ...(PROJECT_COLLECTIONS as readonly CollectionSpec<RecordBase>[]).map((spec) => recordsStage(scope, spec)),
    logStage(scope),
  ];
}

/** @throws MigrationStateError: a copy in the other place would keep what is redacted here, and differ from it */
export function requireUnmoved({ factory, projectId }: Pick<ScanScope, 'factory' | 'projectId'>): Promise<void> {
  return requireNoMigration(factory.catalog.store, projectId, 'redacted');
}

function projectStage(scope: ScanScope): Stage {
  const { factory, router, projectId } = scope;
  return {
    name: 'project',
    async page() {
      const { project } = await factory.of(projectId);
      await searchRecords(
        pageOf(scope, () => router.toRecord(projectId)),
        projects,
        [project],
      );
      return null;
    },
  };
}

/** What the project's record was, in the catalog's log; and in the copies of it that the project's store has. */
function projectLogStage(scope: ScanScope): Stage {
  const { factory, projectId, progress, redact } = scope;
  return {
    name: 'projectLog',
    async page(after) {
      const { store: catalog } = factory.catalog;
      const from = after === null ? null : Number(after);
      const query = { recordId: projectId, direction: 'ASC', after: from, limit: PAGE } as const;
      const { items, hasMore } = await catalog.log.list(query);
      const entries = items.map(({ entry }) => entry);
      const images = await searchEntries(progress, catalog, entries);
      if (redact && (images.length > 0 || entries.some(({ isErased }) => isErased))) {
        await requireUnmoved(scope);
        progress.counts.entriesRedacted += await catalog.rewriteImages(images, await catalog.epoch());
        await rewriteCopies(await factory.of(projectId));
      }
      return hasMore ? String(entries.at(-1)!.seq) : null;
    },
  };
}

async function rewriteCopies({ project, store }: Repositories): Promise<void> {
  await writeManifest(store, project, { evenIfOlder: true });
  await store.rewriteImages([project], project.epoch);
}

function recordsStage<T extends RecordBase>(scope: ScanScope, spec: CollectionSpec<T>): Stage {
  const { factory, router, projectId } = scope;
  return {
    name: spec.name,
    async page(after) {
      const { store } = await factory.of(projectId);
      const records = await store.scan(spec, after, PAGE);
      await searchRecords(
        pageOf(scope, () => router.toProject(projectId)),
        spec,
        records,
      );
      return records.length < PAGE ? null : records.at(-1)!.id;
    },
  };
}

const pageOf = (scope: ScanScope, findRoute: RecordsPage['findRoute']): RecordsPage => ({
  ...scope,
  findRoute,
  requireUnmoved: () => requireUnmoved(scope),
});

function logStage(scope: ScanScope): Stage {
  const { factory, projectId, progress, redact } = scope;
  return {
    name: 'log',
    async page(after) {
      const { project, store } = await factory.of(projectId);
      const { images, next } = await searchLog(progress, store, Number(after ?? 0), PAGE);
      if (redact && images.length > 0) {
        await requireUnmoved(scope);
        progress.counts.entriesRedacted += await store.rewriteImages(images, project.epoch);
      }
      return next === null ? null : String(next);
    },
  };
}
