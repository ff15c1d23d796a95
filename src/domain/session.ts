import { MAX_LABEL, MAX_METADATA_BYTES, MAX_NAME } from './fields/common.js';
import { defaultsOf, type ValuesOf } from './fields/derive.js';
import { jsonObject } from './fields/json.js';
import { label, moment, name } from './fields/text.js';
import type { RecordBase } from './record.js';

/** The client's own key of a conversation. */
export const sessionKey = label(500);

const facet = label(MAX_LABEL).nullable().default(null);

/** What a session's own fields may hold, in a request or edited by hand, in the order that reads best. */
export const sessionFields = {
  /** The client's own name for it; unique in its project among sessions that aren't deleted. */
  key: sessionKey,
  title: name(MAX_NAME).nullable().default(null),
  agent: facet,
  provider: facet,
  workspace: facet,
  status: facet,
  startedAt: moment,
  metadata: jsonObject(MAX_METADATA_BYTES).default({}),
} as const;

/** What the fields of a session hold until they are set. */
export const SESSION_DEFAULTS = defaultsOf(sessionFields);

/** A conversation. It begins with the first memory that names its key. */
export interface Session extends RecordBase, ValuesOf<typeof sessionFields> {}
