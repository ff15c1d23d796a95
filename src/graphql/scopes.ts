import { ForbiddenError, lacksLevel, lacksPermission } from '../domain/access/errors.js';
import { type AccessLevel, LEVEL, type Level, levelIn } from '../domain/access/level.js';
import type { Permission } from '../domain/access/permission.js';
import type { Principal } from '../domain/access/principal.js';
import { type MooringError, NotFoundError } from '../domain/errors.js';
import { parseCatalogId, parseId } from '../domain/id.js';
import type { Migration } from '../domain/migration.js';
import { withoutPlace } from '../domain/place.js';
import { noMigration } from '../services/migrations/active.js';
import type { JsonObject } from '../util/json/json.js';
import type { GraphQLContext } from './context.js';

/**
 * What a root field needs. Of several, one suffices. A level is needed in the project that the id belongs to: that of the
 * project itself, or of anything in it. A text that isn't such an id passes: the resolver refuses it.
 */
export interface Scopes {
  /** Nothing but a caller who is known: what they get is limited by their rights. */
  readonly signedIn: boolean;
  readonly may: Permission;
  readonly sees: string;
  readonly reads: string;
  readonly writes: string;
  readonly manages: string;
}

const LEVELS = {
  sees: LEVEL.SEE,
  reads: LEVEL.READ,
  writes: LEVEL.WRITE,
  manages: LEVEL.MANAGE,
} as const satisfies Partial<Record<keyof Scopes, Level>>;

/** What writing a record takes: a project's own record is its managers', whatever is in it its writers'. */
export function writesRecord(id: string): Partial<Scopes> {
  return parseId(id)?.kind === 'project' ? { manages: id } : { writes: id };
}

/** Either of the two suffices; the first is named when both are missing. */
export function mayEither(permission: Permission, other: Permission) {
  return { $any: { may: permission }, may: other };
}

/**
 * What moving a project takes. A `location` of its own is a folder of the server, or a database: that takes more. A key that is
 * limited to other projects doesn't see this one, whatever its permissions are.
 * @param location null or left out: where the storage mode keeps its projects
 */
export function movesProject(projectId: string, location?: string | null) {
  const moves = { sees: projectId, $any: { manages: projectId, may: 'migrations:run' as const } };
  return { $all: location == null ? moves : { ...moves, may: 'storage:administer' as const } };
}

/** What working on a project's index takes. */
export function repairsProject(projectId: string) {
  return { $all: { sees: projectId, $any: { manages: projectId, may: 'storage:operate' as const } } };
}

/** What creating a project takes; with a location of its own, what moving it there does. */
export function createsProject(settings: JsonObject | null | undefined) {
  const creates = { may: 'projects:create' } as const;
  const isElsewhere = Object.keys(withoutPlace(settings ?? {})).length < Object.keys(settings ?? {}).length;
  return isElsewhere ? { $all: { ...creates, $any: { may: 'storage:administer' as const } } } : creates;
}

/** The same for a migration that exists already. @throws NotFoundError as if there were none, unless its project is seen */
export async function movesBy(id: string, context: GraphQLContext) {
  const migration = await seenMigration(id, context);
  return migration === null || movesProject(migration.projectId);
}

/** What following a migration takes: that its project is seen. @throws NotFoundError as if there were none, unless it is */
export async function seesMigration(id: string, context: GraphQLContext) {
  const migration = await seenMigration(id, context);
  return migration === null || { sees: migration.projectId };
}

/** Null for a text that isn't the id of a migration: the resolver refuses it. */
async function seenMigration(id: string, { catalog }: GraphQLContext): Promise<Migration | null> {
  if (parseCatalogId(id) !== 'migration') return null;
  const [found] = await catalog.migrations.get([id]);
  if (!found) throw noMigration(id);
  return found;
}

/** The options of a field that is null where there is no such record: what isn't seen is answered in the same way. */
export const NULL_IF_UNSEEN = {
  unauthorizedResolver: (_parent: unknown, _args: unknown, _context: unknown, _info: unknown, error: Error): null => {
    if (error instanceof NotFoundError) return null;
    throw error;
  },
};

/** Whether a principal has each scope. */
export function scopesOf(principal: Principal) {
  const has = (level: Level) => (id: string) => parseId(id) === null || levelIn(principal, id) >= level;
  return {
    signedIn: true,
    may: (permission: Permission) => principal.permissions.has(permission),
    sees: has(LEVELS.sees),
    reads: has(LEVELS.reads),
    writes: has(LEVELS.writes),
    manages: has(LEVELS.manages),
  };
}

/** A scope that a principal lacks, as the plugin reports it. */
interface Failure {
  readonly kind: string;
  readonly scope?: string;
  readonly parameter?: unknown;
  readonly failures?: readonly Failure[];
}

/** The error for scopes that a principal lacks: a project that it doesn't even see is not found. */
export function scopeError(principal: Principal, failure: Failure): MooringError {
  const lacking = leavesOf(failure);
  const level = lacking.find(({ scope = '' }) => scope in LEVELS);
  if (level) {
    const id = String(level.parameter);
    const seen = levelIn(principal, id);
    if (seen === LEVEL.NONE) return new NotFoundError(id);
    return lacksLevel(GRANTABLE[LEVELS[level.scope as keyof typeof LEVELS]], id);
  }
  const permission = lacking.find(({ scope }) => scope === 'may');
  if (permission) return lacksPermission(permission.parameter as Permission);
  return new ForbiddenError('You may not do this.', 'Ask an administrator for the right to do it.');
}

/** What can be granted so that a level is reached. */
const GRANTABLE: Readonly<Record<Level, AccessLevel>> = {
  [LEVEL.NONE]: 'READ',
  [LEVEL.SEE]: 'READ',
  [LEVEL.READ]: 'READ',
  [LEVEL.WRITE]: 'WRITE',
  [LEVEL.MANAGE]: 'MANAGE',
};

function leavesOf(failure: Failure): readonly Failure[] {
  return failure.failures ? failure.failures.flatMap(leavesOf) : [failure];
}
