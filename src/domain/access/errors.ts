import { InvalidInputError, MooringError } from '../errors.js';
import { parseId } from '../id.js';
import type { AccessLevel } from './level.js';
import type { Permission } from './permission.js';

/** The request has no credential, or one that doesn't count any more. */
export class UnauthenticatedError extends MooringError {
  constructor(
    message: string,
    hint: string,
    /** `SETUP_REQUIRED`: the server has no users yet, and isn't open. */
    readonly code: 'UNAUTHENTICATED' | 'SETUP_REQUIRED' = 'UNAUTHENTICATED',
  ) {
    super(message, hint);
  }
}

/** The error for rights that ended while they were in use. @param reason a sentence */
export function ended(reason: string): UnauthenticatedError {
  return new UnauthenticatedError(reason, 'Connect again with a credential that is valid now.');
}

/** What is missing for an operation: a permission, or a level in a project. */
export interface Missing {
  readonly permission?: Permission | undefined;
  readonly level?: AccessLevel | undefined;
  /** Id of the project, or of a record in it. */
  readonly projectId?: string | undefined;
}

/** The caller is known, but may not do this. Nothing was done. */
export class ForbiddenError extends MooringError {
  readonly code = 'FORBIDDEN';
  constructor(
    message: string,
    hint: string,
    readonly missing: Missing = {},
  ) {
    super(message, hint);
  }
}

/** An access token is for less than what it is used for, whoever its user is. */
export class ScopeError extends ForbiddenError {
  constructor() {
    super(
      'The access token is for nothing that is done here: it has none of the scopes read, write and manage.',
      'Ask for one with the scope read, write or manage.',
    );
  }
}

/** The error for a missing permission. */
export function lacksPermission(permission: Permission): ForbiddenError {
  return new ForbiddenError(
    `This takes the permission ${permission}, which you don't have.`,
    'Ask an administrator for a role that has it; with an API key, use one that has it.',
    { permission },
  );
}

/** The error for a level that is missing in a project. @param id its id, or that of a record in it */
export function lacksLevel(level: AccessLevel, id: string): ForbiddenError {
  const project = parseId(id)?.kind === 'project' ? `the project ${id}` : `the project of ${id}`;
  return new ForbiddenError(
    `This takes ${level} access to ${project}, which you don't have.`,
    'Ask someone who manages the project to share it with you at this level; with an API key, use one that has it.',
    { level, projectId: id },
  );
}

/** The error for a value that must be unique, and that a project has which the caller isn't told of. */
export function cantBeUsed(field: string): InvalidInputError {
  return new InvalidInputError(`${field} can't be used.`, `Choose another ${field}.`, field);
}

/** A key, or an address, sent more than it may. */
export class RateLimitedError extends MooringError {
  readonly code = 'RATE_LIMITED';
  constructor(
    message: string,
    hint: string,
    /** When it may go on, in seconds. */
    readonly retryAfter: number,
  ) {
    super(message, hint);
  }
}
