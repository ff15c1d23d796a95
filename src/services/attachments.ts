import type { z } from 'zod';
import { type Author, withoutPrincipal } from '../domain/author.js';
import { AlreadyExistsError, NotFoundError, StorageModeUnavailableError, StoreError } from '../domain/errors.js';
import { parseInput } from '../domain/fields/parse.js';
import { parseId } from '../domain/id.js';
import { withoutPlace } from '../domain/place.js';
import type { Project, StorageMode } from '../domain/project.js';
import { latest } from '../domain/record.js';
import type { StorageControl, StoredProject, Unavailable } from '../modes/contract.js';
import type { RepositoryFactory } from '../repositories/factory.js';
import { writeManifest } from '../repositories/open-entry.js';
import { withMarkers } from '../screening/screen-record.js';
import { projects } from '../storage/collections.js';
import { projectCopy } from './input/project.js';
import { attachment, type NewAttachment } from './input/storage.js';
import { findByValues } from './records/queries.js';
import type { Rules } from './records/rules/contract.js';
import type { Router } from './records/store-router.js';
import { put, type Transact } from './records/transaction.js';

/** Adopts projects that exist in a store but not in this catalog: from another machine, or from a catalog that was lost. */
export interface AttachmentService {
  /** Projects that exist where a mode keeps them and aren't in the catalog, by name. @throws StorageModeUnavailableError, StoreError */
  list(mode: StorageMode): Promise<readonly AttachableProject[]>;
  /**
   * Takes a project into the catalog with everything in it, by the copy of its record that its store keeps.
   * @throws NotFoundError when no such project exists there
   * @throws AlreadyExistsError when the catalog has it or its key already, or its path is taken
   * @throws StoreError when the copy can't be read, a move is in progress there, or the store can't be opened: then the
   * catalog has nothing of it
   */
  attach(author: Author, input: NewAttachment): Promise<Project>;
}

/** A project that exists in a store and isn't in the catalog. */
export interface AttachableProject {
  readonly projectId: string;
  readonly mode: StorageMode;
  /** The store's copy of its record; null when that can't be read. */
  readonly manifest: Manifest | null;
  /** Why it can't be attached; null when it can. */
  readonly obstacle: Unavailable | null;
}

/** The copy of a project's record that its store keeps: what attaching uses of it. */
export type Manifest = z.output<typeof projectCopy>;

export function createAttachmentService(
  parts: { readonly control: StorageControl },
  projectRules: Rules<Project>,
  factory: RepositoryFactory,
  router: Router,
  transact: Transact,
): AttachmentService {
  const { catalog } = factory;

  async function storedIn(mode: StorageMode): Promise<readonly StoredProject[]> {
    const { unavailable } = parts.control.describe(mode);
    if (!unavailable) return parts.control.stored(mode);
    throw new StorageModeUnavailableError(
      `The storage mode ${mode} isn't available: ${unavailable.why}`,
      unavailable.hint,
    );
  }

  async function describe(mode: StorageMode, stored: StoredProject): Promise<AttachableProject> {
    const { projectId, epoch } = stored;
    const manifest = readManifest(stored);
    const holder = manifest && (await catalog.projects.findByKey(manifest.key));
    const obstacle = !manifest
      ? unreadable(stored)
      : holder
        ? {
            why: `${holder.id} has the same key.`,
            hint: `Attach it to another server: ids in the two can't be told apart.`,
          }
        : epoch < 0
          ? moving(projectId)
          : null;
    return { projectId, mode, manifest, obstacle };
  }

  return {
    async list(mode) {
      const stored = await storedIn(mode);
      const known = await catalog.projects.get(stored.map(({ projectId }) => projectId));
      const unknown = stored.filter((_, index) => !known[index]);
      const described = await Promise.all(unknown.map((each) => describe(mode, each)));
      const nameOf = ({ manifest }: AttachableProject) => manifest?.name ?? '';
      return described.sort((a, b) => nameOf(a).localeCompare(nameOf(b)) || (a.projectId < b.projectId ? -1 : 1));
    },

    async attach(author, input) {
      const { mode, projectId, path = null } = parseInput(attachment, input);
      const stored = (await storedIn(mode)).find((each) => each.projectId === projectId);
      if (!stored) throw notStored(mode, projectId);
      const manifest = readManifest(stored);
      if (!manifest) throw stored.fault ?? toError('STORE_DAMAGED', unreadable(stored));
      if (stored.epoch < 0) throw toError('STORE_UNAVAILABLE', moving(projectId));

      const project = await transact(
        withoutPrincipal(author),
        () => router.toCatalog(manifest.key),
        async (route, at) => {
          const holder = await catalog.projects.findByKey(manifest.key);
          if (holder) throw known(projectId, holder);
          const named = await findByValues(route.store, projects, 'externalId', names(manifest), 'INCLUDE');
          const after: Project = {
            ...manifest,
            version: 1,
            updatedAt: latest(at, manifest.createdAt, manifest.updatedAt),
            deletedAt: null,
            // A client's own name is worth less than the project: one that is already in use here is dropped.
            externalId: named.size > 0 ? null : manifest.externalId,
            path,
            storageMode: mode,
            // It was found where this server keeps projects, wherever that was for the one that created it.
            settings: withoutPlace(manifest.settings),
            epoch: stored.epoch,
          };
          // Nothing is redacted that is there already; what was keeps its count.
          const counted = withMarkers(projects.name, after);
          const draft = { operation: 'CREATE', before: null, after: counted, field: '' } as const;
          const { documents, also } = await projectRules.apply(route, [draft], at);
          const result = documents[0]!;
          // One that can't be opened would be of no use in the catalog, and couldn't be attached again once it is repaired.
          await factory.open(result);
          return { changes: [...also, put(projects, 'CREATE', result)], result };
        },
      );
      // It is attached: a copy that can't be written now is written when the project changes.
      await factory
        .open(project)
        .then(({ store }) => writeManifest(store, project, { evenIfOlder: true }))
        .catch(() => undefined);
      return project;
    },
  };
}

/** The store's copy of its project's record; null when it can't be read, or is of another project. */
function readManifest({ projectId, manifest }: StoredProject): Manifest | null {
  const parsed = projectCopy.safeParse(manifest);
  if (!parsed.success || parsed.data.id !== projectId) return null;
  return parsed.data.key === parseId(projectId)?.projectKey ? parsed.data : null;
}

function names({ externalId }: Manifest): string[] {
  return externalId === null ? [] : [externalId];
}

function unreadable({ projectId, fault }: StoredProject): Unavailable {
  if (fault) return { why: fault.message, hint: fault.hint };
  return {
    why: `The store of ${projectId} has no copy of its project's record that can be read.`,
    hint: 'Open the project once on the server whose catalog has it: that writes the copy again. Or restore the store from a backup.',
  };
}

function moving(projectId: string): Unavailable {
  return {
    why: `A move of ${projectId} into this store is in progress, or was interrupted.`,
    hint: 'Let the server that moves it finish. If none does, the project is complete where it was before.',
  };
}

function toError(code: 'STORE_DAMAGED' | 'STORE_UNAVAILABLE', { why, hint }: Unavailable): StoreError {
  return new StoreError(code, why, hint);
}

function notStored(mode: StorageMode, projectId: string): NotFoundError {
  return new NotFoundError(
    projectId,
    `No project ${projectId} exists where ${mode} keeps its projects.`,
    'Query `attachableProjects` for what exists there, and `storageConfig` for where that is.',
  );
}

function known(projectId: string, holder: Project): AlreadyExistsError {
  const isItself = holder.id === projectId;
  return new AlreadyExistsError(
    isItself ? `The catalog has the project ${projectId} already.` : `${holder.id} has the same key as ${projectId}.`,
    isItself && holder.deletedAt
      ? 'It is deleted: restore it.'
      : isItself
        ? 'Work with it as it is.'
        : "Attach it to another server: ids in the two can't be told apart.",
    holder.id,
    isItself ? ['id'] : ['key'],
    holder.deletedAt !== null,
  );
}
