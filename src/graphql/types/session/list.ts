import { parseInput } from '../../../domain/fields/parse.js';
import type { SessionFilter } from '../../../repositories/filters.js';
import * as filters from '../../../services/input/filters.js';
import { withoutNulls } from '../../arguments.js';
import { builder } from '../../builder.js';
import { SessionRef } from '../../refs.js';
import { allOf } from '../descriptions.js';
import { orderInput, recordConnection } from '../list-types.js';

export const SessionConnection = recordConnection(SessionRef, 'Session', 'sessions');

export const SessionFilterInput = builder.inputType('SessionFilter', {
  description: allOf('sessions'),
  fields: (t) => ({
    key: t.string({ description: 'Key of the session.' }),
    agent: t.string({ description: 'Agent that took part.' }),
    status: t.string({ description: "Status, in the client's own words." }),
  }),
});

/** Parses the filter. @throws InvalidInputError */
export function sessionFilter(filter: typeof SessionFilterInput.$inferInput | null | undefined): SessionFilter {
  return parseInput(filters.sessionFilter, withoutNulls(filter), 'filter');
}

export const SessionOrderInput = orderInput('Session', 'sessions', {
  STARTED_AT: ['startedAt', 'When the session began.'],
});
