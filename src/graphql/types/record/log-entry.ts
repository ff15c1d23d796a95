import { isDeepStrictEqual } from 'node:util';
import type { LogEntry } from '../../../domain/log-entry.js';
import type { JsonObject } from '../../../util/json/json.js';
import { builder } from '../../builder.js';
import { OperationEnum, SortDirectionEnum } from '../../enums.js';

/** A log entry and the record after it, or a function that reads that record. */
export interface LogEntrySource {
  readonly entry: LogEntry;
  readonly after: JsonObject | null | (() => Promise<JsonObject | null>);
}

/** Fields left out of `changedFields`: those that every write changes, and those derived from other fields. */
const IGNORED_FIELDS = new Set(['version', 'updatedAt', 'pathKey']);

export const LogEntryRef = builder.objectRef<LogEntrySource>('LogEntry').implement({
  description:
    "An entry of a log: what one write did to one record. Each project's store has a log, and so has the server's list of projects. A mutation that writes several records, such as deleting a session with its memories, adds an entry for each. Entries are kept, but their content (`before` and `after`) is erased when the record is purged, and with age (`MOORING_LOG_RETENTION_DAYS`, 365 days by default).",
  fields: (t) => ({
    seq: t.int({
      description: 'Sequence number of the entry; later entries of a log have higher numbers.',
      resolve: ({ entry }) => entry.seq,
    }),
    at: t.field({ type: 'DateTime', description: 'When the write was committed.', resolve: ({ entry }) => entry.at }),
    actor: t.string({
      description:
        'Who made the write: the name that the client sent in the header `mooring-actor`, `anonymous` without one, or a part of the server, such as `retention`; `file edit` for a record whose file was edited by hand.',
      resolve: ({ entry }) => entry.actor,
    }),
    requestId: t.string({
      description:
        'Id of the request that made the write: its header `x-request-id`, or one that the server generated.',
      resolve: ({ entry }) => entry.requestId,
    }),
    collection: t.string({
      description: 'Collection of the record: `projects`, `tasks`, `memories`, `sessions` or `states`.',
      resolve: ({ entry }) => entry.collection,
    }),
    recordId: t.id({ description: 'Id of the record.', resolve: ({ entry }) => entry.recordId }),
    version: t.int({
      description: 'Version of the record after the write; for a purge, the last version it had.',
      resolve: ({ entry }) => entry.version,
    }),
    operation: t.field({
      type: OperationEnum,
      description: 'What the write did to the record.',
      resolve: ({ entry }) => entry.operation,
    }),
    before: t.field({
      type: 'JSONObject',
      nullable: true,
      description:
        'The record before the write, as it is stored, internal fields included; null for a creation, or when it was erased.',
      resolve: ({ entry }) => entry.before,
    }),
    after: t.field({
      type: 'JSONObject',
      nullable: true,
      description:
        'The record after the write, as it is stored, internal fields included; null for a purge, or when it was erased.',
      resolve: imageAfter,
    }),
    isErased: t.boolean({
      description:
        'Whether `before` was erased, or left out by a migration that could not copy it (`Migration.rejects`).',
      resolve: ({ entry }) => entry.isErased,
    }),
    changedFields: t.stringList({
      nullable: true,
      description:
        'Names of the fields that the write changed, except `version` and `updatedAt`; null when `before` or `after` is null.',
      resolve: async (source) => changedFields(source.entry.before, await imageAfter(source)),
    }),
  }),
});

function imageAfter({ after }: LogEntrySource): JsonObject | null | Promise<JsonObject | null> {
  return typeof after === 'function' ? after() : after;
}

function changedFields(before: JsonObject | null, after: JsonObject | null): string[] | null {
  if (!before || !after) return null;
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...fields].filter((field) => !IGNORED_FIELDS.has(field) && !isDeepStrictEqual(before[field], after[field]));
}

export const LogEntryConnection = builder.connectionObject(
  { type: LogEntryRef, name: 'LogEntryConnection', description: 'A page of log entries.' },
  { name: 'LogEntryEdge', description: 'An item and its cursor.' },
);

/** The sort direction of a log. */
export const directionArg = {
  type: SortDirectionEnum,
  defaultValue: 'DESC',
  description: 'Newest entries first (`DESC`) or oldest first (`ASC`).',
} as const;
