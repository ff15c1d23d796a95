import { builder } from '../builder.js';

builder.mutationType({ description: 'Every write gives its payload, or the one error that stood in its way.' });

/** Makes the fields of an input. */
export type InputFields = PothosSchemaTypes.InputFieldBuilder<typeof builder.$inferSchemaTypes, 'InputObject'>;

/** Describes a payload by the mutation that gives it. */
export function payloadText(name: string): string {
  return `What \`${name.charAt(0).toLowerCase()}${name.slice(1, -'Payload'.length)}\` gave.`;
}

/** Descriptions of the inputs that many mutations share. */
export const ID = 'Id of the record.';
export const VERSION = 'The version that was read. When the record has moved on since, nothing is written.';
export const TOKEN = 'The token that `requestPurge` gave for it.';
export const EXTERNAL_ID =
  "The client's own name for it, unique in its project. Creating it again gives back what is there, as it is, so a retry makes nothing twice; when that is deleted, `AlreadyExistsError` names it.";
