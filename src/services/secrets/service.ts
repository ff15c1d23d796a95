import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../../domain/cursor.js';
import { CursorError, MooringError } from '../../domain/errors.js';
import { idOf } from '../../domain/fields/common.js';
import { parseInput } from '../../domain/fields/parse.js';
import type { RepositoryFactory } from '../../repositories/factory.js';
import { nextTurn } from '../../util/async.js';
import type { Router } from '../records/store-router.js';
import type { Transact } from '../records/transaction.js';
import type { SecretService } from './contract.js';
import type { RedactValues } from './examine.js';
import { createProgress } from './progress.js';
import { requireUnmoved, type Stage, stagesOf } from './stages.js';

/** How long one call works, in ms: less than clients and proxies wait. */
const CALL_MS = 20_000;

const secretScan = z.object({
  projectId: idOf('project'),
  redact: z.boolean().default(false),
  after: z.string().nullable().default(null),
});

export interface SecretServiceOptions {
  readonly redactValues: RedactValues;
  /** How long one call works, in ms: at least for one page. Left out: 20 seconds. */
  readonly callMs?: number | undefined;
}

export function createSecretService(
  factory: RepositoryFactory,
  router: Router,
  transact: Transact,
  { redactValues, callMs = CALL_MS }: SecretServiceOptions,
): SecretService {
  /**
   * Removes what was redacted, now or before an interruption, from the search index. @returns why it couldn't be, and what to
   * do; null when it was
   */
  async function eraseFromIndex(projectId: string): Promise<string | null> {
    try {
      await (await factory.of(projectId)).search.catchUp();
      return null;
    } catch (error) {
      const why = error instanceof MooringError ? `${error.message} ${error.hint}` : 'The log of the server says why.';
      return `The search index still has texts from before they were redacted. ${why}`;
    }
  }

  return {
    async scan(author, input) {
      const { projectId, redact, after: cursor } = parseInput(secretScan, input);
      const progress = createProgress(redactValues);
      const stages = stagesOf({ factory, router, transact, author, projectId, redact, progress });
      const list = `secrets of ${projectId}`;
      let { stage, after } = cursor === null ? START : placeOf(list, cursor, stages);
      if (redact) await requireUnmoved({ factory, projectId });
      const end = performance.now() + callMs;
      try {
        do {
          after = await stages[stage]!.page(after);
          if (after === null) stage += 1;
          await nextTurn();
        } while (stage < stages.length && performance.now() < end && !author.isGone?.());
      } catch (error) {
        if (redact) await eraseFromIndex(projectId);
        throw error;
      }
      const { counts, findings } = progress;
      const next = stages[stage];
      return {
        ...counts,
        rules: findings.rules(),
        findings: findings.list(),
        hasMoreFindings: findings.hasMore(),
        problem: redact ? await eraseFromIndex(projectId) : null,
        after: next ? encodeCursor(list, [next.name, after]) : null,
      };
    },
  };
}

const START = { stage: 0, after: null } as { readonly stage: number; readonly after: string | null };

/** @throws CursorError */
function placeOf(list: string, cursor: string, stages: readonly Stage[]): typeof START {
  const [name, after] = decodeCursor(list, cursor, 2);
  const stage = stages.findIndex((each) => each.name === name);
  if (stage >= 0 && (after === null || typeof after === 'string')) return { stage, after };
  throw new CursorError(
    'INVALID_CURSOR',
    'The cursor is not one that this server issued.',
    'Pass `after` unchanged as an earlier scan of the project returned it; or leave it out to start from the beginning.',
  );
}
