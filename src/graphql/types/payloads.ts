import type { ObjectRef } from '@pothos/core';
import type { RecordBase } from '../../domain/record.js';
import type { DeletedMany } from '../../services/records/delete-many.js';
import type { Upserted } from '../../services/records/lifecycle.js';
import { builder, type ObjectFields, type SchemaTypes } from '../builder.js';
import type { Saved } from '../context.js';
import { RedactionRef } from './record/redaction.js';

/** The source of a payload that has one record. */
export interface RecordResult<T> {
  readonly record: T;
}

/** What `Saved` adds to a payload. */
export const redactionsField = (t: ObjectFields<Saved>) => ({
  redactions: t.expose('redactions', {
    type: [RedactionRef],
    description:
      'Secrets that were redacted in what this mutation saved: in each place the text now has `[redacted: RULE]`. Empty when there were none, or the policy is `OFF`.',
  }),
});

/** The payload of a mutation that saves texts of one record, such as `{ task: Task!, redactions: [Redaction!]! }`. */
export function savedPayload<T extends object>(
  name: string,
  ref: ObjectRef<SchemaTypes, T>,
  description = `The ${nounOf(ref)}.`,
) {
  const noun = nounOf(ref);
  return builder.objectRef<RecordResult<T> & Saved>(name).implement({
    fields: (t) => ({ [noun]: t.expose('record', { type: ref, description }), ...redactionsField(t) }),
  });
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

/** The payload of a mutation that updates a record or creates it, such as `{ task: Task!, created: Boolean! }`. */
export function upsertPayload<T extends RecordBase>(name: string, ref: ObjectRef<SchemaTypes, T>) {
  const noun = nounOf(ref);
  return builder.objectRef<Upserted<T> & Saved>(name).implement({
    fields: (t) => ({
      [noun]: t.expose('record', { type: ref, description: `The ${noun}, created or updated.` }),
      created: t.exposeBoolean('created', {
        description: `Whether the ${noun} was created; false when it existed before, even if nothing changed.`,
      }),
      ...redactionsField(t),
    }),
  });
}

/** The payload of a mutation that deletes what matches a filter. `field`: what the ids are sorted by. */
export function deletionPayload(name: string, plural: string, field: string) {
  return builder.objectRef<DeletedMany>(name).implement({
    fields: (t) => ({
      count: t.int({
        description: `Number of ${plural} that were deleted, or would be.`,
        resolve: ({ records }) => records.length,
      }),
      ids: t.idList({
        description: `Ids of the ${plural}, earliest \`${field}\` first.`,
        resolve: ({ records }) => records.map(({ id }) => id),
      }),
    }),
  });
}

/** The payload of a mutation that creates many records, such as `{ tasks: [Task!]! }`. */
export function recordsPayload<T extends object>(name: string, ref: ObjectRef<SchemaTypes, T>, plural: string) {
  return builder.objectRef<{ readonly records: readonly T[] } & Saved>(name).implement({
    fields: (t) => ({
      [plural]: t.expose('records', { type: [ref], description: `The ${plural}, in the order of the input.` }),
      ...redactionsField(t),
    }),
  });
}

/** What descriptions and fields call a record of this type: `task` for `Task`. */
export function nounOf<T>({ name }: ObjectRef<SchemaTypes, T>): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
