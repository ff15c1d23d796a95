import type { Author } from '../../domain/author.js';
import type { Estimate, Migration, MigrationFinding, MigrationOptions, Preflight } from '../../domain/migration.js';
import type { Place } from '../../domain/place.js';
import type { Project, StorageMode } from '../../domain/project.js';
import type { Repository } from '../../repositories/factory.js';

/**
 * Moves projects. A command is written into the migration's record and holds from then on; the runner, in any process, reads
 * it there and carries it out. Every command may throw NotFoundError, and MigrationStateError when the migration's state
 * doesn't allow it.
 */
export interface MigrationService {
  /**
   * Plans a move and leaves it to the runner.
   * @throws MigrationStateError when the project is already being moved
   * @throws StorageModeUnavailableError when it can't live there on this server
   */
  start(author: Author, input: MigrationInput & GivenOptions): Promise<Migration>;
  /** Stops the work until it is resumed; writes to the project continue where it lives. Before a flip, and during a verification. */
  pause(author: Author, input: MigrationRef): Promise<Migration>;
  /** Continues, at once even while waiting after a problem. */
  resume(author: Author, input: MigrationRef): Promise<Migration>;
  /** Leaves the project where it is and removes what was written elsewhere. Only before the flip. */
  cancel(author: Author, input: MigrationRef): Promise<Migration>;
  /** Flips as soon as possible. Only before the flip. */
  cutOver(author: Author, input: MigrationRef): Promise<Migration>;
  /** Brings the project back to where it was, with what was written since. Only once it is `MOVED`. */
  rollBack(author: Author, input: MigrationRef): Promise<Migration>;
  /** Compares both sides again. Only once it is `MOVED`. */
  verify(author: Author, input: MigrationRef): Promise<Migration>;
  /** Removes the source that is kept. Only once it is `MOVED`. @throws ConfirmationError */
  finalize(author: Author, input: MigrationRef & { readonly token: string }): Promise<Migration>;

  /** @throws InvalidInputError when it isn't the id of a migration */
  find(id: string): Promise<Migration | null>;
  /** The project's active migration; null when it has none. */
  activeOf(projectId: string): Promise<Migration | null>;
  readonly all: Repository<Migration, MigrationFilter>;
  readonly findings: Repository<MigrationFinding, FindingFilter>;

  /** Estimates a move, and checks whether it is possible; stores nothing. @throws StoreError and as `start` */
  estimate(input: MigrationInput): Promise<CheckedEstimate>;
  /** The token that `finalize` requires; null unless the migration can be finalized now. */
  finalization(migration: Migration): Finalization | null;

  /** The cursor after this version of the record: `progress` continues from there. */
  cursorOf(migration: Migration): Promise<string>;
  /**
   * The progress, at once and then on each change: at most ten events a second, but always the last of each phase. Ends
   * after the migration has.
   * @param after the cursor of an earlier event; null starts with the current state
   * @throws CursorError when the cursor isn't of this migration, or is older than the log's entries
   */
  progress(id: string, after: string | null): Promise<AsyncIterableIterator<MigrationEvent>>;
}

/** The estimate of a move, and the checks behind it. */
export type CheckedEstimate = Estimate & Pick<Preflight, 'checks'>;

export interface MigrationInput {
  readonly projectId: string;
  readonly to: StorageMode;
  /** The project's own place there, as `Place.location`; null or left out: where the mode's settings say. */
  readonly location?: string | null | undefined;
}

/** Options left out (undefined) have the defaults of `startMigration`. */
export type GivenOptions = { readonly [K in keyof MigrationOptions]?: MigrationOptions[K] | undefined };

export interface MigrationRef {
  readonly id: string;
}

export interface MigrationFilter {
  readonly projectId?: string | undefined;
}

export interface FindingFilter {
  readonly migrationId: string;
  readonly kind: MigrationFinding['kind'];
}

/** What confirms that the source may be removed. */
export interface Finalization {
  readonly token: string;
  readonly expiresAt: string;
  /** What would be lost, for a person to read. */
  readonly consequence: string;
}

/** The state of a migration at a moment. */
export interface MigrationEvent {
  /** Resume after this event with it. */
  readonly cursor: string;
  readonly migration: Migration;
}

/** Checks everything that a move depends on, and leaves nothing behind. */
export interface MigrationPreflight {
  run(project: Project, to: Place): Promise<Preflight>;
}
