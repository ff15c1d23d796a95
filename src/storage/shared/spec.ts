import type { RecordBase } from '../../domain/record.js';
import type { CollectionSpec, FieldType } from '../store.js';

/** A spec whose record type doesn't matter. */
export type AnySpec = Pick<CollectionSpec<RecordBase>, 'name'> & {
  readonly fields: { readonly [field: string]: FieldType | undefined };
  readonly indexes: readonly (readonly string[])[];
  readonly unique: readonly { readonly fields: readonly string[]; readonly among: 'live' | 'all' }[];
};
