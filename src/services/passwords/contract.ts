import type { User } from '../../domain/access/user.js';
import type { Author } from '../../domain/author.js';
import type { InvitedUser, LinkUse, NewPassword, PasswordReset } from '../input/passwords.js';
import type { LinkKind, NewLink } from './link-records.js';

/**
 * Passwords of users, and links with which they set them. A password that was changed, or forgotten, leaves nothing behind. With
 * a new password all other sign-ins of the user end, and their links.
 */
export interface PasswordService {
  /**
   * Sets the author's own password. Who has one gives it; who has none has signed in within the last minutes.
   * @throws InvalidInputError with a wrong current password, or none; ForbiddenError for who is no user, or limited;
   * RateLimitedError after many wrong ones
   */
  set(author: Author, input: NewPassword): Promise<User>;
  /** Sets a password by a link, which counts once. @throws LinkError; InvalidInputError; RateLimitedError */
  setByLink(author: Author, input: LinkUse): Promise<User>;
  /** Whose link it is; null when it doesn't count. */
  findLink(token: string): Promise<{ readonly user: User; readonly kind: LinkKind } | null>;
  /** Creates a user, with a link. @throws as `UserService.create` */
  invite(author: Author, input: InvitedUser): Promise<WithLink>;
  /**
   * Makes a link for a user, in place of those that they have. It takes `users:administer`, and all rights that they have.
   * @throws ForbiddenError, NotFoundError
   */
  reset(author: Author, input: PasswordReset): Promise<WithLink>;
  /** Whether the user signs in with a password. */
  has(userId: string): Promise<boolean>;
}

export interface WithLink {
  readonly user: User;
  readonly link: NewLink;
  /** Whether it was sent to the user's email. */
  readonly isMailed: boolean;
}

/** Sends a user their link. @returns whether that could be done */
export type MailLink = (user: User, link: NewLink) => Promise<boolean>;
