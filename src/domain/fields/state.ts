import { idOf, MAX_STATE_BYTES } from './common.js';
import { json } from './json.js';
import { label } from './text.js';

/** What a state's own fields may hold, by a request or by hand. */
export const stateFields = {
  ownerId: idOf('project', 'task', 'session'),
  key: label(200),
  value: json(MAX_STATE_BYTES),
} as const;
