import type { Json } from '../util/json.js';
import type { RecordBase } from './record.js';

/** Named JSON kept with a project, a task or a session: a timeline, a plan, an agent's checkpoint. */
export interface State extends RecordBase {
  /** Id of the project, task or session it belongs to. */
  readonly ownerId: string;
  /** Unique for its owner among states that aren't deleted. */
  readonly key: string;
  readonly value: Json;
}
