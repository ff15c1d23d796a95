import type { RecordBase } from '../../domain/record.js';
import type { CollectionSpec, FieldType } from '../store.js';

/** The fields of a spec, and what they hold. */
export type Fields = { readonly [field: string]: FieldType | undefined };

/** A spec whose record type doesn't matter. */
export type AnySpec = Pick<CollectionSpec<RecordBase>, 'name'> & {
  readonly fields: Fields;
  readonly indexes: readonly (readonly string[])[];
  readonly unique: readonly { readonly fields: readonly string[]; readonly among: 'live' | 'all' }[];
};

/** The field's name. @throws Error when the spec doesn't declare it: a mistake in our code, not of the client */
export function declared(field: string, fields: Fields): string {
  if (!Object.hasOwn(fields, field)) throw new Error(`The field ${field} isn't declared in its collection's spec.`);
  return field;
}
