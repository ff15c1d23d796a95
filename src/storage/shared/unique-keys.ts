import type { AnySpec } from './collection-spec.js';

/** A unique key that a document holds. */
export interface UniqueKey {
  readonly fields: readonly string[];
  /** What the document has in these fields, in their order. None is null. */
  readonly values: readonly unknown[];
  readonly among: 'live' | 'all';
}

type Values = { readonly [field: string]: unknown };

/** The unique keys that a document holds: a null exempts it, and deletion from those among live documents. */
export function uniqueKeysOf({ unique }: Pick<AnySpec, 'unique'>, document: object): readonly UniqueKey[] {
  const of = document as Values;
  return unique
    .filter(({ among }) => among === 'all' || of.deletedAt == null)
    .map(({ fields, among }) => ({ fields, among, values: fields.map((field) => of[field]) }))
    .filter(({ values }) => values.every((value) => value != null));
}

/** Whether a document holds the key. */
export function holdsKey(document: object, { fields, values, among }: UniqueKey): boolean {
  const of = document as Values;
  return (among === 'all' || of.deletedAt == null) && fields.every((field, index) => of[field] === values[index]);
}
