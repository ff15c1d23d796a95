import type { ObjectRef } from '@pothos/core';
import type { RecordBase } from '../../domain/record.js';
import { MAX_QUERY, MAX_TERMS } from '../../search/search.js';
import { MAX_FILTER_TEXT, MAX_FILTER_VALUES } from '../../services/input/filters.js';
import type { Order } from '../../storage/store.js';
import { builder } from '../builder.js';
import { DeletedFilterEnum, SortDirectionEnum } from '../enums.js';
import { withoutNulls } from '../input.js';

export const TimeRangeInput = builder.inputType('TimeRange', {
  description: 'A stretch of time.',
  fields: (t) => ({
    after: t.field({ type: 'DateTime', description: 'From this moment on, itself included.' }),
    before: t.field({ type: 'DateTime', description: 'Up to this moment, itself not included.' }),
  }),
});

/** A range as repositories take it. */
export function timeRange(range: typeof TimeRangeInput.$inferInput | null | undefined) {
  return range ? withoutNulls(range) : undefined;
}

/** The input by which a list of some records is ordered. */
export function orderInput<F extends string>(noun: string, fields: Readonly<Record<string, readonly [F, string]>>) {
  const values = Object.fromEntries(
    Object.entries(fields).map(([name, [value, description]]) => [name, { value, description }]),
  );
  const field = builder.enumType(`${noun}OrderField`, {
    description: `What a list of this kind can be ordered by.`,
    values,
  });
  return builder.inputType(`${noun}Order`, {
    description: 'How the list is ordered. Records that agree in the field are ordered by their ids.',
    fields: (t) => ({
      field: t.field({ type: field, required: true, description: 'By which field.' }),
      direction: t.field({ type: SortDirectionEnum, required: true, defaultValue: 'DESC', description: 'Which way.' }),
    }),
  });
}

/** The order that was asked for, or the list's own. */
export function orderOf(asked: Order | null | undefined, otherwise: Order): Order {
  return asked ? { field: asked.field, direction: asked.direction } : otherwise;
}

/** Descriptions of what filters share. */
export const ANY_OF = `Any of these, at most ${MAX_FILTER_VALUES}.`;
export const FILTER_TEXT = `Case doesn't count in any script, nor how a character is composed: \`ß\` is \`SS\`, and \`é\` may be one code point or two. At most ${MAX_FILTER_TEXT} characters.`;
/** Describes the text of every search. */
export const QUERY_TEXT = `The first ${MAX_QUERY} characters are read; of their words the ${MAX_TERMS} rarest count.`;

/** The argument of every list of records. */
export const deletedArg = {
  type: DeletedFilterEnum,
  defaultValue: 'EXCLUDE',
  description: 'What to do with deleted records.',
} as const;

/** Describes the count of every list. */
export const TOTAL = 'How many there are in the whole list. Counted only when it is asked for.';

/** The connection of a list of records. */
export function recordConnection<T extends RecordBase>(
  type: ObjectRef<typeof builder.$inferSchemaTypes, T>,
  noun: string,
  plural: string,
) {
  return builder.connectionObject(
    {
      type,
      name: `${noun}Connection`,
      description: `A page of ${plural}.`,
      fields: (t) => ({
        totalCount: t.int({ description: TOTAL, resolve: (connection) => connection.totalCount() }),
      }),
    },
    { name: `${noun}Edge`, description: 'An item and its place in the list.' },
  );
}
