import { isDeepStrictEqual } from 'node:util';
import type { LogEntry } from '../../../domain/log-entry.js';
import type { JsonObject } from '../../../util/json.js';
import { builder } from '../../builder.js';
import { OperationEnum, SortDirectionEnum } from '../../enums.js';

/** An entry, and what its record was after it: known, or read when it is asked for. */
export interface LogLine {
  readonly entry: LogEntry;
  readonly after: JsonObject | null | (() => Promise<JsonObject | null>);
}

/** Fields that every write changes, and what is derived of others. */
const NOT_NAMED = new Set(['version', 'updatedAt', 'pathKey']);

export const LogEntryRef = builder.objectRef<LogLine>('LogEntry').implement({
  description: 'One line of the log: what one write did to one record.',
  fields: (t) => ({
    seq: t.int({ description: 'Its number in the log: counts up.', resolve: ({ entry }) => entry.seq }),
    at: t.field({ type: 'DateTime', description: 'When it was written.', resolve: ({ entry }) => entry.at }),
    actor: t.string({ description: 'Who wrote, as the client named itself.', resolve: ({ entry }) => entry.actor }),
    requestId: t.string({ description: 'The request that wrote.', resolve: ({ entry }) => entry.requestId }),
    collection: t.string({
      description: 'What kind of record, such as `tasks`.',
      resolve: ({ entry }) => entry.collection,
    }),
    recordId: t.id({ description: 'Id of the record.', resolve: ({ entry }) => entry.recordId }),
    version: t.int({ description: "The record's version after it.", resolve: ({ entry }) => entry.version }),
    operation: t.field({ type: OperationEnum, description: 'What was done.', resolve: ({ entry }) => entry.operation }),
    before: t.field({
      type: 'JSONObject',
      nullable: true,
      description: 'The record before it; null for a creation, and when the image was erased.',
      resolve: ({ entry }) => entry.before,
    }),
    after: t.field({
      type: 'JSONObject',
      nullable: true,
      description: "The record after it; null for a purge, and when the image isn't kept.",
      resolve: imageAfter,
    }),
    isErased: t.boolean({
      description: 'Whether the image before it was erased, by a purge or because it was old.',
      resolve: ({ entry }) => entry.isErased,
    }),
    changedFields: t.stringList({
      nullable: true,
      description: 'Names of the fields that it changed; null when an image of before or after is missing.',
      resolve: async (line) => changedFields(line.entry.before, await imageAfter(line)),
    }),
  }),
});

function imageAfter({ after }: LogLine): JsonObject | null | Promise<JsonObject | null> {
  return typeof after === 'function' ? after() : after;
}

function changedFields(before: JsonObject | null, after: JsonObject | null): string[] | null {
  if (!before || !after) return null;
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...fields].filter((field) => !NOT_NAMED.has(field) && !isDeepStrictEqual(before[field], after[field]));
}

export const LogEntryConnection = builder.connectionObject(
  { type: LogEntryRef, name: 'LogEntryConnection', description: 'A page of a log.' },
  { name: 'LogEntryEdge', description: 'An entry and its place in the log.' },
);

/** The argument of every log, beside those of the page. */
export const directionArg = {
  type: SortDirectionEnum,
  defaultValue: 'DESC',
  description: 'Newest first, or oldest first.',
} as const;
