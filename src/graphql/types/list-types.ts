import type { InputRef, ObjectRef } from '@pothos/core';
import type { RecordBase } from '../../domain/record.js';
import type { Order } from '../../storage/store.js';
import { type Arguments, builder } from '../builder.js';
import { DEFAULT_PAGE, MAX_PAGE } from '../connection.js';
import { DeletedFilterEnum, SortDirectionEnum } from '../enums.js';
import { TOTAL } from './descriptions.js';

export const TimeRangeInput = builder.inputType('TimeRange', {
  description: 'A range of time. A bound that is left out sets no limit.',
  fields: (t) => ({
    after: t.field({ type: 'DateTime', description: 'Start of the range, inclusive.' }),
    before: t.field({ type: 'DateTime', description: 'End of the range, exclusive.' }),
  }),
});

/** The sort order input of a list. `fields` maps each value of its enum to a field and a description. */
export function orderInput<F extends string>(
  noun: string,
  plural: string,
  fields: Readonly<Record<string, readonly [F, string]>>,
) {
  const values = Object.fromEntries(
    Object.entries(fields).map(([name, [value, description]]) => [name, { value, description }]),
  );
  const field = builder.enumType(`${noun}OrderField`, {
    description: `Field that ${plural} can be sorted by.`,
    values,
  });
  return builder.inputType(`${noun}Order`, {
    description: `Sort order of ${plural}. Those with equal values are sorted by id.`,
    fields: (t) => ({
      field: t.field({ type: field, required: true, description: 'Field to sort by.' }),
      direction: t.field({
        type: SortDirectionEnum,
        required: true,
        defaultValue: 'DESC',
        description: "Sort direction. When left out, `DESC`, whatever the list's own default is.",
      }),
    }),
  });
}

/** The requested order, or the list's default. */
export function orderOf(requested: Order | null | undefined, fallback: Order): Order {
  return requested ? { field: requested.field, direction: requested.direction } : fallback;
}

/** The arguments of a list of records. `sorting` describes the default order, such as "newest first". */
export function listArgs<F, O>(
  arg: Arguments,
  plural: string,
  { filter, order, sorting }: { readonly filter: InputRef<F>; readonly order: InputRef<O>; readonly sorting: string },
) {
  return {
    ...arg.connectionArgs(),
    filter: arg({ type: filter, description: `Return only ${plural} that match. Default: all.` }),
    orderBy: arg({ type: order, description: `Sort order. Left out: ${sorting}.` }),
    deleted: arg(deletedArg),
  };
}

/** The arguments of a list that is only read forwards. */
export function forwardArgs(arg: Arguments) {
  return {
    first: arg.int({
      description: `How many items to return, from the start: 1 to ${MAX_PAGE}. Default: ${DEFAULT_PAGE}.`,
    }),
    after: arg.string({ description: 'Return items after this cursor. Left out: from the first.' }),
  };
}

/** Whether a list has deleted records. */
export const deletedArg = {
  type: DeletedFilterEnum,
  defaultValue: 'EXCLUDE',
  description: 'Whether to return live records, deleted ones or both.',
} as const;

/** The connection type of a kind of record. */
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
    { name: `${noun}Edge`, description: 'An item and its cursor.' },
  );
}
