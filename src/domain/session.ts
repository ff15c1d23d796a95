import type { JsonObject } from '../util/json.js';
import type { RecordBase } from './record.js';

/** A conversation. It begins with the first memory that names its key. */
export interface Session extends RecordBase {
  /** The client's own name for it; unique in its project among sessions that aren't deleted. */
  readonly key: string;
  readonly title: string | null;
  readonly agent: string | null;
  readonly provider: string | null;
  readonly workspace: string | null;
  readonly status: string | null;
  readonly startedAt: string;
  readonly metadata: JsonObject;
}
