import { hash } from 'node:crypto';
import { canonical, isSameCanonical } from '../../util/json/canonical-json.js';

/** SHA-256 over every field of a record, in hex: the same for equal records of every store. */
export function digestOf(record: object): string {
  return hash('sha256', canonical(record));
}

/** The initial running digest, of nothing. */
export const NO_DIGEST = hash('sha256', '');

/** The running digest with one more record in it. */
export function digestWith(running: string, digest: string): string {
  return hash('sha256', running + digest);
}

/** Names of the fields in which two records differ. */
export function differingFields(a: object, b: object): readonly string[] {
  const [one, other] = [a, b] as readonly { readonly [field: string]: unknown }[];
  const fields = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...fields].filter((field) => !isSameCanonical(one![field], other![field])).sort();
}
