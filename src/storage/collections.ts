import type { Memory } from '../domain/memory.js';
import type { Migration, MigrationFinding } from '../domain/migration.js';
import type { Project } from '../domain/project.js';
import type { Session } from '../domain/session.js';
import type { State } from '../domain/state.js';
import type { SavedStorageConfig } from '../domain/storage-settings.js';
import type { Task } from '../domain/task.js';
import type { Usage } from '../domain/usage.js';
import { ACCOUNT_COLLECTIONS, apiKeys, grants, roles, users } from './account-collections.js';
import { jwks, oauthClients, oauthConsents, SIGN_IN_COLLECTIONS, signIns } from './sign-in-collections.js';
import type { CollectionSpec } from './store.js';

/** The collections: those of every project's store, and those of the catalog. */

const EXTERNAL_ID = { fields: ['externalId'], among: 'all' } as const;

export const projects: CollectionSpec<Project> = {
  name: 'projects',
  fields: {
    key: 'text',
    path: 'text',
    pathKey: 'text',
    name: 'text',
    description: 'text',
    mode: 'text',
    storageMode: 'text',
    isActive: 'boolean',
    ownerId: 'text',
    createdAt: 'text',
    updatedAt: 'text',
    deletedAt: 'text',
    externalId: 'text',
  },
  indexes: [['createdAt'], ['updatedAt'], ['name'], ['pathKey'], ['ownerId', 'createdAt']],
  unique: [
    { fields: ['key'], among: 'all' },
    { fields: ['path'], among: 'live' },
    { fields: ['pathKey'], among: 'live' },
    EXTERNAL_ID,
  ],
  text: ['name', 'description'],
};

export const tasks: CollectionSpec<Task> = {
  name: 'tasks',
  fields: {
    title: 'text',
    description: 'text',
    status: 'text',
    priority: 'text',
    type: 'text',
    assignedAgent: 'text',
    parentId: 'text',
    completedAt: 'text',
    createdAt: 'text',
    updatedAt: 'text',
    deletedAt: 'text',
    externalId: 'text',
  },
  indexes: [['createdAt'], ['updatedAt'], ['status', 'createdAt'], ['parentId', 'createdAt']],
  unique: [EXTERNAL_ID],
  text: ['title', 'description', 'analysis'],
};

export const memories: CollectionSpec<Memory> = {
  name: 'memories',
  fields: {
    sessionId: 'text',
    taskId: 'text',
    role: 'text',
    kind: 'text',
    pinned: 'boolean',
    supersedes: 'text',
    occurredAt: 'text',
    deletedWith: 'text',
    createdAt: 'text',
    updatedAt: 'text',
    deletedAt: 'text',
    externalId: 'text',
  },
  indexes: [['occurredAt'], ['sessionId', 'occurredAt'], ['taskId', 'occurredAt']],
  // A memory is superseded once.
  unique: [{ fields: ['supersedes'], among: 'live' }, EXTERNAL_ID],
  text: ['content'],
};

export const sessions: CollectionSpec<Session> = {
  name: 'sessions',
  fields: {
    key: 'text',
    title: 'text',
    userId: 'text',
    agent: 'text',
    provider: 'text',
    workspace: 'text',
    status: 'text',
    streamingStatus: 'text',
    startedAt: 'text',
    activeAt: 'text',
    createdAt: 'text',
    updatedAt: 'text',
    deletedAt: 'text',
    externalId: 'text',
  },
  indexes: [['startedAt'], ['activeAt'], ['userId', 'activeAt']],
  unique: [{ fields: ['key'], among: 'live' }, EXTERNAL_ID],
  text: ['title'],
};

export const states: CollectionSpec<State> = {
  name: 'states',
  fields: {
    ownerId: 'text',
    key: 'text',
    createdAt: 'text',
    updatedAt: 'text',
    deletedAt: 'text',
    externalId: 'text',
  },
  indexes: [['ownerId', 'key']],
  unique: [{ fields: ['ownerId', 'key'], among: 'live' }, EXTERNAL_ID],
  text: [],
};

export const usage: CollectionSpec<Usage> = {
  name: 'usage',
  fields: {
    projectId: 'text',
    day: 'text',
    model: 'text',
    createdAt: 'text',
    updatedAt: 'text',
    deletedAt: 'text',
    externalId: 'text',
  },
  indexes: [['projectId', 'day']],
  unique: [{ fields: ['projectId', 'day', 'model'], among: 'live' }, EXTERNAL_ID],
  text: [],
};

export const storageConfigs: CollectionSpec<SavedStorageConfig> = {
  name: 'storageConfigs',
  fields: { mode: 'text', createdAt: 'text', updatedAt: 'text', deletedAt: 'text', externalId: 'text' },
  indexes: [],
  unique: [{ fields: ['mode'], among: 'live' }, EXTERNAL_ID],
  text: [],
};

export const migrations: CollectionSpec<Migration> = {
  name: 'migrations',
  fields: {
    projectId: 'text',
    activeFor: 'text',
    phase: 'text',
    hasLeftovers: 'boolean',
    createdAt: 'text',
    updatedAt: 'text',
    deletedAt: 'text',
    externalId: 'text',
  },
  indexes: [['createdAt'], ['projectId', 'createdAt'], ['activeFor']],
  // At most one per project.
  unique: [{ fields: ['activeFor'], among: 'all' }, EXTERNAL_ID],
  text: [],
};

export const migrationFindings: CollectionSpec<MigrationFinding> = {
  name: 'migrationFindings',
  fields: {
    migrationId: 'text',
    kind: 'text',
    collection: 'text',
    recordId: 'text',
    createdAt: 'text',
    updatedAt: 'text',
    deletedAt: 'text',
    externalId: 'text',
  },
  indexes: [
    ['migrationId', 'createdAt'],
    ['migrationId', 'kind', 'createdAt'],
  ],
  unique: [{ fields: ['migrationId', 'kind', 'collection', 'recordId'], among: 'all' }, EXTERNAL_ID],
  text: [],
};

/** The collections from which rights are computed. */
const RIGHTS: ReadonlySet<string> = new Set(
  [users, roles, grants, apiKeys, signIns, jwks, oauthClients, oauthConsents].map(({ name }) => name),
);

/** Whether a change may change what somebody may do. A new sign-in gives rights that nobody asked for before. */
export function mayChangeRights({
  collection,
  operation,
}: {
  readonly collection: string;
  readonly operation?: string;
}): boolean {
  return RIGHTS.has(collection) && !(collection === signIns.name && operation === 'CREATE');
}

/** The collections of a project's store. */
export const PROJECT_COLLECTIONS = [tasks, memories, sessions, states] as const;
/** The collections of the catalog. */
export const CATALOG_COLLECTIONS = [
  projects,
  usage,
  storageConfigs,
  migrations,
  migrationFindings,
  ...ACCOUNT_COLLECTIONS,
  ...SIGN_IN_COLLECTIONS,
] as const;
