import type { Redaction, SecretPolicy } from '../../../domain/fields/redaction.js';
import type { RecordBase } from '../../../domain/record.js';
import { findWrongReference, parseRecord, type RecordFault } from '../../../domain/stored-record.js';
import { SecretRefusedError } from '../../../screening/errors.js';
import { redact, screenNow } from '../../../screening/screen-record.js';
import type { JsonObject } from '../../../util/json/json.js';
import type { Cache } from '../cache/cache.js';

/** A record as somebody wrote it into a file, as it may be saved; or the first thing that is wrong with it. */
export type EditedRecord =
  | {
      readonly record: JsonObject /** What was redacted: the file has it still. */;
      readonly redactions: readonly Redaction[];
    }
  | RecordFault;

/** Reads what people write into files, without the secrets in it. */
export interface EditedTexts {
  /**
   * A record by the rules of requests, and by the project's policy on secrets. A fault repeats no value.
   * @param before - the record that it is written over; null when there is none
   * @param at - when it is written
   */
  read(collection: string, object: JsonObject, at: string, before: JsonObject | null): EditedRecord;
  /** A text that isn't taken over, without secrets: it is kept, or quoted in a problem. */
  redact(text: string): string;
}

/**
 * @param projectKey - of the project whose records these are; null: of any
 * @param policy - that of a project without one of its own
 */
export function createEditedTexts({ statement }: Cache, projectKey: string | null, policy: SecretPolicy): EditedTexts {
  /** The project's own copy says; without one, the server does. */
  const policyNow = (): SecretPolicy =>
    (statement("select manifest ->> '$.secrets' from head").pluck().get() as SecretPolicy | null) ?? policy;

  return {
    read(collection, object, at, before) {
      const read = parseRecord(collection, object, at);
      if ('fault' in read) return read;
      const wrong = projectKey === null ? null : findWrongReference(read.record, projectKey);
      if (wrong) return wrong;
      try {
        const after = read.record as JsonObject & RecordBase;
        const known = before as (JsonObject & RecordBase) | null;
        return screenNow({ collection, before: known, after, policy: policyNow(), path: '' });
      } catch (error) {
        if (!(error instanceof SecretRefusedError)) throw error;
        return { fault: `${error.field} holds a secret (${error.rule}), and ${error.why}`, hint: error.hint };
      }
    },
    redact: (text) => (policyNow() === 'OFF' ? text : String(redact(text).value)),
  };
}
