import { MAX_LABEL, MAX_METADATA_BYTES, MAX_NAME } from './common.js';
import { jsonObject } from './json.js';
import { label, name } from './text.js';

const facet = label(MAX_LABEL).nullable();

/** What a session's own fields may hold, by a request or by hand. */
export const sessionFields = {
  title: name(MAX_NAME).nullable(),
  agent: facet,
  provider: facet,
  workspace: facet,
  status: facet,
  metadata: jsonObject(MAX_METADATA_BYTES),
} as const;
