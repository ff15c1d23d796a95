import { builder } from '../builder.js';

builder.mutationType({
  description: 'Everything that can be written. Each mutation returns its payload, or the error that prevented it.',
});

/** Makes the fields of an input. */
export type InputFields = PothosSchemaTypes.InputFieldBuilder<typeof builder.$inferSchemaTypes, 'InputObject'>;

/** Describes a payload by the mutation that returns it. */
export function payloadText(name: string): string {
  return `Result of \`${name.charAt(0).toLowerCase()}${name.slice(1, -'Payload'.length)}\` when it succeeds.`;
}

/** Descriptions of the inputs that many mutations share. */
export const ID = 'Id of the record.';
export const VERSION =
  'The version that you read. If the record was changed since, nothing is written and the result is a `ConflictError`.';
export const TOKEN =
  'The token that `requestPurge` returned for this record. It is valid for ten minutes and for this version only.';
export const EXTERNAL_ID =
  "The client's own id for the record: at most 256 characters, unique among the project's records of its kind. If a live record already has it, that record is returned unchanged, so a retry creates no duplicate. If a deleted one has it, the result is an `AlreadyExistsError`.";
