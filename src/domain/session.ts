import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { MAX_LABEL, MAX_METADATA_BYTES, MAX_NAME } from './fields/common.js';
import { defaultsOf, type ValuesOf } from './fields/derive.js';
import { jsonObject } from './fields/json.js';
import { label, moment, name } from './fields/text.js';
import { ALPHABET } from './id.js';
import type { RecordBase } from './record.js';

export const STREAMING_STATUSES = ['STREAMING', 'PENDING'] as const;
export type StreamingStatus = (typeof STREAMING_STATUSES)[number];

/** The client's own key of a conversation. */
export const sessionKey = label(500);

const facet = label(MAX_LABEL).nullable().default(null);

/** What a session's own fields may hold, in a request or edited by hand, in the order that reads best. */
export const sessionFields = {
  /** The client's own name for it; unique in its project among sessions that aren't deleted. */
  key: sessionKey,
  title: name(MAX_NAME).nullable().default(null),
  /** Whose conversation it is; null when nobody's. */
  userId: facet,
  agent: facet,
  provider: facet,
  model: facet,
  workspace: facet,
  status: facet,
  /** Whether an answer is being produced, or has to be resumed; null: neither. */
  streamingStatus: z.enum(STREAMING_STATUSES).nullable().default(null),
  startedAt: moment,
  /** Time of the last activity, to the second; null in a session of an earlier version until its activity is needed. */
  activeAt: moment.nullable().default(null),
  metadata: jsonObject(MAX_METADATA_BYTES).default({}),
} as const;

/** What the fields of a session hold until they are set. */
export const SESSION_DEFAULTS = defaultsOf(sessionFields);

/** A conversation. It begins with the first memory that names its key, unless it was created before. */
export interface Session extends RecordBase, ValuesOf<typeof sessionFields> {}

/** A random key for a session whose client has none: `chat-` and 60 bits, such as `chat-7k2m-9xqd-b4tn`. */
export function newSessionKey(): string {
  const letters = Array.from(randomBytes(12), (byte) => ALPHABET[byte % ALPHABET.length]!).join('');
  return `chat-${letters.match(/.{4}/g)!.join('-')}`;
}

/** Characters of a title that is taken from a message, as a reader counts them. */
const TITLE_LENGTH = 50;
/** Control characters except spaces, and those that change the direction of a text. */
const CONTROLS = /[^\P{Cc}\s\u0085]|\p{Bidi_Control}/gu;
/** U+2800 is a pattern of Braille without dots. */
const VISIBLE = /[^\s\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A title from a message of a user: its beginning, on one line. Null when nothing of it would be visible. */
export function titleOf(message: string): string | null {
  // Without the mark of a heading in Markdown.
  const line = message
    .replace(CONTROLS, '')
    .replace(/^\s*#+\s/, '')
    .replace(/[\s\u0085]+/g, ' ')
    .trim();
  let title = '';
  let count = 0;
  for (const { segment } of graphemes.segment(line)) {
    // A character can have any number of marks.
    if (count === TITLE_LENGTH || title.length + segment.length >= MAX_NAME) {
      title = `${title.trimEnd()}…`;
      break;
    }
    title += segment;
    count += 1;
  }
  return VISIBLE.test(title.replace(/…$/, '')) ? title : null;
}
