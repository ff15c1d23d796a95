import type { Author } from '../../domain/author.js';
import {
  InvalidInputError,
  MigrationStateError,
  NotFoundError,
  StorageModeUnavailableError,
} from '../../domain/errors.js';
import { parseInput } from '../../domain/fields/parse.js';
import { CATALOG_KEY, type IdGenerator } from '../../domain/id.js';
import type { Migration, MigrationFinding } from '../../domain/migration.js';
import { type Place, placeFault, placeKey, placeOf, projectAt } from '../../domain/place.js';
import type { Project } from '../../domain/project.js';
import { stampAfter } from '../../domain/record.js';
import { planMigration } from '../../migration/preflight/plan.js';
import type { StorageControl } from '../../modes/contract.js';
import type { RepositoryFactory } from '../../repositories/factory.js';
import { createRepository } from '../../repositories/repository.js';
import { migrationFindings, migrations, projects } from '../../storage/collections.js';
import type { Condition, Store } from '../../storage/store.js';
import type { ConfirmationTokens } from '../confirmation-tokens.js';
import {
  type MigrationDestination,
  migrationEstimate,
  migrationFinalization,
  migrationTarget,
  newMigration,
} from '../input/migration.js';
import { listAll } from '../records/queries.js';
import type { Router } from '../records/store-router.js';
import { check, put, type Transact } from '../records/transaction.js';
import { findActiveMigration, noMigration, placeName } from './active.js';
import * as commands from './commands.js';
import type { FindingFilter, MigrationFilter, MigrationPreflight, MigrationService } from './contract.js';
import { createMigrationProgress } from './progress.js';
import { requireMover } from './rights.js';

/** What moving projects needs in addition to the catalog. */
export interface MigrationServiceParts {
  readonly control: Pick<StorageControl, 'describe'>;
  readonly preflight: MigrationPreflight;
  readonly tokens: ConfirmationTokens<Pick<Migration, 'id' | 'phase'>>;
  readonly newId: IdGenerator;
  readonly now: () => number;
}

export function createMigrationService(
  { control, preflight, tokens, newId, now }: MigrationServiceParts,
  factory: RepositoryFactory,
  router: Router,
  transact: Transact,
): MigrationService {
  const catalog = factory.catalog.store;
  const all = createRepository(catalog, migrations, migrationConditions);
  const findings = createRepository<MigrationFinding, FindingFilter>(catalog, migrationFindings, isAll);
  const inCatalog = () => router.toCatalog(CATALOG_KEY);

  /** The project and the place to move it to. */
  async function plan(store: Store, { projectId, to: mode, location }: MigrationDestination) {
    const [project] = await store.collection(projects).get([projectId]);
    if (!project || project.deletedAt) throw noProject(projectId, project ?? null);
    const to: Place = { mode, location: location ?? null };
    requirePlace(project, to);
    const { unavailable } = control.describe(mode);
    if (unavailable) {
      throw new StorageModeUnavailableError(
        `The storage mode ${mode} isn't available: ${unavailable.why}`,
        unavailable.hint,
      );
    }
    return { project, to };
  }

  function applyCommand(author: Author, id: string, command: commands.Command): Promise<Migration> {
    return transact(author, inCatalog, async ({ store }, at) => {
      const [before] = await store.collection(migrations).get([id]);
      if (!before) throw noMigration(id);
      requireMover(author, before.projectId, () => noMigration(id));
      const change = command(before);
      if (change === null) return { changes: [], result: before };
      const result = { ...before, ...change, ...stampAfter(before, at) };
      return { changes: [put(migrations, 'UPDATE', result)], result };
    });
  }

  const methodOf = (command: commands.Command) => async (author: Author, input: unknown) =>
    applyCommand(author, parseInput(migrationTarget, input).id, command);

  return {
    async start(author, input) {
      const { projectId, to: mode, location, ...options } = parseInput(newMigration, input);
      requireMover(author, projectId, () => noProject(projectId, null));
      return transact(author, inCatalog, async ({ store }, at) => {
        const { project, to } = await plan(store, { projectId, to: mode, location });
        const active = await findActiveMigration(store, projectId);
        if (active) throw isMoving(active);
        const where = [{ field: 'projectId', is: projectId }];
        const earlier = await listAll(store, migrations, { where, deleted: 'INCLUDE', field: 'createdAt' });
        const lastToken = Math.max(0, ...earlier.map(({ runner }) => runner.token));
        const id = newId('migration', CATALOG_KEY);
        const result = planMigration({ project, to, options, id, at, lastToken });
        return { changes: [check(projects, project), put(migrations, 'CREATE', result)], result };
      });
    },
    pause: methodOf(commands.pause),
    resume: methodOf(commands.resume),
    cancel: methodOf(commands.cancel),
    cutOver: methodOf(commands.cutOver),
    rollBack: methodOf(commands.rollBack),
    verify: methodOf(commands.verify),
    async finalize(author, input) {
      const { id, token } = parseInput(migrationFinalization, input);
      return applyCommand(author, id, (migration) => {
        const change = commands.finalize(migration);
        tokens.verify(token, migration, now());
        return change;
      });
    },

    async find(id) {
      const [found] = await all.get([parseInput(migrationTarget, { id }).id]);
      return found ?? null;
    },
    activeOf: (projectId) => findActiveMigration(catalog, projectId),
    all,
    findings,

    async estimate(input) {
      const { project, to } = await plan(catalog, parseInput(migrationEstimate, input));
      const active = await findActiveMigration(catalog, project.id);
      if (active) throw isMoving(active);
      const { checks, estimate } = await preflight.run(project, to);
      return { checks, ...estimate };
    },
    finalization: (migration) =>
      commands.canFinalize(migration)
        ? { ...tokens.issue(migration, now()), consequence: describeRemoval(migration) }
        : null,

    ...createMigrationProgress(catalog, all),
  };
}

function migrationConditions({ projectId, projectIds, activeFor }: MigrationFilter): Condition[] {
  return [
    ...(projectId === undefined ? [] : [{ field: 'projectId', is: projectId }]),
    ...(projectIds === undefined ? [] : [{ field: 'projectId', in: projectIds }]),
    ...(activeFor === undefined ? [] : [{ field: 'activeFor', in: activeFor }]),
  ];
}

function isAll(filter: FindingFilter): Condition[] {
  return Object.entries(filter).map(([field, is]) => ({ field, is }));
}

/** @throws InvalidInputError when this isn't a valid place, or the project already lives there */
function requirePlace(project: Project, to: Place): void {
  if (to.mode === 'LOCAL' && to.location !== null) {
    throw new InvalidInputError('LOCAL has only one place.', 'Leave out `location`.', 'location');
  }
  const fault = placeFault(projectAt(project, to));
  if (fault) {
    throw new InvalidInputError(
      `location ${fault.why}.`,
      'For FILE, give the absolute path of a folder; for MONGODB, the name of a database on its server; or leave it out.',
      'location',
    );
  }
  if (placeKey(placeOf(project)) === placeKey(to)) {
    throw new InvalidInputError(
      `The project already lives there: ${placeName(to)}.`,
      'Give another storage mode, or another `location`.',
      'to',
    );
  }
}

function isMoving({ id, phase, to }: Migration): MigrationStateError {
  return new MigrationStateError(
    `The project is already being moved: ${id} to ${placeName(to)} is ${phase}.`,
    phase === 'MOVED'
      ? 'Finalize that migration, or roll it back, before starting another.'
      : 'Follow it with `migrationProgress`, or cancel it first.',
    id,
  );
}

function noProject(id: string, deleted: Project | null): NotFoundError {
  return deleted
    ? new NotFoundError(id, `The project ${id} is deleted.`, 'Restore it first.')
    : new NotFoundError(id, `There is no project ${id}.`, 'List them with `projects`.');
}

function describeRemoval({ projectId, from, to, verification, progress }: Migration): string {
  const open = verification?.collections.reduce((sum, { mismatches }) => sum + mismatches, 0) ?? 0;
  const rejected = progress.collections.reduce((sum, each) => sum + each.rejected, 0);
  const warning =
    (rejected > 0 ? ` ${rejected} records that couldn't be copied (\`rejects\`) exist only there.` : '') +
    (open > 0 ? ` The last verification found ${open} that differ and weren't repaired.` : '');
  return `The kept source of ${projectId} in ${placeName(from)} would be lost for good, and its move to ${placeName(to)} could no longer be rolled back.${warning}`;
}
