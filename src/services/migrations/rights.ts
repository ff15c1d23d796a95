import { lacksLevel } from '../../domain/access/errors.js';
import { LEVEL, levelIn } from '../../domain/access/level.js';
import type { Author } from '../../domain/author.js';
import type { NotFoundError } from '../../domain/errors.js';

/**
 * The second line, behind the scopes of mutations: who moves a project manages it, or sees it and may run migrations.
 * @param missing the error as if there were no such project, or no such migration
 * @throws NotFoundError, ForbiddenError
 */
export function requireMover({ principal }: Author, projectId: string, missing: () => NotFoundError): void {
  if (!principal) return;
  const level = levelIn(principal, projectId);
  if (level === LEVEL.NONE) throw missing();
  if (level < LEVEL.MANAGE && !principal.permissions.has('migrations:run')) throw lacksLevel('MANAGE', projectId);
}
