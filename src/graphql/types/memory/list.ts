import { parseInput } from '../../../domain/fields/parse.js';
import type { MemoryFilter } from '../../../repositories/filters.js';
import * as filters from '../../../services/input/filters.js';
import { MAX_FILTER_BYTES, MAX_FILTER_KEYS } from '../../../services/input/filters.js';
import { timeRange, withoutNulls } from '../../arguments.js';
import { builder } from '../../builder.js';
import { MemoryKindEnum, MemoryRoleEnum } from '../../enums.js';
import { MemoryRef } from '../../refs.js';
import { ANY_OF, allOf } from '../descriptions.js';
import { orderInput, recordConnection, TimeRangeInput } from '../list-types.js';

export const MemoryConnection = recordConnection(MemoryRef, 'Memory', 'memories');

export const MemoryFilterInput = builder.inputType('MemoryFilter', {
  description: allOf('memories'),
  fields: (t) => ({
    sessionId: t.string({
      description: '`Session.key` of the session, not its `id`; null matches memories that belong to none.',
    }),
    taskId: t.id({ description: 'Id of the task that the memory is about; null matches memories without one.' }),
    roles: t.field({ type: [MemoryRoleEnum], description: ANY_OF }),
    kinds: t.field({ type: [MemoryKindEnum], description: ANY_OF }),
    pinned: t.boolean({ description: 'Whether the memory is pinned.' }),
    occurredAt: t.field({ type: TimeRangeInput, description: 'When it was said or happened.' }),
    metadata: t.field({
      type: 'JSONObject',
      description: `Keys and values that the metadata must contain. Values must be equal; in objects, the order of keys doesn't matter. At most ${MAX_FILTER_KEYS} keys, and ${MAX_FILTER_BYTES / 1024} KB as JSON.`,
    }),
  }),
});

/** Parses the filter. @throws InvalidInputError */
export function memoryFilter(filter: typeof MemoryFilterInput.$inferInput | null | undefined): MemoryFilter {
  const given = { ...withoutNulls(filter, ['sessionId', 'taskId']), occurredAt: timeRange(filter?.occurredAt) };
  return parseInput(filters.memoryFilter, given, 'filter');
}

export const MemoryOrderInput = orderInput('Memory', 'memories', {
  OCCURRED_AT: ['occurredAt', 'When it was said or happened.'],
});
