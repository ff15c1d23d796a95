import { isDeepStrictEqual } from 'node:util';
import { defaultsOf } from '../../domain/fields/derive.js';
import { type Memory, type MemoryKind, memoryFields as memorySchemas } from '../../domain/memory.js';
import type { RecordBase } from '../../domain/record.js';
import { TASK_PRIORITIES, type Task } from '../../domain/task.js';
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
  /** Hash of `node` or `memory`; null for a memory with nothing but defaults there. */
  readonly details: string | null;
  /** Its place in the graph of tasks; null for a memory. */
  readonly node: TaskNode | null;
  /** What only the index file has of a memory; null for a task. */
  readonly memory: MemoryDetails | null;
}

/** What a vector index outside the file doesn't have of a memory. */
export interface MemoryDetails {
  readonly kind: MemoryKind;
  readonly pinned: boolean;
  /** Id of the memory that it replaces. */
  readonly supersedes: string | null;
  /** Ids of the records that it refers to. */
  readonly references: readonly string[];
}

/** What the graph of tasks needs of a task. */
export interface TaskNode {
  readonly parent: string | null;
  /** Of its priority: 0 for the most urgent. */
  readonly rank: number;
  readonly createdAt: string;
  /** The agent that has claimed it, until `claimUntil`. */
  readonly holder: string | null;
  readonly claimUntil: string | null;
  /** Ids of the tasks that it depends on. */
  readonly needs: readonly string[];
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
  detailsOf: (document: T) => Pick<IndexRecord, 'details' | 'node' | 'memory'>,
): Searched {
  const toStored = (id: string, document: T | null): StoredRecord => {
    if (!document || document.deletedAt !== null) return { id, record: null };
    const text = spec.text.map((field) => document[field] ?? '').join('\n');
    const fields = { ...NO_FIELDS, ...fieldsOf(document) };
    return {
      id,
      record: {
        collection: name,
        id,
        version: document.version,
        text,
        hash: contentHash(text),
        digest: hashOf(fields),
        ...detailsOf(document),
        ...fields,
      },
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
  searched(
    'tasks',
    tasks,
    (task) => ({ status: task.status, type: task.type, priority: task.priority, agent: task.assignedAgent }),
    (task) => {
      const node = taskNode(task);
      return { node, memory: null, details: hashOf(node) };
    },
  ),
  searched('memories', memories, memoryFields, (document) => {
    const memory = memoryDetails(document);
    return { node: null, memory, details: isDeepStrictEqual(memory, PLAIN) ? null : hashOf(memory) };
  }),
];

const RANKS = TASK_PRIORITIES.toReversed();

/** Documents of earlier versions, and those edited by hand, may lack fields. */
function taskNode({ parentId, priority, createdAt, claim, dependsOn }: Task): TaskNode {
  return {
    parent: parentId ?? null,
    rank: RANKS.indexOf(priority),
    createdAt,
    holder: claim?.agent ?? null,
    claimUntil: claim?.expiresAt ?? null,
    needs: dependsOn ?? [],
  };
}

const DEFAULTS = defaultsOf(memorySchemas);
const PLAIN = memoryDetails(DEFAULTS);

/** A document of an earlier version, or edited by hand, may lack fields. */
function memoryDetails(memory: Partial<MemoryDetails>): MemoryDetails {
  const { kind = DEFAULTS.kind, pinned = DEFAULTS.pinned, supersedes = null, references = [] } = memory;
  return { kind, pinned, supersedes, references };
}

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
  return hashOf({ ...NO_FIELDS, ...memoryFields(memory) });
}

function hashOf(fields: FilterFields | TaskNode | MemoryDetails): string {
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
