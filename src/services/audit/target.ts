import { lacksLevel, lacksPermission } from '../../domain/access/errors.js';
import { LEVEL, levelIn } from '../../domain/access/level.js';
import { may, type Principal } from '../../domain/access/principal.js';
import { InvalidInputError, NotFoundError } from '../../domain/errors.js';
import { invalidId, parseCatalogId, parseId } from '../../domain/id.js';
import { CATALOG_COLLECTIONS, PROJECT_COLLECTIONS } from '../../storage/collections.js';
import type { AuditFilter } from './contract.js';

const CATALOG_NAMES: ReadonlySet<string> = new Set(CATALOG_COLLECTIONS.map(({ name }) => name));
const PROJECT_NAMES: ReadonlySet<string> = new Set(PROJECT_COLLECTIONS.map(({ name }) => name));

/** Which log an audit is read from. */
export interface AuditTarget {
  readonly log: 'SERVER' | 'PROJECT';
  /** Id of the project, or of something in it, that the entries are about; null: any, and the server itself. */
  readonly about: string | null;
}

/**
 * The log that has what a filter selects: a project's own, when the filter names the project or a record in it; otherwise the
 * server's, which also has what was done with projects as a whole.
 * @throws InvalidInputError
 */
export function targetOf({ projectId, recordId, collection }: AuditFilter): AuditTarget {
  if (projectId !== undefined && parseId(projectId)?.kind !== 'project')
    throw invalidId(projectId, ['project'], 'filter.projectId');
  if (collection !== undefined && !CATALOG_NAMES.has(collection) && !PROJECT_NAMES.has(collection)) {
    throw new InvalidInputError(
      "`filter.collection` isn't a collection.",
      `Give one of ${[...CATALOG_NAMES, ...PROJECT_NAMES].join(', ')}.`,
      'filter.collection',
    );
  }
  const record = recordId === undefined ? null : parseId(recordId);
  if (recordId !== undefined && !record && parseCatalogId(recordId) === null) {
    throw new InvalidInputError(
      "`filter.recordId` isn't an id.",
      'Give the whole id of a record, such as usr_, grt_, key_, prj_ or tsk_ and 26 letters and digits.',
      'filter.recordId',
    );
  }
  const about = projectId ?? (record ? recordId! : null);
  const isOfServer =
    collection !== undefined
      ? CATALOG_NAMES.has(collection)
      : recordId !== undefined && (!record || record.kind === 'project');
  return { log: about === null || isOfServer ? 'SERVER' : 'PROJECT', about };
}

/**
 * The second line, behind the scopes of the fields: `audit:read`, or MANAGE in the project that it is about.
 * @throws ForbiddenError, NotFoundError
 */
export function requireAuditor(principal: Principal, { about }: AuditTarget): void {
  if (may(principal, 'audit:read')) return;
  if (about === null) throw lacksPermission('audit:read');
  const level = levelIn(principal, about);
  if (level === LEVEL.NONE) throw new NotFoundError(about);
  if (level < LEVEL.MANAGE) throw lacksLevel('MANAGE', about);
}
