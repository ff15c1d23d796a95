import type { Author } from '../../domain/author.js';
import type { Estimate, Migration, MigrationFinding, Preflight } from '../../domain/migration.js';
import type { Place } from '../../domain/place.js';
import type { Project } from '../../domain/project.js';
import type { Repository } from '../../repositories/repository.js';
import type { MigrationDestination, MigrationTarget, NewMigration } from '../input/migration.js';

/**
 * Moves projects. A command is written into the migration's record and is binding from then on; the runner, in any process,
 * reads it there and carries it out. Every command may throw NotFoundError, and MigrationStateError when the migration isn't
 * in a phase that allows it.
 */
export interface MigrationService {
  /**
   * Plans a move, for the runner to carry out.
   * @throws MigrationStateError when the project is being moved already
   * @throws StorageModeUnavailableError when it can't live there on this server
   */
  start(author: Author, input: NewMigration): Promise<Migration>;
  /** Stops the work until it is resumed; writes to the project continue. Before the flip, and while it is verified again. */
  pause(author: Author, input: MigrationTarget): Promise<Migration>;
  /** Resumes; one that waits because of a problem retries at once. */
  resume(author: Author, input: MigrationTarget): Promise<Migration>;
  /** Leaves the project where it is and removes what was written elsewhere. Only before the flip. */
  cancel(author: Author, input: MigrationTarget): Promise<Migration>;
  /** Flips as soon as possible, without another command. Only before the flip. */
  cutOver(author: Author, input: MigrationTarget): Promise<Migration>;
  /** Moves the project back to where it was, with what was written since. Only once it is `MOVED`. */
  rollBack(author: Author, input: MigrationTarget): Promise<Migration>;
  /** Compares both sides again. Only once it is `MOVED`. */
  verify(author: Author, input: MigrationTarget): Promise<Migration>;
  /** Removes the source that is kept. Only once it is `MOVED`. @throws ConfirmationError */
  finalize(author: Author, input: MigrationTarget & { readonly token: string }): Promise<Migration>;

  /** @throws InvalidInputError when it isn't the id of a migration */
  find(id: string): Promise<Migration | null>;
  /** The project's migration that hasn't ended; null when there is none. */
  activeOf(projectId: string): Promise<Migration | null>;
  readonly all: Repository<Migration, MigrationFilter>;
  readonly findings: Repository<MigrationFinding, FindingFilter>;

  /** What a move would take, and whether it is possible; nothing is stored. @throws StoreError and as `start` */
  estimate(input: MigrationDestination): Promise<CheckedEstimate>;
  /** The token that `finalize` requires; null unless it can be finalized now. */
  finalization(migration: Migration): Finalization | null;

  /** The cursor after this version of the record: `progress` resumes from there. */
  cursorOf(migration: Migration): Promise<string>;
  /**
   * The current progress and then each change of it: at most ten a second, but always the last of each phase. It ends when
   * the migration has ended.
   * @param after the cursor of an earlier event; null begins with the current progress
   * @throws CursorError when the cursor isn't of this migration, or is older than what the log keeps
   */
  progress(id: string, after: string | null): Promise<AsyncIterableIterator<MigrationEvent>>;
}

/** What a move would take, and the checks behind it. */
export type CheckedEstimate = Estimate & Pick<Preflight, 'checks'>;

export interface MigrationFilter {
  readonly projectId?: string | undefined;
  /** Those of one of these projects. */
  readonly projectIds?: readonly string[] | undefined;
  /** Those that haven't ended, of one of these projects. */
  readonly activeFor?: readonly string[] | undefined;
}

export interface FindingFilter {
  readonly migrationId: string;
  readonly kind: MigrationFinding['kind'];
}

/** Confirms that the source may be removed. */
export interface Finalization {
  readonly token: string;
  readonly expiresAt: string;
  /** What would be removed, for a person to read. */
  readonly consequence: string;
}

/** A migration at one moment. */
export interface MigrationEvent {
  /** Resumes after this event. */
  readonly cursor: string;
  readonly migration: Migration;
}

/** Checks everything that a move depends on, and writes nothing that stays. */
export interface MigrationPreflight {
  run(project: Project, to: Place): Promise<Preflight>;
}
