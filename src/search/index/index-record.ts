import type { Memory } from '../../domain/memory.js';
import type { RecordBase } from '../../domain/record.js';
import { memories, tasks } from '../../storage/collections.js';
import type { CollectionSpec, Store } from '../../storage/store.js';
import { contentHash } from '../../util/content-hash.js';
import type { Json } from '../../util/json/json.js';

export { contentHash };

/** The fields that searches filter by. */
interface FilterFields {
  readonly session: string | null;
  readonly task: string | null;
  readonly role: string | null;
  readonly occurredAt: string | null;
  /** Hashes of its key-value pairs, in hex. */
  readonly metadata: readonly string[];
  readonly status: string | null;
  readonly type: string | null;
  readonly priority: string | null;
  readonly agent: string | null;
}

/** A live record as it is indexed. */
export interface IndexRecord extends FilterFields {
  readonly collection: SearchedCollection;
  readonly id: string;
  /** The version at which the record was read. */
  readonly version: number;
  readonly text: string;
  readonly hash: string;
  /** Hash of its filter fields. */
  readonly digest: string;
}

export type SearchedCollection = 'memories' | 'tasks';

/** A record as read from the store: null when it is deleted or doesn't exist. */
export interface StoredRecord {
  readonly id: string;
  readonly record: IndexRecord | null;
}

/** A collection that can be searched, read from the store as records to index. */
export interface Searched {
  readonly name: SearchedCollection;
  /** The records of these ids, in their order. */
  get(store: Store, ids: readonly string[]): Promise<readonly StoredRecord[]>;
  /** All records, in the order of their ids, from after `afterId`. */
  scan(store: Store, afterId: string | null, limit: number): Promise<readonly StoredRecord[]>;
}

const NO_FIELDS: FilterFields = {
  session: null,
  task: null,
  role: null,
  occurredAt: null,
  metadata: [],
  status: null,
  type: null,
  priority: null,
  agent: null,
};

function searched<T extends RecordBase>(
  name: SearchedCollection,
  spec: CollectionSpec<T>,
  fieldsOf: (document: T) => Partial<FilterFields>,
): Searched {
  const toStored = (id: string, document: T | null): StoredRecord => {
    if (!document || document.deletedAt !== null) return { id, record: null };
    const text = spec.text.map((field) => document[field] ?? '').join('\n');
    const fields = { ...NO_FIELDS, ...fieldsOf(document) };
    const digest = digestOf(fields);
    return {
      id,
      record: { collection: name, id, version: document.version, text, hash: contentHash(text), digest, ...fields },
    };
  };
  return {
    name,
    async get(store, ids) {
      const documents = await store.collection(spec).get(ids);
      return ids.map((id, index) => toStored(id, documents[index] ?? null));
    },
    async scan(store, afterId, limit) {
      const documents = await store.scan(spec, afterId, limit);
      return documents.map((document) => toStored(document.id, document));
    },
  };
}

/** The collections that can be searched, in the order in which they are indexed. */
export const SEARCHED: readonly Searched[] = [
  searched('tasks', tasks, (task) => ({
    status: task.status,
    type: task.type,
    priority: task.priority,
    agent: task.assignedAgent,
  })),
  searched('memories', memories, memoryFields),
];

/** The filter fields of a memory, both of the document and of an indexed vector. */
type FilteredMemory = Pick<Memory, 'sessionId' | 'taskId' | 'role' | 'occurredAt' | 'metadata'>;

function memoryFields(memory: FilteredMemory): Partial<FilterFields> {
  return {
    session: memory.sessionId,
    task: memory.taskId,
    role: memory.role,
    occurredAt: memory.occurredAt,
    // A document that was edited by hand may lack it: one record must not block the others.
    metadata: Object.entries(memory.metadata ?? {}).map(([key, value]) => pairHash(key, value)),
  };
}

/** The digest of a memory with these fields. */
export function memoryDigest(memory: FilteredMemory): string {
  return digestOf({ ...NO_FIELDS, ...memoryFields(memory) });
}

function digestOf(fields: FilterFields): string {
  return contentHash(JSON.stringify(fields));
}

/** Hash of one entry of a memory's metadata. Equal JSON values have equal hashes, whatever the order of their keys. */
export function pairHash(key: string, value: Json): string {
  return contentHash(JSON.stringify([key, sorted(value)]));
}

/** Not as `canonical` writes it: index files hold hashes of this form. */
function sorted(value: Json): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return { object: entries.map(([key, each]) => [key, sorted(each)]) };
}
