import type { RecordBase } from '../record.js';
import type { AccessLevel } from './level.js';

/** In place of a project's id: all projects. */
export const EVERY_PROJECT = '*';

/** Access to a project that a user, a role or a key has. */
export interface Grant extends RecordBase {
  /** Id of the user, role or key. */
  readonly subjectId: string;
  /** `EVERY_PROJECT`, or a project's id: unique together with the subject. */
  readonly projectId: string;
  readonly level: AccessLevel;
}
