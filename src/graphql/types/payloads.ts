import type { ObjectRef } from '@pothos/core';
import { builder, type SchemaTypes } from '../builder.js';

/** The source of a payload that has one record. */
export interface RecordResult<T> {
  readonly record: T;
}

/** The payload of a mutation that returns one record, such as `{ task: Task! }`. `description`: of the record. */
export function recordPayload<T extends object>(
  name: string,
  ref: ObjectRef<SchemaTypes, T>,
  description = `The ${nounOf(ref)}.`,
) {
  const noun = nounOf(ref);
  return builder.objectRef<RecordResult<T>>(name).implement({
    fields: (t) => ({ [noun]: t.expose('record', { type: ref, description }) }),
  });
}

/** The payload of a mutation that creates many records, such as `{ tasks: [Task!]! }`. */
export function recordsPayload<T extends object>(name: string, ref: ObjectRef<SchemaTypes, T>, plural: string) {
  return builder.objectRef<{ readonly records: readonly T[] }>(name).implement({
    fields: (t) => ({
      [plural]: t.expose('records', { type: [ref], description: `The ${plural}, in the order of the input.` }),
    }),
  });
}

/** What descriptions and fields call a record of this type: `task` for `Task`. */
export function nounOf<T>({ name }: ObjectRef<SchemaTypes, T>): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
