import { isDeepStrictEqual } from 'node:util';
import { roleFields } from '../domain/access/role.js';
import { userFields } from '../domain/access/user.js';
import { memoryFields } from '../domain/memory.js';
import { placeKey, placeOf } from '../domain/place.js';
import { type Project, projectFields } from '../domain/project.js';
import type { RecordBase } from '../domain/record.js';
import { sessionFields } from '../domain/session.js';
import { stateFields } from '../domain/state.js';
import { taskFields } from '../domain/task.js';
import type { Json, JsonObject } from '../util/json/json.js';

/** What the records of a collection may hold where. Every field that isn't named here holds text. */
interface Fields {
  /** Fields that others find the record by: without what they hold it would be another record. */
  readonly identifying: readonly string[];
  /** Ids, times and names that the server chooses among: no client's words. */
  readonly wordless: readonly string[];
  /** A field of which another one says what is in it. */
  readonly named?: { readonly field: string; readonly by: string };
  /** What each field may hold. */
  readonly shapes: { readonly [field: string]: { safeParse(value: unknown): { readonly success: boolean } } };
}

/** What the server sets in every record. */
const SYSTEM = ['id', 'version', 'createdAt', 'updatedAt', 'deletedAt', 'redactions'];

const FIELDS: { readonly [collection: string]: Fields } = {
  projects: {
    identifying: ['externalId', 'path'],
    wordless: ['key', 'pathKey', 'mode', 'storageMode', 'secrets', 'ownerId'],
    shapes: projectFields,
  },
  tasks: {
    identifying: ['externalId'],
    wordless: ['type', 'priority', 'status', 'completedAt', 'dependsOn', 'parentId'],
    shapes: taskFields,
  },
  memories: {
    identifying: ['externalId', 'sessionId'],
    wordless: ['taskId', 'role', 'kind', 'references', 'supersedes', 'occurredAt', 'deletedWith'],
    shapes: memoryFields,
  },
  sessions: {
    identifying: ['externalId', 'key'],
    wordless: ['streamingStatus', 'startedAt', 'activeAt'],
    shapes: sessionFields,
  },
  users: {
    identifying: ['externalId', 'email'],
    wordless: ['roleId', 'disabledAt'],
    shapes: userFields,
  },
  roles: {
    identifying: ['externalId', 'name'],
    wordless: ['permissions', 'everywhere'],
    shapes: roleFields,
  },
  apiKeys: {
    identifying: ['externalId', 'name'],
    wordless: [
      ...['ownerId', 'createdById', 'scheme', 'hash', 'ending', 'level', 'permissions', 'projectIds', 'expiresAt'],
      ...['revokedAt', 'revokedBy', 'replacedById', 'allowedAddresses'],
    ],
    shapes: {},
  },
  states: {
    identifying: ['externalId', 'key'],
    wordless: ['ownerId'],
    named: { field: 'value', by: 'key' },
    shapes: stateFields,
  },
};

/** A text of a record, or JSON with texts: a field, or an item of one that is a list. */
export interface RecordText {
  readonly field: string;
  /** Where in the list; null when the field is no list. */
  readonly index: number | null;
  readonly value: Json;
  /** What it is called, where that is data; null: it is no more than a field. */
  readonly name: string | null;
  /** Whether others find the record by it. */
  readonly isIdentifying: boolean;
}

/** The texts of a record that it didn't have before; none of a collection that clients don't write to. */
export function newTexts<T extends RecordBase>(collection: string, before: T | null, after: T): readonly RecordText[] {
  const fields = Object.hasOwn(FIELDS, collection) ? FIELDS[collection]! : null;
  if (!fields) return [];
  const found: RecordText[] = [];
  for (const [field, value] of Object.entries(after) as [string, Json | undefined][]) {
    if (!mayHoldText(value) || SYSTEM.includes(field) || fields.wordless.includes(field)) continue;
    const isIdentifying = fields.identifying.includes(field);
    const name = field === fields.named?.field ? String(Reflect.get(after, fields.named.by)) : null;
    const known = before === null ? undefined : (Reflect.get(before, field) as Json | undefined);
    if (Array.isArray(value) && name === null) {
      const others: readonly Json[] = Array.isArray(known) ? known : [];
      for (const [index, item] of (value as readonly Json[]).entries())
        if (mayHoldText(item) && !isDeepStrictEqual(item, others[index]))
          found.push({ field, index, value: item, name, isIdentifying });
    } else if (!isDeepStrictEqual(value, known)) found.push({ field, index: null, value, name, isIdentifying });
  }
  return found;
}

/** A text as the scanner reads it: with its name, as a state called `password` has one. */
export function toScan({ name, value }: RecordText): Json {
  return name === null ? value : { key: name, value };
}

/** The text in what the scanner made of it. */
export function fromScan({ name }: RecordText, scanned: Json): Json {
  return name === null ? scanned : (scanned as JsonObject).value!;
}

/** All values of a record that may hold text. */
export function textsOf<T extends RecordBase>(collection: string, record: T): readonly Json[] {
  return newTexts(collection, null, record).map(({ value }) => value);
}

/** Whether a field of the collection may hold this value. */
export function mayHold(collection: string, field: string, value: Json): boolean {
  const shape = FIELDS[collection]?.shapes[field];
  return shape === undefined || shape.safeParse(value).success;
}

/** Whether a project with other texts would be looked for in another place. */
export function isElsewhere(collection: string, before: RecordBase, after: RecordBase): boolean {
  return collection === 'projects' && placeKey(placeOf(before as Project)) !== placeKey(placeOf(after as Project));
}

const mayHoldText = (value: Json | undefined): value is Json =>
  (typeof value === 'string' && value !== '') || (typeof value === 'object' && value !== null);
