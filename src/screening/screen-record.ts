import { markersIn, type Redaction, type SecretPolicy } from '../domain/fields/redaction.js';
import type { RecordBase } from '../domain/record.js';
import { redactJson, redactText } from '../secrets/redact.js';
import type { Json } from '../util/json/json.js';
import { SecretRefusedError } from './errors.js';
import { fromScan, isElsewhere, mayHold, newTexts, type RecordText, textsOf, toScan } from './texts.js';

/** A text, or JSON with texts, without secrets. */
export interface Redacted {
  readonly value: Json;
  /** What was redacted; empty: nothing, and the value is as it was. */
  readonly redactions: readonly Redaction[];
}

/** A write of a record to be screened. */
export interface ToScreen<T extends RecordBase> {
  readonly collection: string;
  readonly before: T | null;
  readonly after: T;
  readonly policy: SecretPolicy;
  /** Where in the input it came from, for errors: empty, or such as `tasks.2.` */
  readonly path: string;
}

/** A record as it may be saved. */
export interface Screened<T extends RecordBase> {
  readonly record: T;
  /** What was redacted by this write. */
  readonly redactions: readonly Redaction[];
}

/** Redacts one value, on this thread. */
export function redact(value: Json): Redacted {
  if (typeof value !== 'string') return redactJson(value);
  const { text, redactions } = redactText(value);
  return { value: text, redactions };
}

/** What a write adds to a record's texts, and the record once these are redacted. */
export interface Screening<T extends RecordBase> {
  /** What is to be redacted; empty when the policy is `OFF`. */
  readonly values: readonly Json[];
  /**
   * The record, with the values redacted, and with how many markers its texts have.
   * @throws SecretRefusedError when the policy refuses secrets, or the field of one can't have a marker in its place
   */
  finish(redacted: readonly Redacted[]): Screened<T>;
}

/** Begins to screen a record: secrets are looked for in the texts that the write adds. */
export function screen<T extends RecordBase>(write: ToScreen<T>): Screening<T> {
  const { collection, before, after, policy } = write;
  const texts = newTexts(collection, before, after);
  return {
    values: policy === 'OFF' ? [] : texts.map(toScan),
    finish(redacted) {
      const found = redacted.flatMap((each, index) =>
        each.redactions.length === 0
          ? []
          : [{ ...each, value: fromScan(texts[index]!, each.value), text: texts[index]! }],
      );
      const record = found.length === 0 ? after : replaceIn(write, found);
      const mayHaveMarkers =
        before?.redactions !== undefined || found.length > 0 || markersIn(texts.map(({ value }) => value)).length > 0;
      return {
        record: withRedactions(record, mayHaveMarkers ? markersIn(textsOf(collection, record)) : []),
        redactions: found.flatMap(({ redactions }) => redactions),
      };
    },
  };
}

/** Screens a record at once, on this thread. @throws SecretRefusedError */
export function screenNow<T extends RecordBase>(write: ToScreen<T>): Screened<T> {
  const { values, finish } = screen(write);
  return finish(values.map(redact));
}

function replaceIn<T extends RecordBase>(
  { collection, after, policy, path }: ToScreen<T>,
  found: readonly (Redacted & { readonly text: RecordText })[],
): T {
  const changed = new Map<string, Json>();
  for (const { text, value, redactions } of found) {
    const { field, index, isIdentifying } = text;
    const { rule } = redactions[0]!;
    const at = index === null ? `${path}${field}` : `${path}${field}.${index}`;
    if (policy === 'REFUSE') throw new SecretRefusedError(at, rule, 'the policy refuses secrets');
    if (isIdentifying) throw new SecretRefusedError(at, rule, 'it names the record, so it can’t be redacted');
    const now = changed.get(field) ?? (Reflect.get(after, field) as Json);
    const next = index === null ? value : (now as readonly Json[]).with(index, value);
    if (!mayHold(collection, field, next))
      throw new SecretRefusedError(at, rule, 'the field can’t hold a redacted text');
    if (isElsewhere(collection, after, { ...after, [field]: next }))
      throw new SecretRefusedError(at, rule, 'it says where the project is kept');
    changed.set(field, next);
  }
  return { ...after, ...Object.fromEntries(changed) };
}

/** A record with how many markers its texts have. */
export function withMarkers<T extends RecordBase>(collection: string, record: T): T {
  return withRedactions(record, markersIn(textsOf(collection, record)));
}

function withRedactions<T extends RecordBase>(record: T, markers: readonly Redaction[]): T {
  if (markers.length === 0 && record.redactions === undefined) return record;
  const { redactions: _, ...rest } = record;
  return (markers.length === 0 ? rest : { ...rest, redactions: markers }) as T;
}
