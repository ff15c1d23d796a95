import type { Author } from '../../domain/author.js';
import type { Estimate, Migration, MigrationFinding, MigrationOptions, Preflight } from '../../domain/migration.js';
import type { Place } from '../../domain/place.js';
import type { Project, StorageMode } from '../../domain/project.js';
import type { Repository } from '../../repositories/repository.js';

/**
 * Moving projects. What is told here is written into the migration's record and holds from then on; the runner, in whatever
 * process, reads it there and does it. Every command may throw NotFoundError, and MigrationStateError when the migration
 * isn't where it can be done.
 */
export interface MigrationService {
  /**
   * Plans a move and leaves it to the runner.
   * @throws MigrationStateError when the project is on the move already
   * @throws StorageModeUnavailableError when it can't live there on this server
   */
  start(author: Author, input: MigrationInput & GivenOptions): Promise<Migration>;
  /** Stops the work until it is resumed; writes to the project go on where it lives. Before a flip, and while it is verified again. */
  pause(author: Author, input: Target): Promise<Migration>;
  /** Goes on, at once also where a problem is waited for. */
  resume(author: Author, input: Target): Promise<Migration>;
  /** Leaves the project where it is and removes what was written elsewhere. Only before the flip. */
  cancel(author: Author, input: Target): Promise<Migration>;
  /** Flips as soon as that can be done, without being asked again. Only before the flip. */
  cutOver(author: Author, input: Target): Promise<Migration>;
  /** Brings the project back to where it was, with what was written since. Only once it is `MOVED`. */
  rollBack(author: Author, input: Target): Promise<Migration>;
  /** Compares both sides again. Only once it is `MOVED`. */
  verify(author: Author, input: Target): Promise<Migration>;
  /** Removes the source that is kept. Only once it is `MOVED`. @throws ConfirmationError */
  finalize(author: Author, input: Target & { readonly token: string }): Promise<Migration>;

  /** @throws InvalidInputError when it isn't the id of a migration */
  find(id: string): Promise<Migration | null>;
  /** The migration of a project that isn't over; null when there is none. */
  activeOf(projectId: string): Promise<Migration | null>;
  readonly all: Repository<Migration, MigrationFilter>;
  readonly findings: Repository<MigrationFinding, FindingFilter>;

  /** What a move would take, and whether it can be done; nothing is kept of it. @throws StoreError and as `start` */
  estimate(input: MigrationInput): Promise<CheckedEstimate>;
  /** What `finalize` asks for; null unless it can be finalized now. */
  finalization(migration: Migration): Finalization | null;

  /** The cursor after the version of the record that is given: `progress` goes on from there. */
  cursorOf(migration: Migration): Promise<string>;
  /**
   * How it goes, at once and then as it goes on: at most ten a second, never less than the last of each phase. It ends after
   * the migration has.
   * @param after the cursor of an earlier one; null begins with how it stands now
   * @throws CursorError when the cursor isn't of this migration, or is older than what the log keeps
   */
  progress(id: string, after: string | null): Promise<AsyncIterableIterator<MigrationEvent>>;
}

/** What a move would take, and what was looked at to know it. */
export type CheckedEstimate = Estimate & Pick<Preflight, 'checks'>;

export interface MigrationInput {
  readonly projectId: string;
  readonly to: StorageMode;
  /** Its own place there, as `Place.location`; null or left out: where the mode's settings say. */
  readonly location?: string | null | undefined;
}

/** What is left out (undefined) is as `startMigration` says. */
export type GivenOptions = { readonly [K in keyof MigrationOptions]?: MigrationOptions[K] | undefined };

export interface Target {
  readonly id: string;
}

export interface MigrationFilter {
  readonly projectId?: string | undefined;
}

export interface FindingFilter {
  readonly migrationId: string;
  readonly kind: MigrationFinding['kind'];
}

/** Confirms that the source may be removed. */
export interface Finalization {
  readonly token: string;
  readonly expiresAt: string;
  /** What would be gone, for a person to read. */
  readonly consequence: string;
}

/** How a migration stood at one moment. */
export interface MigrationEvent {
  /** Go on after it with this. */
  readonly cursor: string;
  readonly migration: Migration;
}

/** Looks at everything that a move depends on, and writes nothing that stays. */
export interface MigrationPreflight {
  run(project: Project, to: Place): Promise<Preflight>;
}
