import type { Author } from '../../domain/author.js';
import type { Claim, Task } from '../../domain/task.js';
import type { ClaimInput, CompletionInput, ReleaseInput, RenewalInput } from '../input/claim.js';

/**
 * Claims: an agent takes a task for a time, and nobody else does. A claim is a commit of the task at the version that was
 * read, so two agents never hold one. Each has a token, greater than those before it: the holder of an older one writes
 * nothing. When a claim expires nothing is written: the task is ready again, and the next claim replaces it.
 */
export interface ClaimService {
  /**
   * Claims a task: the one that is named, or else the first ready one that passes the filter. It is then `IN_PROGRESS` and
   * assigned to the agent. With `waitSeconds`, waits for a ready one.
   * @throws NothingReadyError, TaskNotReadyError when that time is over
   */
  claim(author: Author, input: ClaimInput): Promise<Task>;
  /** Renews a claim: it expires this long after now. @throws ClaimLostError */
  renew(author: Author, input: RenewalInput): Promise<Task>;
  /** Gives a task back, with the status and the assigned agent from before the claim, unless others have been set since. @throws ClaimLostError */
  release(author: Author, input: ReleaseInput): Promise<Task>;
  /** Marks a claimed task as done. @throws ClaimLostError */
  complete(author: Author, input: CompletionInput): Promise<Task>;
  /** Whether a claim has expired. */
  isExpired(claim: Claim): boolean;
}
