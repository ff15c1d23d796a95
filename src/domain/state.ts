import { idOf, MAX_STATE_BYTES } from './fields/common.js';
import type { ValuesOf } from './fields/derive.js';
import { json } from './fields/json.js';
import { label } from './fields/text.js';
import type { RecordBase } from './record.js';

/** What a state's own fields may hold, in a request or edited by hand, in the order that reads best. */
export const stateFields = {
  /** Id of the project, task or session it belongs to. */
  ownerId: idOf('project', 'task', 'session'),
  /** Unique for its owner among states that aren't deleted. */
  key: label(200),
  value: json(MAX_STATE_BYTES),
} as const;

/** Named JSON kept with a project, a task or a session: a timeline, a plan, an agent's checkpoint. */
export interface State extends RecordBase, ValuesOf<typeof stateFields> {}
