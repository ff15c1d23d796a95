import type { CheckOutcome } from '../../storage/health.js';
import { toTenths } from '../../util/round.js';
import type { ObjectFields } from '../builder.js';
import { CheckOutcomeEnum } from '../enums.js';

interface CheckResult {
  readonly outcome: CheckOutcome;
  /** Duration, in milliseconds. */
  readonly ms: number;
  readonly message: string;
  readonly hint: string | null;
}

/** The fields of the result of a check, apart from its name. */
export function checkFields(t: ObjectFields<CheckResult>) {
  return {
    outcome: t.expose('outcome', { type: CheckOutcomeEnum, description: 'Outcome of the check.' }),
    ms: t.float({
      description: 'Duration of the check, in milliseconds.',
      resolve: ({ ms }) => toTenths(ms),
    }),
    message: t.exposeString('message', { description: 'What was found.' }),
    hint: t.exposeString('hint', { nullable: true, description: 'What to do next; null when there is nothing to do.' }),
  };
}
