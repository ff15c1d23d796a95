import type { ApiKey } from '../../domain/access/api-key.js';
import type { Grant } from '../../domain/access/grant.js';
import type { Role } from '../../domain/access/role.js';
import type { User } from '../../domain/access/user.js';
import type { Author, VersionedId } from '../../domain/author.js';
import type { GrantFilter, UserFilter } from '../../repositories/filters.js';
import type { Repository } from '../../repositories/repository.js';
import type {
  AccessGrant,
  AccessRevocation,
  FirstAdministrator,
  NewRole,
  NewUser,
  ProfileUpdate,
  RoleUpdate,
  UserRestoration,
  UserUpdate,
} from '../input/people.js';

/**
 * People who use the server. Every write but `updateProfile` takes the permission `users:administer`, and nobody gives a role,
 * or touches a user with one, that has more rights than they have themselves; OWNERs are touched by OWNERs only.
 * @throws ForbiddenError from every write
 */
export interface UserService {
  /** All users, for callers who may list them. */
  readonly all: Repository<User, UserFilter>;
  /** The user, deleted ones included; null when there is none. @throws InvalidInputError when it isn't a user's id */
  find(id: string): Promise<User | null>;
  /**
   * Creates the first administrator with a key, and the built-in roles, in one commit. Of several at once, one succeeds.
   * @throws AlreadyExistsError when there is a user, or was one
   */
  createFirst(author: Author, input: FirstAdministrator): Promise<NewAdministrator>;
  /** @throws AlreadyExistsError when a live user has the email, NotFoundError for a role that doesn't exist */
  create(author: Author, input: NewUser): Promise<User>;
  update(author: Author, input: UserUpdate): Promise<User>;
  /** From now on the user can't sign in, and their keys don't work. One who is disabled stays as they are. */
  disable(author: Author, input: { readonly id: string }): Promise<User>;
  enable(author: Author, input: { readonly id: string }): Promise<User>;
  /** Hides the user, who can't sign in any more; their keys don't work. */
  delete(author: Author, input: VersionedId): Promise<User>;
  /** Undoes a deletion, with all access that the user had. A role is needed when theirs is deleted. */
  restore(author: Author, input: UserRestoration): Promise<User>;
  /** Changes the author's own user. A key does that only if it may do everything that its owner may. */
  updateProfile(author: Author, input: ProfileUpdate): Promise<User>;
}

/** The first administrator. */
export interface NewAdministrator {
  readonly user: User;
  readonly apiKey: ApiKey;
  /** The key itself: it isn't kept anywhere. */
  readonly secret: string;
}

/**
 * Roles: what users may do. Writes take `users:administer`, and nobody makes, changes or deletes a role with more rights than
 * they have themselves. OWNER is never changed, and no built-in role is deleted.
 */
export interface RoleService {
  /** All live roles, the built-in ones first. */
  list(): Promise<readonly Role[]>;
  /** @throws AlreadyExistsError when a live role has the name */
  create(author: Author, input: NewRole): Promise<Role>;
  update(author: Author, input: RoleUpdate): Promise<Role>;
  /** Deletes a role that no user has. @throws InvalidInputError when one has */
  delete(author: Author, input: VersionedId): Promise<Role>;
}

/**
 * Access to single projects, or to all of them, beyond that of roles. It takes MANAGE in the project, or `users:administer` and
 * the level itself; for all projects both of these.
 * @throws ForbiddenError, NotFoundError for a project, user, role or key that doesn't exist
 */
export interface GrantService {
  readonly all: Repository<Grant, GrantFilter>;
  /** Gives a user, role or key this level; one who has access to the project gets this level instead of theirs. */
  grant(author: Author, input: AccessGrant): Promise<Grant>;
  /** Takes it away again. @throws NotFoundError when there is none */
  revoke(author: Author, input: AccessRevocation): Promise<Grant>;
}
