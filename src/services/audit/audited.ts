import type { RecordBase } from '../../domain/record.js';

/** What the audit shows of a collection's records. A field that is in neither list isn't shown at all. */
export interface AuditedCollection {
  /** With its article, to be read after a verb. */
  readonly noun: string;
  /** The field that names a record; left out: its id does. */
  readonly label?: string | undefined;
  /** Fields with their values. */
  readonly shown: readonly string[];
  /** Fields of which only is said that they changed. */
  readonly named: readonly string[];
  /** The field that says which project the record is about. */
  readonly projectField?: string | undefined;
  /** Verbs for an update that sets the field, which was null. */
  readonly setting?: { readonly [field: string]: string | undefined } | undefined;
}

/** Fields that every write changes. */
const NEVER = ['id', 'version', 'createdAt', 'updatedAt'] as const;
type Field<T> = Exclude<keyof T, (typeof NEVER)[number]> & string;

interface Audited<T extends RecordBase> extends AuditedCollection {
  readonly label?: Field<T>;
  readonly shown: readonly Field<T>[];
  readonly named: readonly Field<T>[];
  readonly projectField?: Field<T> | 'id';
  readonly setting?: { readonly [F in Field<T>]?: string };
}

/** Checks that the fields are those of a record. */
export const audited = <T extends RecordBase>(of: Audited<T>): AuditedCollection => of as AuditedCollection;
