import type { MemoryFilter, Repositories } from '../../../repositories/factory.js';
import * as filters from '../../../services/input/filters.js';
import { MAX_FILTER_BYTES, MAX_FILTER_KEYS } from '../../../services/input/filters.js';
import { parseInput } from '../../../services/input/parse.js';
import type { Deleted } from '../../../storage/store.js';
import { builder } from '../../builder.js';
import { MemoryRoleEnum } from '../../enums.js';
import { withoutNulls } from '../../input.js';
import { MemoryRef } from '../../refs.js';
import { ANY_OF, grouped, orderInput, orderOf, recordConnection, TimeRangeInput, timeRange } from '../common.js';

export const MemoryConnection = recordConnection(MemoryRef, 'Memory', 'memories');

export const MemoryFilterInput = builder.inputType('MemoryFilter', {
  description: 'Which memories: those for which all of it holds.',
  fields: (t) => ({
    sessionId: t.string({
      description: "The client's own key of the conversation; null finds those that stand alone.",
    }),
    taskId: t.id({ description: 'The task they belong to; null finds those of none.' }),
    roles: t.field({ type: [MemoryRoleEnum], description: ANY_OF }),
    occurredAt: t.field({ type: TimeRangeInput, description: 'When it was said.' }),
    metadata: t.field({
      type: 'JSONObject',
      description: `Every key's value equals the memory's metadata of that key; objects do whatever the order of their keys. At most ${MAX_FILTER_KEYS} keys, ${grouped(MAX_FILTER_BYTES)} bytes as JSON.`,
    }),
  }),
});

/** The filter as repositories take it. @throws InvalidInputError */
export function memoryFilter(filter: typeof MemoryFilterInput.$inferInput | null | undefined): MemoryFilter {
  const given = { ...withoutNulls(filter, ['sessionId', 'taskId']), occurredAt: timeRange(filter?.occurredAt) };
  return parseInput(filters.memoryFilter, given, 'filter');
}

export const MemoryOrderInput = orderInput('Memory', {
  OCCURRED_AT: ['occurredAt', 'When it was said.'],
});

/** What a list of memories may be asked. */
interface MemoryListArgs {
  readonly filter?: typeof MemoryFilterInput.$inferInput | null | undefined;
  readonly orderBy?: typeof MemoryOrderInput.$inferInput | null | undefined;
  readonly deleted?: Deleted | null | undefined;
}

/** How the memories of a task or a session are read: those whose field names it, earliest first. */
export function memoriesBelow(field: 'taskId' | 'sessionId', args: MemoryListArgs) {
  return {
    repository: ({ memories }: Repositories) => memories,
    field,
    options: {
      filter: memoryFilter(args.filter),
      deleted: args.deleted ?? 'EXCLUDE',
      order: orderOf(args.orderBy, { field: 'occurredAt', direction: 'ASC' }),
    },
  } as const;
}
