import type { SessionFilter } from '../../../repositories/factory.js';
import * as filters from '../../../services/input/filters.js';
import { parseInput } from '../../../services/input/parse.js';
import { builder } from '../../builder.js';
import { withoutNulls } from '../../input.js';
import { SessionRef } from '../../refs.js';
import { orderInput, recordConnection } from '../common.js';

export const SessionConnection = recordConnection(SessionRef, 'Session', 'conversations');

export const SessionFilterInput = builder.inputType('SessionFilter', {
  description: 'Which conversations: those for which all of it holds.',
  fields: (t) => ({
    key: t.string({ description: "The client's own name for it." }),
    agent: t.string({ description: 'The agent that took part.' }),
    status: t.string({ description: 'How it stands, as the client says.' }),
  }),
});

/** The filter as repositories take it. @throws InvalidInputError */
export function sessionFilter(filter: typeof SessionFilterInput.$inferInput | null | undefined): SessionFilter {
  return parseInput(filters.sessionFilter, withoutNulls(filter), 'filter');
}

export const SessionOrderInput = orderInput('Session', {
  STARTED_AT: ['startedAt', 'When it began.'],
});
