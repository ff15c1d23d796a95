import { parseInput } from '../../../domain/fields/parse.js';
import type { SessionFilter } from '../../../repositories/filters.js';
import * as filters from '../../../services/input/filters.js';
import { timeRange, withoutNulls } from '../../arguments.js';
import { builder } from '../../builder.js';
import { StreamingStatusEnum } from '../../enums.js';
import { SessionRef } from '../../refs.js';
import { allOf, FILTER_TEXT } from '../descriptions.js';
import { orderInput, recordConnection, TimeRangeInput } from '../list-types.js';

export const SessionConnection = recordConnection(SessionRef, 'Session', 'sessions');

export const SessionFilterInput = builder.inputType('SessionFilter', {
  description: allOf('sessions'),
  fields: (t) => ({
    text: t.string({ description: `Text that the title must contain. ${FILTER_TEXT}` }),
    key: t.string({ description: 'Key of the session.' }),
    userId: t.string({ description: 'User whose conversation it is; null matches sessions without one.' }),
    agent: t.string({ description: 'Agent that took part.' }),
    status: t.string({ description: "Status, in the client's own words." }),
    streamingStatus: t.field({
      type: StreamingStatusEnum,
      description: 'State of the unfinished answer; null matches sessions without one.',
    }),
    activeAt: t.field({ type: TimeRangeInput, description: 'When the session was last active.' }),
  }),
});

/** Parses the filter. @throws InvalidInputError */
export function sessionFilter(filter: typeof SessionFilterInput.$inferInput | null | undefined): SessionFilter {
  const given = { ...withoutNulls(filter, ['userId', 'streamingStatus']), activeAt: timeRange(filter?.activeAt) };
  return parseInput(filters.sessionFilter, given, 'filter');
}

export const SessionOrderInput = orderInput('Session', 'sessions', {
  STARTED_AT: ['startedAt', 'When the session began.'],
  LAST_ACTIVE: ['activeAt', 'When the session was last active.'],
});
