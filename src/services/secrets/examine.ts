import { PLACE_SETTING } from '../../domain/place.js';
import type { RecordBase } from '../../domain/record.js';
import { type Redacted, withMarkers } from '../../screening/screen-record.js';
import { fromScan, isElsewhere, mayHold, newTexts, type RecordText, toScan } from '../../screening/texts.js';
import type { Json } from '../../util/json/json.js';

/** Secrets of one kind in a field of a record. */
export interface FoundSecret {
  readonly field: string;
  /** Name of the rule that found them, such as `github-token`. */
  readonly rule: string;
  readonly count: number;
  /** Why they can't be redacted, and what to do instead; null when they can. */
  readonly obstacle: string | null;
}

/** A record, or what it was, that was searched for secrets. */
export interface Examined<T extends RecordBase> {
  readonly found: readonly FoundSecret[];
  /** With markers in place of what can be redacted; the record itself when nothing can. */
  readonly redacted: T;
}

/** Redacts values, each for itself. */
export type RedactValues = (values: readonly Json[]) => Promise<readonly Redacted[]>;

/**
 * Searches all texts of a record.
 * @param isImage whether it is what a record was: nothing has to accept a marker in it any more
 */
export async function examine<T extends RecordBase>(
  redactValues: RedactValues,
  collection: string,
  record: T,
  isImage: boolean,
): Promise<Examined<T>> {
  const texts = newTexts(collection, null, record);
  const values = await redactValues(texts.map(toScan));
  const found: FoundSecret[] = [];
  let redacted = record;
  for (const [index, { value, redactions }] of values.entries()) {
    if (redactions.length === 0) continue;
    const text = texts[index]!;
    const after = replaced(redacted, text, fromScan(text, value));
    const obstacle = obstacleTo(collection, redacted, after, text, isImage);
    found.push(...redactions.map(({ rule, count }) => ({ field: text.field, rule, count, obstacle })));
    if (obstacle === null) redacted = after;
  }
  return { found: byField(found), redacted: redacted === record ? record : withMarkers(collection, redacted) };
}

function replaced<T extends RecordBase>(record: T, { field, index }: RecordText, value: Json): T {
  const now = Reflect.get(record, field) as Json;
  return { ...record, [field]: index === null ? value : (now as readonly Json[]).with(index, value) };
}

function obstacleTo<T extends RecordBase>(
  collection: string,
  before: T,
  after: T,
  { field, isIdentifying }: RecordText,
  isImage: boolean,
): string | null {
  if (isIdentifying)
    return `${field} identifies the record, so it can't hold a marker: give another, or purge the record.`;
  if (isImage) return null;
  if (isElsewhere(collection, before, after))
    return `${PLACE_SETTING.FILE} and ${PLACE_SETTING.MONGODB} say where the project is: move it.`;
  if (!mayHold(collection, field, Reflect.get(after, field) as Json))
    return `${field} can't hold a marker: change it, then scan again for what it was.`;
  return null;
}

/** Items of a list are one field. Of these, one may be redacted and another not. */
function byField(found: readonly FoundSecret[]): readonly FoundSecret[] {
  const sums = new Map<string, FoundSecret>();
  for (const each of found) {
    const key = `${each.field} ${each.rule}`;
    const known = sums.get(key);
    const sum = { count: each.count + (known?.count ?? 0), obstacle: known?.obstacle ?? each.obstacle };
    sums.set(key, { ...each, ...sum });
  }
  return [...sums.values()];
}
