import type { JsonObject } from '../util/json.js';
import type { RecordBase } from './record.js';

export const MEMORY_ROLES = ['USER', 'ASSISTANT', 'SYSTEM'] as const;
export type MemoryRole = (typeof MEMORY_ROLES)[number];

/** The most that a memory's content may hold, in bytes of UTF-8, in every store. */
export const MAX_CONTENT_BYTES = 1_048_576;

/** Something that was said or learned, found again by meaning. */
export interface Memory extends RecordBase {
  /** The client's own key of the conversation; null when it stands alone. */
  readonly sessionId: string | null;
  /** Id of the task it belongs to. */
  readonly taskId: string | null;
  readonly role: MemoryRole;
  readonly content: string;
  readonly metadata: JsonObject;
  readonly occurredAt: string;
  /** Id of the session that was deleted and took this memory with it; null otherwise. */
  readonly deletedWith: string | null;
}
