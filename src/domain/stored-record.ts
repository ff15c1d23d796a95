import { z } from 'zod';
import type { Json, JsonObject } from '../util/json/json.js';
import { externalId, idOf, redactions, version } from './fields/common.js';
import { withoutDefaults } from './fields/derive.js';
import { explain } from './fields/parse.js';
import { moment } from './fields/text.js';
import { parseId, type RecordKind } from './id.js';
import { memoryFields, TOOL_FIELDS, toolFault } from './memory.js';
import { sessionFields } from './session.js';
import { stateFields } from './state.js';
import { type Task, taskFields, UNCLAIMED, withDerived } from './task.js';

/** The shape of each stored record, for records that another program or a person may have written. */

/** What every record has, in the order that reads best. */
const base = (kind: RecordKind) => ({
  id: idOf(kind),
  version,
  createdAt: moment,
  updatedAt: moment,
  deletedAt: moment.nullable(),
  externalId: externalId.nullable(),
});

/** What follows the others, in records that have it. */
const optional = { redactions: redactions.optional() };

/** A field that was added later keeps its default here (`field: taskFields.field`): files written before don't have it. */
const SHAPES = {
  tasks: z.strictObject({
    ...base('task'),
    ...withoutDefaults(taskFields),
    parentId: taskFields.parentId,
    claim: taskFields.claim,
    claimToken: taskFields.claimToken,
    lastRelease: taskFields.lastRelease,
    result: taskFields.result,
    ...optional,
  }),
  memories: z
    .strictObject({
      ...base('memory'),
      ...withoutDefaults(memoryFields),
      toolName: memoryFields.toolName,
      toolCallId: memoryFields.toolCallId,
      kind: memoryFields.kind,
      pinned: memoryFields.pinned,
      references: memoryFields.references,
      supersedes: memoryFields.supersedes,
      ...optional,
    })
    .superRefine((memory, context) => {
      const fault = toolFault(memory.role);
      const field = TOOL_FIELDS.find((each) => memory[each] !== null);
      if (!fault || !field) return;
      context.addIssue({ code: 'custom', path: [field], message: fault.message, params: { hint: fault.hint } });
    }),
  sessions: z.strictObject({
    ...base('session'),
    ...withoutDefaults(sessionFields),
    userId: sessionFields.userId,
    model: sessionFields.model,
    streamingStatus: sessionFields.streamingStatus,
    activeAt: sessionFields.activeAt,
    ...optional,
  }),
  states: z.strictObject({ ...base('state'), ...withoutDefaults(stateFields), ...optional }),
} as const;

/** A record in its collection's shape; or the first thing that is wrong with it. */
export type ParsedRecord = { readonly record: JsonObject } | RecordFault;
/** `fault`: the first thing that is wrong, with its path; `hint`: what to do about it. */
export interface RecordFault {
  readonly fault: string;
  readonly hint: string;
}

/**
 * Parses a record by the rules of the API's inputs, and normalizes it as they do: times in UTC, titles without surrounding
 * white space. A collection that has no shape accepts any document. A fault repeats no value.
 * @param at - when it is written: the completion time of a task that became `DONE`
 */
export function parseRecord(collection: string, document: JsonObject, at: string): ParsedRecord {
  const result = shapeOf(collection)?.safeParse(document);
  if (!result) return { record: document };
  if (result.success) return { record: withDerivedFields(collection, result.data as JsonObject, at) };
  const issue = result.error.issues[0]!;
  const { message, hint } = explain(issue, document);
  return { fault: `${issue.path.join('.') || 'it'} ${message}`, hint };
}

/**
 * What is wrong with a record's references: ids of another project, and its own id. Whether the records exist isn't checked,
 * as none is read. Null when nothing is wrong.
 * @param projectKey - of the record's project
 */
export function findWrongReference(record: JsonObject, projectKey: string): RecordFault | null {
  for (const [field, id] of referencesOf(record)) {
    if (parseId(id)?.projectKey !== projectKey)
      return { fault: `${field} names ${id}, which is of another project`, hint: 'Name a record of the same project.' };
    if (id === record.id) return { fault: `${field} names the record itself`, hint: 'Leave it out.' };
  }
  return null;
}

/** The references of a record of any collection, with their paths. */
function referencesOf(record: JsonObject): readonly (readonly [field: string, id: string])[] {
  const lists = ['dependsOn', 'references'].flatMap((field) => {
    const ids = record[field];
    return Array.isArray(ids) ? ids.map((id: Json, index) => [`${field}.${index}`, id] as const) : [];
  });
  const fields = ['parentId', 'taskId', 'ownerId', 'supersedes'];
  const all: readonly (readonly [string, Json | undefined])[] = [
    ...lists,
    ...fields.map((field) => [field, record[field]] as const),
  ];
  return all.flatMap(([field, id]) => (typeof id === 'string' ? [[field, id] as const] : []));
}

/** A record with what follows from its other fields. `at`: when it is written. */
export function withDerivedFields(collection: string, record: JsonObject, at: string): JsonObject {
  return collection === 'tasks' ? (withDerived(record as JsonObject & Task, at) as JsonObject) : record;
}

/** The fields that only requests set, as a new record of the collection has them. */
export function initialFields(collection: string): JsonObject {
  return collection === 'tasks' ? UNCLAIMED : {};
}

/** The fields of a collection's records, in the order that reads best; empty when it has no shape. */
export function fieldOrder(collection: string): readonly string[] {
  return Object.keys(shapeOf(collection)?.shape ?? {});
}

const shapeOf = (collection: string) =>
  Object.hasOwn(SHAPES, collection) ? SHAPES[collection as keyof typeof SHAPES] : null;
