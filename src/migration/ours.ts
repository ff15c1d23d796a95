import type { Migration } from '../domain/migration.js';

/**
 * Whether a store that lies where the project doesn't live is this migration's: it is under an epoch that only this
 * migration gave. That is one of its runners'; the one that a cut-over had readied for it before it was given up; or, after
 * the flip, the one that nobody holds.
 */
export function isOurs({ runner, checkpoint, movedAt }: Migration, epoch: number): boolean {
  // A removal that was broken off has no epoch any more.
  if (epoch === Number.NEGATIVE_INFINITY) return true;
  if (epoch < 0) return -epoch >= runner.firstToken && -epoch <= runner.token;
  const wasReadied = checkpoint.isCopied && epoch === checkpoint.epoch - 1;
  return wasReadied || (movedAt !== null && epoch === checkpoint.epoch + 1);
}
