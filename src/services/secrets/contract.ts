import type { Author } from '../../domain/author.js';
import type { RuleCount, SecretFinding } from './findings.js';

/** Secrets that a project already holds. */
export interface SecretService {
  /**
   * Searches a project for secrets: its record, everything in it, deleted records included, and what its log says of
   * earlier versions. A call ends after about 20 seconds; `after` continues it. Interrupted, it is repeated: what is redacted
   * stays so.
   * @throws MigrationStateError when it is to redact, and the project is being moved or its former place is still kept
   * @throws CursorError when `after` isn't from a scan of this project
   */
  scan(author: Author, input: SecretScanInput): Promise<SecretScan>;
}

export interface SecretScanInput {
  readonly projectId: string;
  /** Replaces what is found by markers. What it replaces can't be restored. Left out: nothing is changed. */
  readonly redact?: boolean | undefined;
  /** Where an earlier call ended. Left out: from the start. */
  readonly after?: string | null | undefined;
}

/** What one call found and did. */
export interface SecretScan {
  readonly recordsScanned: number;
  /** Entries of the log. */
  readonly entriesScanned: number;
  readonly recordsRedacted: number;
  readonly entriesRedacted: number;
  /** Records, and entries of the log, with a secret that can't be redacted. */
  readonly recordsLeft: number;
  readonly entriesLeft: number;
  readonly rules: readonly RuleCount[];
  /** The first findings. */
  readonly findings: readonly SecretFinding[];
  readonly hasMoreFindings: boolean;
  /** What still has to be erased, and why it couldn't be; null when everything was. */
  readonly problem: string | null;
  /** Where to continue; null: everything was searched. */
  readonly after: string | null;
}
