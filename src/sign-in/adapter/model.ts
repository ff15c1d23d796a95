import type { RowChange, RowStore } from '../../services/sign-in/rows.js';
import type { AnySpec } from '../../storage/shared/collection-spec.js';

/** The records, for one who needn't say for whom they are changed. */
export interface Rows extends Pick<RowStore, 'get' | 'list'> {
  /** Commits all of the changes, or none. @throws ConflictError, AlreadyExistsError, StoreError */
  commit(changes: readonly RowChange[]): Promise<void>;
}

/** How the records of a model are kept. */
export interface Model {
  readonly spec: AnySpec;
  /**
   * Whether what a record was stays in the log. Otherwise it is removed for good, and an update of a field of `secret` is a
   * new record in place of the old one: an old password must not be brought back.
   */
  readonly hasHistory: boolean;
  /** Fields whose earlier values must be nowhere. */
  readonly secret?: readonly string[] | undefined;
  newId(): string;
}

/** The models by the names that the library uses. */
export type Models = Readonly<Record<string, Model>>;
